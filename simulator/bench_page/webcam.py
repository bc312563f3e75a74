"""A browser's camera before a lock: frames that come one by one are one sitting, as a camera's are on the command line.

The lock is powered, and nobody else's, only while something is in sight; the reader goes on from frame to frame.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from lockcore.errors import QrlockError
from simulator.bench.clock import clock_of
from simulator.bench.present import Camera
from simulator.bench.reader_choice import LIVE_DEADLINE_MS, follower
from simulator.bench.session import opened
from simulator.bench.watcher import Following
from simulator.bench_page.picture import Grey
from simulator.bench_page.showing import Shown, show
from simulator.bench_page.wish import Wish
from simulator.frames import Frame

IDLE_S = 3.0
"""Without a frame for so long, what was in sight is gone."""
TIMEOUT_S = 3.0
"""How long a frame waits for a lock that another command has."""


class Webcam:
    """The browser's camera before the lock at `path`; `clock` in seconds. Any thread may call it."""

    def __init__(
        self,
        path: Path,
        clock: Callable[[], float] = time.monotonic,
        follow: Callable[[float], Following] = follower,
    ) -> None:
        self._path = path
        self._clock = clock
        self._turn = threading.RLock()
        self._reader = follow(LIVE_DEADLINE_MS)
        self._sitting: _Sitting | None = None
        self._last_s = self._held_s = 0.0
        """The last frame, and the last one with something in sight."""
        self._gap_s = 0.0

    def show(self, image: Grey, wish: Wish) -> Shown:
        """Hold a frame before the lock, now; QrlockError as `session.opened`, and as the lock's store.

        Of a code that was in sight when the lock was let go, the presentation goes on if its gap is not over.
        """
        with self._turn:
            now_s = self._clock()
            sitting = self._sitting = self._sitting or self._begun(now_s)
            self._last_s = now_s
            try:
                shown = sitting.show(image, now_s, wish)
            except BaseException:
                self._sitting = None
                sitting.stack.__exit__(*sys.exc_info())
                raise
            if sitting.camera.in_sight:
                self._held_s = now_s
            if shown.power_cut or not sitting.camera.in_sight:
                self.end()
            return shown

    def end(self) -> None:
        """Let go of the lock, in good order."""
        with self._turn:
            sitting, self._sitting = self._sitting, None
            if sitting:
                sitting.stack.close()

    def end_if_idle(self) -> None:
        """Let go of the lock if no frame has come for `IDLE_S`; nobody is there to be told what goes wrong."""
        with self._turn, suppress(QrlockError):
            if self._clock() - self._last_s >= IDLE_S:
                self.end()

    def _begun(self, now_s: float) -> _Sitting:
        goes_on = now_s - self._held_s < self._gap_s
        sitting = _Sitting(self._path, self._reader, now_s, goes_on)
        self._gap_s = sitting.session.stored.profile.presentation_gap_ms / 1000
        return sitting


class _Sitting:
    """From the lock's boot on; `goes_on`: what is seen first is no new presentation."""

    def __init__(self, path: Path, reader: Following, began_s: float, goes_on: bool) -> None:
        self.stack = ExitStack()
        self.session = self.stack.enter_context(opened(path, TIMEOUT_S))
        self._began_s = began_s
        self._cut = not goes_on
        self._minute: Callable[[], int | None] = lambda: None
        self._number = 0
        self.camera = Camera(reader, self.session, lambda: self._minute())

    def show(self, image: Grey, now_s: float, wish: Wish) -> Shown:
        self._minute = clock_of(wish.at, self.session.stored.clock_offset_min)
        frame = Frame(image, 1000 * (now_s - self._began_s), f"webcam#{self._number}", self._cut)
        self._number, self._cut = self._number + 1, False
        return show(self.camera, frame, self.session, wish.cut, self._minute)


class Webcams:
    """The cameras of all locks' pages, made at first need."""

    def __init__(self, make: Callable[[Path], Webcam] = Webcam) -> None:
        self._make = make
        self._by_path: dict[Path, Webcam] = {}
        self._turn = threading.Lock()

    def of(self, path: Path) -> Webcam:
        """The camera before the lock at `path`."""
        with self._turn:
            if path not in self._by_path:
                self._by_path[path] = self._make(path)
            return self._by_path[path]

    def release(self, path: Path) -> None:
        """Let go of a lock that something else is to happen to."""
        with self._turn:
            webcam = self._by_path.get(path)
        if webcam:
            webcam.end()
