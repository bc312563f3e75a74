"""A lock file in use: one process at a time powers the lock, shows it cards and stores what it decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from lockcore import Card, LockKeys, decode
from simulator.bench import lock_file
from simulator.bench.drive import Outcome, drive
from simulator.bench.lock_file import LockFile, LockFileError
from simulator.bench.stopwatch import Stopwatch
from simulator.lock.events import ClockRead, CodeRead
from simulator.lock.memory import Memory

TIMEOUT_S = 10.0


@contextmanager
def opened(path: Path, timeout_s: float = TIMEOUT_S) -> Iterator[Session]:
    """The lock at `path`, powered up for the block and for nobody else.

    LockFileError where there is none, where its file is wrong, or where another process has it for longer than
    `timeout_s`. Whatever breaks the block off leaves the memory as it was last stored, like a power cut.
    """
    with _exclusive(path, timeout_s):
        session = Session(path, lock_file.load(path))
        yield session
        session.close()


class Session:
    """A lock from its boot on. The bolt opens only after the file says so."""

    def __init__(self, path: Path, stored: LockFile) -> None:
        self._path = path
        self._lock = stored.lock(self._timed_decode)
        self._watch = Stopwatch()
        self.stored = stored

    def present(self, text: str, at_ms: int, minute: int | None, watch: Stopwatch | None = None) -> Outcome:
        """Show a code `at_ms` after the boot, with the clock at `minute` (civil; None: unset).

        `watch` times the stages verify (steps 1 to 4), decide (5 to 11, and driving the lock) and store.

        Opening the file is a boot, so before `presentation_gap_ms` of the profile the last presentation goes on.
        QrlockError where the file cannot be written: then nothing was opened, and this session opens nothing more.
        """
        self._watch = watch or Stopwatch()
        with self._watch.stage("decide"):
            return drive(self._lock, self._store, ClockRead(minute=minute), CodeRead(text=text, at_ms=at_ms))

    def _timed_decode(self, text: str, keys: LockKeys) -> Card:
        with self._watch.stage("verify"):
            return decode(text, keys)

    def read_clock(self, minute: int | None) -> Outcome:
        """Let the clock read `minute`: passage mode may begin again or end, the high-water mark may move."""
        return drive(self._lock, self._store, ClockRead(minute=minute))

    def close(self) -> None:
        """Store the hourly counts of early refusals too, which a power cut would lose."""
        if not self._lock.storing and self._lock.memory != self.stored.memory:
            self._store(self._lock.memory)

    def _store(self, memory: Memory) -> None:
        stored = replace(self.stored, memory=memory)
        with self._watch.stage("store"):
            lock_file.save(self._path, stored)
        self.stored = stored


@contextmanager
def _exclusive(path: Path, timeout_s: float) -> Iterator[None]:
    if not path.is_file():
        raise LockFileError(f"{path}: there is no lock file")
    holding = FileLock(path.with_name(f".{path.name}.lock"), timeout=timeout_s, mode=0o600)
    try:
        holding.acquire()
    except Timeout:
        raise LockFileError(f"{path}: another command is using this lock") from None
    except OSError as error:
        raise LockFileError(f"{path}: cannot be locked: {error.strerror or type(error).__name__}") from None
    try:
        yield
    finally:
        holding.release()
