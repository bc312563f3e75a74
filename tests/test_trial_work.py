"""How a reader is fed: frame after frame until the text is read, and with nothing to remember from before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from simulator.readers import Candidate
from simulator.stopwatch import Stopwatch
from simulator.trial import work as working
from simulator.trial.job import Job
from simulator.trial.record import Part
from simulator.trial.sequences import Sequence
from simulator.trial.streams import STREAM, TRIAL_READERS
from simulator.trial.work import work

Image = npt.NDArray[np.uint8]
CORNERS = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
NAME = "noise 60"


class Rememberer:
    """Reads what it is told to at each frame, counting from its first; frames say their own number."""

    name = "rememberer"

    def __init__(self, *texts: str) -> None:
        self._texts = texts
        self.saw: list[int] = []

    def read(self, frame: Image, watch: Stopwatch | None = None) -> list[Candidate]:
        """One text, or "" for none."""
        with (watch or Stopwatch()).stage("remember"):
            self.saw.append(int(frame[0, 0]))
            text = self._texts[len(self.saw) - 1]
        return [Candidate(text, CORNERS, self.name)] if text else []


def fed(monkeypatch: pytest.MonkeyPatch, *texts: str, sequences: int = 1) -> tuple[list[Rememberer], Job]:
    """The readers that are made, as they are, and the job that makes them."""
    made: list[Rememberer] = []

    def make(_: str) -> Rememberer:
        made.append(Rememberer(*texts))
        return made[-1]

    frames = [np.full((9, 9), number, np.uint8) for number in range(4)]
    monkeypatch.setattr(working, "make_stream", make)
    monkeypatch.setattr(working, "sequence", lambda *_: Sequence("right", 3, frames))
    return made, Job((STREAM,), NAME, "tune", 0, sequences, part=Part.SEQUENCES)


def test_frames_come_in_turn_until_the_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The record is of all of them together, under the name that was asked for."""
    made, job = fed(monkeypatch, "", "", "right", "right")
    (record,) = work(job)
    assert (record.reader, record.read, record.wrong, record.frames) == (STREAM, True, False, 3)
    assert made[0].saw == [0, 1, 2]
    assert [stage for stage, _ in record.stages_ms] == ["remember"]
    assert record.latency_ms >= record.stages_ms[0][1] > 0


def test_a_wrong_text_on_the_way_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the right one comes after it."""
    _, job = fed(monkeypatch, "wrong", "right")
    (record,) = work(job)
    assert record.read and record.wrong and record.frames == 2


def test_what_is_never_read_takes_all_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """And their time."""
    _, job = fed(monkeypatch, "", "", "", "")
    (record,) = work(job)
    assert (record.read, record.wrong, record.frames) == (False, False, 4)


def test_each_sequence_has_a_reader_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing to remember from the one before."""
    made, job = fed(monkeypatch, "right", sequences=3)
    assert [record.frames for record in work(job)] == [1, 1, 1]
    assert [reader.saw for reader in made] == [[0], [0], [0]]


def test_our_reader_that_remembers_is_tried_last_and_once() -> None:
    """Whether the registry knows it or not."""
    assert TRIAL_READERS[-1] == STREAM and len(set(TRIAL_READERS)) == len(TRIAL_READERS)
