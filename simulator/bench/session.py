"""A lock file in use: one process at a time powers the lock, shows it cards and stores what it decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from lockcore import Card, LockKeys, decode
from simulator.bench import lock_file
from simulator.bench.drive import Outcome
from simulator.bench.lock_file import LockFile, LockFileError
from simulator.lock.events import ClockRead, CodeRead, Event, ShuttingDown
from simulator.lock.transitions import State
from simulator.stopwatch import Stopwatch

TIMEOUT_S = 10.0


class LockBusy(LockFileError):
    """Somebody else has the lock."""


@contextmanager
def opened(path: Path, timeout_s: float = TIMEOUT_S) -> Iterator[Session]:
    """The lock at `path`, powered up for the block and for nobody else.

    LockFileError where there is none or its file is wrong, LockBusy where somebody else has it for longer than
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
        self._watch = Stopwatch()
        self._programmed = stored.device.step
        self.stored = stored
        self.lock = stored.lock(self._timed_decode)
        self.lock.written = self._save

    def present(self, text: str, at_ms: int, minute: int | None, watch: Stopwatch | None = None) -> Outcome:
        """Show a code `at_ms` after the boot, with the clock at `minute` (civil; None: unset).

        `watch` times the stages verify (steps 1 to 4), decide (5 to 11, and driving the lock) and store.

        Opening the file is a boot, so before `presentation_gap_ms` of the profile the last presentation goes on.
        QrlockError where the file cannot be written or the flash is worn out: then nothing was opened.
        """
        return self.tell(ClockRead(minute), CodeRead(text, at_ms), watch=watch)

    def tell(self, *events: Event, watch: Stopwatch | None = None) -> Outcome:
        """Let these events happen."""
        self._watch = watch or Stopwatch()
        with self._watch.stage("decide"):
            return self.lock.tell(*events)

    def set_clock_ahead(self, clock_ahead_min: int) -> None:
        """The lock's clock was set: from now on it is so far ahead of the community's time."""
        self.stored = replace(self.stored, clock_ahead_min=clock_ahead_min)
        lock_file.save(self._path, self.stored)

    def close(self) -> None:
        """Note the hourly counts, which a power cut would lose, and erase ahead; nothing after a failed store."""
        if self.lock.lock.state is State.STORING:
            return
        self.tell(ShuttingDown())
        self.lock.store.tidy()
        self._save()

    def _timed_decode(self, text: str, keys: LockKeys) -> Card:
        with self._watch.stage("verify"):
            return decode(text, keys)

    def _save(self) -> None:
        """The file is the flash: it is durable once it is on disk."""
        if self.stored.device.step == self._programmed:
            return
        with self._watch.stage("store"):
            lock_file.save(self._path, self.stored)
        self._programmed = self.stored.device.step


@contextmanager
def _exclusive(path: Path, timeout_s: float) -> Iterator[None]:
    if not path.is_file():
        raise LockFileError(f"{path}: there is no lock file")
    beside = path.with_name(f".{path.name}.lock")
    holding = FileLock(beside, timeout=timeout_s, mode=0o600, thread_local=False)  # any thread may end the session
    try:
        holding.acquire()
    except Timeout:
        raise LockBusy(f"{path}: another command is using this lock") from None
    except OSError as error:
        raise LockFileError(f"{path}: cannot be locked: {error.strerror or type(error).__name__}") from None
    try:
        yield
    finally:
        holding.release()
