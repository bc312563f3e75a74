"""The project's own reader on the frames of a camera, one after another: what was seen helps with what comes.

Each frame goes through zxing-cpp where the code was last, then whole; then the soft reader follows the symbol that it
saw last, adding up what the frames tell; and now and then, for it takes the longest, everything is searched. A deadline
is kept by not beginning what would not end in time, judged by how long it took before.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from simulator.readers.card import corners_of
from simulator.readers.reader import Candidate, Corners
from simulator.readers.soft import soft
from simulator.readers.soft.fitting import Slopes
from simulator.readers.soft.fusion import Fusion
from simulator.readers.soft.layout import layout
from simulator.readers.soft.patch import Patch, cut, mapped
from simulator.readers.soft.registration import LIKENESS_MIN, Registered, refine
from simulator.readers.soft.retries import retries
from simulator.readers.soft.soft import SoftRead, Unread
from simulator.readers.zxing import ZxingReader

Frame = npt.NDArray[np.uint8]
NAME = "qrlock"
LOST_AFTER = 4
"""Frames without a symbol after which it is looked for everywhere again."""
_MARGIN = 0.35
"""Of a symbol's size: how far it may have gone from one frame to the next."""
_TRACK_STEPS = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """What a frame showed, the way in which it was read, and milliseconds by stage."""

    candidates: tuple[Candidate, ...]
    way: str
    stages_ms: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Track:
    """A symbol that the soft reader registered: where, and for how many frames it was lost."""

    version: int
    homography: npt.NDArray[np.float64]
    lost: int = 0


class CardStream:
    """Reads frames of one camera in turn. `forget` between presentations.

    deep         whether interference is cancelled too, where there is time
    deadline_ms  for one frame; 0: none
    hard_every   everything is searched in one frame of so many, where nothing was seen
    """

    def __init__(
        self, *, deep: bool = False, deadline_ms: float = 0.0, hard_every: int = 5,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:  # fmt: skip
        self._zxing = ZxingReader()
        self._deep = deep
        self._deadline_ms = deadline_ms
        self._hard_every = hard_every
        self._clock = clock
        self._took_ms: dict[str, float] = {}
        self._fusion = Fusion()
        self.forget()

    def forget(self) -> None:
        """What comes now has nothing to do with what came."""
        self._last: Corners | None = None
        self._track: _Track | None = None
        self._since_hard = self._hard_every
        self._fusion.clear()

    def read(self, frame: Frame) -> Seen:
        """The codes in a grey frame of shape (h, w), each side at least 1."""
        self._began = self._clock()
        self._stages_ms: dict[str, float] = {}
        ways: tuple[tuple[str, Callable[[Frame], list[Candidate]]], ...] = (
            ("crop", self._in_crop), ("frame", self._zxing.read), ("track", self._tracked), ("search", self._searched),
        )  # fmt: skip
        for name, way in ways:
            found = self._timed(name, way, frame)
            if found:
                self._last = found[0].corners
                named = tuple(Candidate(each.text, each.corners, NAME) for each in found)
                return Seen(named, name, self._stages_ms)
        self._last = None
        return Seen((), "", self._stages_ms)

    def _timed(self, name: str, way: Callable[[Frame], list[Candidate]], frame: Frame) -> list[Candidate]:
        if not self._has_time(name):
            return []
        began = self._clock()
        found = way(frame)
        took_ms = 1000 * (self._clock() - began)
        self._stages_ms[name] = took_ms
        before_ms = self._took_ms.get(name, took_ms)
        self._took_ms[name] = max(took_ms, 0.8 * before_ms + 0.2 * took_ms)
        return found

    def _left_ms(self) -> float:
        return self._deadline_ms - 1000 * (self._clock() - self._began) if self._deadline_ms else float("inf")

    def _has_time(self, name: str) -> bool:
        """Whether a stage that took as long as lately would end in time; the search stops itself."""
        return name == "search" or self._took_ms.get(name, 0.0) < self._left_ms()

    def _in_crop(self, frame: Frame) -> list[Candidate]:
        """Where the code was in the frame before."""
        if self._last is None:
            return []
        points = np.array(self._last)
        margin = _MARGIN * float(np.ptp(points, axis=0).max())
        left, top = np.maximum(np.floor(points.min(0) - margin), 0).astype(int)
        right, bottom = np.ceil(points.max(0) + margin).astype(int)
        crop = frame[top:bottom, left:right]
        if not crop.size:
            return []
        found = self._zxing.read(np.ascontiguousarray(crop))
        return [Candidate(each.text, _moved(each.corners, float(left), float(top)), NAME) for each in found]

    def _tracked(self, frame: Frame) -> list[Candidate]:
        """The symbol that the soft reader saw last, from where it was then."""
        track = self._track
        if track is None:
            return []
        side = float(layout(track.version).side)
        plane = np.array([(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)])
        corners = mapped(track.homography, plane)
        module_px = float(np.hypot(*(corners[2] - corners[0])) / (side * 2**0.5))
        patch = cut(frame, corners, max(module_px, 0.5))
        start = Registered(track.version, patch.to_patch(track.homography), 0.0)
        found = refine(Slopes.of(patch.even), start, _TRACK_STEPS)
        if found.likeness < LIKENESS_MIN:
            track.lost += 1
            self._track = track if track.lost < LOST_AFTER else None
            return []
        self._track = _Track(track.version, patch.to_frame(found.homography))
        return self._softly(patch, found)

    def _softly(self, patch: Patch, found: Registered) -> list[Candidate]:
        """Of this frame alone, or with what the frames before told."""
        read, ratios = soft.read_at(patch, found, deep=False)
        if read is None:
            fused = self._fusion.add(found.version, ratios)
            said = None if fused is None else soft.text_of(fused, found.version)
            if said is None:
                return []
            read = SoftRead(said[0], found.version, patch.to_frame(found.homography), said[1])
        return [_candidate(read)]

    def _searched(self, frame: Frame) -> list[Candidate]:
        """Everywhere, in one frame of `hard_every`."""
        self._since_hard += 1
        if self._since_hard < self._hard_every and self._track is None:
            return []
        self._since_hard = 0
        for retry in retries(frame):
            if self._left_ms() <= 0:
                return []
            found = self._zxing.read(retry.frame)
            if found:
                return [Candidate(each.text, _grown(each.corners, 1 / retry.scale), NAME) for each in found]
        reads = soft.read(frame, deep=self._deep, goes_on=lambda: self._left_ms() > 0, unread=self._follow)
        for read in reads:
            self._track = _Track(read.version, read.homography)
        return [_candidate(read) for read in reads]

    def _follow(self, unread: Unread) -> None:
        """A symbol that says nothing yet is followed: the next frames may tell more."""
        self._track = _Track(unread.version, unread.homography)
        self._fusion.add(unread.version, unread.ratios)


def _candidate(read: SoftRead) -> Candidate:
    return Candidate(read.text, corners_of(read), NAME)


def _moved(corners: Corners, right_px: float, down_px: float) -> Corners:
    a, b, c, d = ((x + right_px, y + down_px) for x, y in corners)
    return a, b, c, d


def _grown(corners: Corners, factor: float) -> Corners:
    a, b, c, d = ((x * factor, y * factor) for x, y in corners)
    return a, b, c, d
