"""A trial that was killed goes on where it was; another one does not."""

from __future__ import annotations

import tempfile
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
    with Ledger(folder, PARAMETERS) as ledger:
        for job in JOBS:
            ledger.add(job, [record_of(job)])
    return (folder / NAME).read_bytes()


def test_what_was_added_is_there_again(tmp_path: Path) -> None:
    """By job, times too."""
    written(tmp_path)
    with Ledger(tmp_path, PARAMETERS) as again:
        assert again.done == {job.key: [record_of(job)] for job in JOBS}


@given(cut=st.integers(0, 1000))
def test_wherever_a_ledger_is_cut_the_whole_lines_count(cut: int) -> None:
    """And what is added then is readable after them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = written(folder)
        cut = min(cut, len(content))
        (folder / NAME).write_bytes(content[:cut])
        with Ledger(folder, PARAMETERS) as torn:
            assert len(torn.done) == max(0, content[:cut].count(b"\n") - 1)
            for job in JOBS[len(torn.done) :]:
                torn.add(job, [record_of(job)])
        assert (folder / NAME).read_bytes() == content


def test_another_trial_is_refused_and_left_alone(tmp_path: Path) -> None:
    """The error says what differs, and its torn end is still its own."""
    content = written(tmp_path) + b'["torn'
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(TrialError, match=r"seed 1, now 2\): choose another --out"):
        Ledger(tmp_path, {**PARAMETERS, "seed": 2})
    assert (tmp_path / NAME).read_bytes() == content


@pytest.mark.parametrize("strange", [b"hello\n", b"[]\n", b"\xff\n"])
@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_file_that_no_trial_wrote_is_refused(tmp_path: Path, strange: bytes, line: int) -> None:
    """With the line."""
    lines = written(tmp_path).splitlines(keepends=True)
    (tmp_path / NAME).write_bytes(b"".join([*lines[: line - 1], strange]))
    with pytest.raises(TrialError, match=f"line {line}: not a trial's"):
        Ledger(tmp_path, PARAMETERS)


def test_a_folder_that_cannot_be_used_is_one_error(tmp_path: Path) -> None:
    """A file in its place, or a folder in the ledger's."""
    (tmp_path / "file").touch()
    with pytest.raises(FileError):
        Ledger(tmp_path / "file", PARAMETERS)
    (tmp_path / NAME).mkdir()
    with pytest.raises(FileError):
        Ledger(tmp_path, PARAMETERS)


def test_two_trials_at_once_are_refused(tmp_path: Path) -> None:
    """They would write over each other's lines."""
    with FileLock(tmp_path / ".lock"), pytest.raises(TrialError, match="another trial"), alone_in(tmp_path):
        pass
