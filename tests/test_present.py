"""Frames before a lock file: what is told to the lock and to the reader, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from lockcore import encode
from lockcore.lock_keys import LockKeyExport
from simulator.bench import lock_file
from simulator.bench.present import Missed, Presentation, presentations
from simulator.bench.session import Session, opened
from simulator.frames import Frame
from simulator.lock.profile import PROFILES
from simulator.readers import Candidate
from simulator.stopwatch import Stopwatch
from tests.bench_keys import PUBLIC, SERVICE_PUBLIC, ed25519
from tests.lock_bench import NOON, card
from tests.test_sight import CORNERS

ONCE = encode(card(7, times=1), ed25519())
OTHER = encode(card(8), ed25519())
UNREAD = "unread"


class Script:
    """A reader that follows symbols, and sees what a script says: texts, or a symbol that it cannot read."""

    name = "script"

    def __init__(self, frames: Sequence[Sequence[str]]) -> None:
        self._frames = iter(frames)
        self.in_view = False
        self.forgotten_before: list[int] = []
        self._number = 0

    def read(self, frame: npt.NDArray[np.uint8], watch: Stopwatch | None = None) -> list[Candidate]:
        """The next frame of the script, whatever the picture is."""
        del frame, watch
        texts = next(self._frames)
        self.in_view = bool(texts)
        self._number += 1
        return [Candidate(text, CORNERS, self.name) for text in texts if text != UNREAD]

    def forget(self) -> None:
        """Note before which frame."""
        self.forgotten_before.append(self._number)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A QRA with the keys of the cards above."""
    keys = LockKeyExport(
        community=1_000_000_001, building="1", floor="4", room="401G",
        ed25519={0: PUBLIC}, cmac={}, service=SERVICE_PUBLIC,
    )  # fmt: skip
    lock_file.create(tmp_path / "door.json", profile=PROFILES["QRA"], lock_id="L1", utc_offset_min=0, keys=keys)
    with opened(tmp_path / "door.json") as session:
        yield session


def shown(
    session: Session, script: Sequence[Sequence[str]], times_ms: Sequence[int], cuts: Sequence[int] = (0,)
) -> tuple[list[Presentation], list[Missed], Script]:
    """What came of frames with these codes at these times."""
    reader, blank = Script(script), np.zeros((2, 2), np.uint8)
    frames = [Frame(blank, float(at_ms), f"#{n}", n in cuts) for n, at_ms in enumerate(times_ms)]
    came = list(presentations(frames, reader, session, lambda: NOON + 5))
    told = [each for each in came if isinstance(each, Presentation)]
    return told, [each for each in came if isinstance(each, Missed)], reader


def opens(came: Sequence[Presentation]) -> list[str]:
    """The frames at which the bolt opened."""
    return [each.frame.name for each in came if each.outcome.opened]


def test_a_card_in_view_though_unread_is_used_once(session: Session) -> None:
    """For four seconds the symbol cannot be read, and when it can again it is no new presentation."""
    script = [[ONCE], *[[UNREAD]] * 8, [ONCE]]
    came, missed, _ = shown(session, script, [*range(0, 4500, 500), 4500])
    assert (opens(came), missed) == (["#0"], [])
    assert all(each.outcome.refusal is None for each in came)


def test_a_card_out_of_sight_for_the_gap_is_presented_again(session: Session) -> None:
    """And then its one use is gone."""
    came, _, reader = shown(session, [[ONCE], [], [], [ONCE]], [0, 1000, 2000, 2040])
    assert [str(each.outcome.refusal and each.outcome.refusal.reason) for each in came] == ["None", "COUNT_EXHAUSTED"]
    assert reader.forgotten_before == [0, 2]


def test_the_reader_forgets_at_a_cut(session: Session) -> None:
    """What was before it is another sitting."""
    came, _, reader = shown(session, [[OTHER], [OTHER]], [0, 0], cuts=(0, 1))
    assert opens(came) == ["#0", "#1"]
    assert reader.forgotten_before == [0, 1]


def test_the_latency_is_from_the_first_frame_in_view(session: Session) -> None:
    """The time between the frames, and what the stages of the last one took."""
    (first, _), _, _ = shown(session, [[], [UNREAD], [UNREAD], [OTHER], [OTHER]], [0, 40, 80, 120, 160])
    assert first.latency_ms == 80 + sum(first.stages_ms.values())


def test_two_cards_open_nothing_and_make_no_second_use(session: Session) -> None:
    """A friend's card beside mine is not taken, and mine is not taken again when the friend is gone."""
    script = [[OTHER], *[[OTHER, ONCE]] * 6, [OTHER]]
    came, _, _ = shown(session, script, range(0, 4000, 500))
    assert opens(came) == ["#0"]
    _, missed, _ = shown(session, [[OTHER, ONCE]], [0])
    assert missed == [Missed(name="#0", why="2 cards in one frame, and the lock acts on none")]


def test_a_stamp_that_runs_back_is_no_time(session: Session) -> None:
    """Some containers have such; the presentation goes on."""
    came, _, _ = shown(session, [[ONCE]] * 3, [0, 500, 460])
    assert opens(came) == ["#0"]


def test_nothing_at_all_is_missed(session: Session) -> None:
    """By the name of its first frame."""
    came, missed, _ = shown(session, [[], [UNREAD]], [0, 40])
    assert (came, [each.name for each in missed]) == ([], ["#0"])
