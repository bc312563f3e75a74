"""A trial that was killed goes on where it was; another one does not."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from simulator.atomic_file import FileError
from simulator.trial.errors import TrialError
from simulator.trial.job import Job
from simulator.trial.ledger import NAME, Ledger, alone_in
from simulator.trial.record import Frame, Record

PARAMETERS = {"seed": 1, "readers": ["a", "b"]}
JOBS = [Job(("a",), "tilt 0", "test", first, 1) for first in range(3)]


def record_of(job: Job) -> Record:
    """Some record."""
    return Record("a", Frame(job.condition, "test", job.first), 3, True, False, 1.5, 1, (("find", 1.0),))


def written(folder: Path) -> bytes:
    """A ledger with all jobs in it."""
    with Ledger(folder, PARAMETERS, JOBS) as ledger:
        for job in JOBS:
            ledger.add(job, [record_of(job)])
    return (folder / NAME).read_bytes()


def test_what_was_added_is_there_again(tmp_path: Path) -> None:
    """By job, times too."""
    written(tmp_path)
    with Ledger(tmp_path, PARAMETERS, JOBS) as again:
        assert again.done == {job.key: [record_of(job)] for job in JOBS}


@given(cut=st.integers(0, 1000))
def test_wherever_a_ledger_is_cut_the_whole_lines_count(cut: int) -> None:
    """And what is added then is readable after them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = written(folder)
        cut = min(cut, len(content))
        (folder / NAME).write_bytes(content[:cut])
        with Ledger(folder, PARAMETERS, JOBS) as torn:
            assert len(torn.done) == max(0, content[:cut].count(b"\n") - 1)
            for job in JOBS[len(torn.done) :]:
                torn.add(job, [record_of(job)])
        assert (folder / NAME).read_bytes() == content


def test_another_trial_is_refused_and_left_alone(tmp_path: Path) -> None:
    """The error says what differs, and its torn end is still its own."""
    content = written(tmp_path) + b'["torn'
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(TrialError, match=r"seed 1, now 2\): choose another --out"):
        Ledger(tmp_path, {**PARAMETERS, "seed": 2}, JOBS)
    assert (tmp_path / NAME).read_bytes() == content


@pytest.mark.parametrize("strange", [b"hello\n", b"[]\n", b"\xff\n", b"[" * 100_000 + b"\n"])
@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_file_that_no_trial_wrote_is_refused(tmp_path: Path, strange: bytes, line: int) -> None:
    """With the line."""
    lines = written(tmp_path).splitlines(keepends=True)
    (tmp_path / NAME).write_bytes(b"".join([*lines[: line - 1], strange]))
    with pytest.raises(TrialError, match=f"line {line}: not a trial's"):
        Ledger(tmp_path, PARAMETERS, JOBS)


def read_as(**others: object) -> Callable[[list[str]], list[str]]:
    """The first record with these in place of its own."""
    return lambda records: [Record.from_json(records[0])._replace(**others).to_json()]  # type: ignore[arg-type]


def framed(**others: object) -> Callable[[list[str]], list[str]]:
    """The first record as another frame's."""
    frame = record_of(JOBS[0]).frame._replace(**others)  # type: ignore[arg-type]
    return read_as(frame=frame)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: [], lambda records: records * 2, lambda _: ["[" * 100_000], lambda _: [[]], lambda _: 1,
        read_as(reader="b"), read_as(version="3"), read_as(read=1), read_as(wrong=None), read_as(frames=0),
        read_as(latency_ms=float("nan")), read_as(latency_ms=-1), read_as(stages_ms=(("find", float("inf")),)),
        framed(number=1), framed(number=False), framed(condition="tilt 20"), framed(half="tune"), framed(part="reach"),
    ],
)  # fmt: skip
def test_records_that_are_not_the_jobs_own_are_refused(tmp_path: Path, damage: Callable[[list[str]], object]) -> None:
    """None, too many, another's, or none that a trial writes; the line is named."""
    lines = written(tmp_path).splitlines(keepends=True)
    key, records = json.loads(lines[1])
    lines[1] = json.dumps([key, damage(records)]).encode() + b"\n"
    (tmp_path / NAME).write_bytes(b"".join(lines))
    with pytest.raises(TrialError, match="line 2: not a trial's"):
        Ledger(tmp_path, PARAMETERS, JOBS)


def test_a_job_with_only_some_of_its_records_is_refused(tmp_path: Path) -> None:
    """The rest would be missing from every figure."""
    job = Job(("a", "b"), "tilt 0", "test", 0, 2)
    with Ledger(tmp_path, PARAMETERS, [job]) as ledger:
        ledger.add(job, [record_of(job)])
    with pytest.raises(TrialError, match="line 2: not a trial's"):
        Ledger(tmp_path, PARAMETERS, [job])


@pytest.mark.parametrize("key", ["frames/tilt 0/1", "frames/moonlight/0", "frames/tilt 0/2", 0, [], None])
def test_a_key_that_is_no_jobs_or_anothers_is_refused(tmp_path: Path, key: object) -> None:
    """Of the last line, which has the third job's records; its own key twice, too."""
    lines = written(tmp_path).splitlines(keepends=True)
    again = json.dumps([key, [record_of(JOBS[2]).to_json()]]).encode() + b"\n"
    (tmp_path / NAME).write_bytes(b"".join([*lines, again]))
    with pytest.raises(TrialError, match="line 5: not a trial's"):
        Ledger(tmp_path, PARAMETERS, JOBS)


def test_other_photographs_are_said_to_be_that(tmp_path: Path) -> None:
    """A sum of theirs would tell nobody anything."""
    with Ledger(tmp_path, {"images": "0123abcd"}, JOBS):
        pass
    for images, says in {"4567cdef": "(other photographs)", "": "(photographs, now none)"}.items():
        with pytest.raises(TrialError) as refused:
            Ledger(tmp_path, {"images": images}, JOBS)
        assert says in str(refused.value) and "0123abcd" not in str(refused.value)


def test_a_folder_that_cannot_be_used_is_one_error(tmp_path: Path) -> None:
    """A file in its place, or a folder in the ledger's."""
    (tmp_path / "file").touch()
    with pytest.raises(FileError):
        Ledger(tmp_path / "file", PARAMETERS, JOBS)
    (tmp_path / NAME).mkdir()
    with pytest.raises(FileError):
        Ledger(tmp_path, PARAMETERS, JOBS)


def test_two_trials_at_once_are_refused(tmp_path: Path) -> None:
    """They would write over each other's lines."""
    with FileLock(tmp_path / ".lock"), pytest.raises(TrialError, match="another trial"), alone_in(tmp_path):
        pass
