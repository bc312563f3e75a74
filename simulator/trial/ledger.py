"""What a trial has found so far, in a file that a killed run leaves behind and the next one goes on from.

The first line holds the trial's parameters, every other one a job that is done: its key and its records. A line counts
once its end is there, so one that was torn is as if it had never been begun.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout

from simulator import atomic_file
from simulator.atomic_file import FileError
from simulator.trial.errors import TrialError
from simulator.trial.job import Job
from simulator.trial.record import Frame, Part, Record

NAME = "records.jsonl"


class Ledger:
    """Of the trial with these parameters, in a folder that is made where it is missing.

    Opening it takes up what is there. TrialError where the folder holds another trial, or lines that no trial of these
    jobs wrote; FileError where it cannot be used.
    """

    def __init__(self, folder: Path, parameters: Mapping[str, Any], jobs: Iterable[Job]) -> None:
        atomic_file.make_folder(folder)
        self.path = folder / NAME
        self.done: dict[str, list[Record]] = {}
        whole = _whole_lines(self.path)
        if whole:
            self._compare(whole[0], parameters)
        self._take_up(whole[1:], jobs)
        try:
            self._file = self.path.open("ab")
            self._file.truncate(sum(map(len, whole)))
        except OSError as error:
            raise FileError(f"{self.path}: cannot be written: {error.strerror}") from None
        if not whole:
            self._append(parameters)

    def add(self, job: Job, records: Sequence[Record]) -> None:
        """A job is done; the system has it when this returns, so that it outlives the process, not a power cut."""
        self.done[job.key] = list(records)
        self._append([job.key, [record.to_json() for record in records]])

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def _append(self, content: object) -> None:
        try:
            self._file.write(json.dumps(content).encode() + b"\n")
            self._file.flush()
        except OSError as error:
            raise FileError(f"{self.path}: cannot be written: {error.strerror}") from None

    def _compare(self, line: bytes, wanted: Mapping[str, Any]) -> None:
        begun = self._parsed(1, line)
        if not isinstance(begun, dict):
            raise self._strange(1)
        names = [name for name in sorted({*begun, *wanted}) if begun.get(name) != wanted.get(name)]
        if names:
            told = "; ".join(_difference(name, begun.get(name), wanted.get(name)) for name in names)
            raise TrialError(f"{self.path}: begun with other parameters ({told}): choose another --out, or delete it")

    def _take_up(self, lines: Sequence[bytes], jobs: Iterable[Job]) -> None:
        left = {job.key: job for job in jobs} if lines else {}
        for number, line in enumerate(lines, 2):
            try:
                key, records = self._parsed(number, line)
                self.done[key] = _records_of(left.pop(key), records)
            except (KeyError, TypeError, ValueError, RecursionError):
                raise self._strange(number) from None

    def _parsed(self, number: int, line: bytes) -> Any:
        try:
            return json.loads(line)
        except (ValueError, RecursionError):
            raise self._strange(number) from None

    def _strange(self, number: int) -> TrialError:
        return TrialError(f"{self.path}, line {number}: not a trial's: choose another --out, or delete it")


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """No other trial works in the folder meanwhile; TrialError where one does."""
    atomic_file.make_folder(folder)
    try:
        with FileLock(folder / ".lock", timeout=0):
            yield
    except Timeout:
        raise TrialError(f"{folder}: another trial is running there") from None
    except PermissionError:
        raise FileError(f"{folder}: cannot be written") from None


def _whole_lines(path: Path) -> list[bytes]:
    """With their ends; a last one without is left out."""
    try:
        lines = path.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FileError(f"{path}: cannot be read: {error.strerror}") from None
    return [line for line in lines if line.endswith(b"\n")]


def _records_of(job: Job, lines: Iterable[str]) -> list[Record]:
    """As they were written: of each frame and reader one, in the order of the work; ValueError for any others."""
    records = [Record.from_json(line) for line in lines]
    wanted = [
        (reader, Frame(job.condition, job.half, number, Part(job.part)))
        for number in job.numbers
        for reader in job.readers
    ]
    if [(record.reader, record.frame) for record in records] != wanted:
        raise ValueError(job.key)
    return records


def _difference(name: str, begun: object, wanted: object) -> str:
    """Photographs are known by a sum that tells nobody anything."""
    if name == "images" and begun and wanted:
        return "other photographs"
    if name == "images":
        return "photographs, now none" if begun else "no photographs, now some"
    return f"{name} {_said(begun)}, now {_said(wanted)}"


def _said(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else "none" if value in ("", None) else str(value)
