"""The project's own reader on the frames of a camera, one after another: what was seen helps with what comes.

A symbol that the soft reader saw is followed, and what the frames tell of it is added up; what zxing-cpp saw it reads
again where it was, then in the whole frame; and now and then, for it takes the longest, everything is searched.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from lockcore.carrier import CARRIERS
from simulator.readers.card import SIDE_MIN_PX, corners_of, scaled
from simulator.readers.deadline import Deadline
from simulator.readers.one_thread import one_thread
from simulator.readers.reader import Candidate, Corners
from simulator.readers.soft import soft
from simulator.readers.soft.attempt import SoftRead
from simulator.readers.soft.filter_bank import BLURS, bank, kernels
from simulator.readers.soft.fitting import Slopes
from simulator.readers.soft.format_word import Format
from simulator.readers.soft.interference import TAPS
from simulator.readers.soft.known import Known
from simulator.readers.soft.layout import VERSIONS, layout
from simulator.readers.soft.registration import likeness_of
from simulator.readers.soft.retries import retries
from simulator.readers.tracking import Tracking
from simulator.readers.zxing_in_time import ZxingInTime
from simulator.stopwatch import Stopwatch

Frame = npt.NDArray[np.uint8]
PIXELS_MAX = 1280 * 960
"""Of a frame that is looked at in full; of a larger one, every other pixel, every third, and so on."""
MARGIN = 0.35
"""Of a symbol's size: how far it may have gone from one frame to the next."""
BESIDE = 2.0
"""Times as long as a step takes, at the most, while another core is at a frame too."""
RETRY_MS = 6.0
"""At the most, of making a filtered frame for zxing-cpp."""


class CardStream:
    """A `Reader` of frames in turn. `forget` between presentations.

    deep         whether interference is cancelled too, where there is time
    deadline_ms  for one frame; 0: none
    hard_every   where nothing is in view, everything is searched in one frame of so many
    """

    name = "qrlock-stream"

    def __init__(
        self, *, deep: bool = False, deadline_ms: float = 0.0, hard_every: int = 5,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:  # fmt: skip
        self._zxing, self._again = ZxingInTime(), ZxingInTime(plain=True)
        self._deep = deep
        self._hard_every = hard_every
        self._deadline = Deadline(deadline_ms, clock)
        self._tracking = Tracking(deep)
        if deadline_ms:
            warm_up()
        self.forget()

    def forget(self) -> None:
        """What comes now has nothing to do with what came."""
        self._shape: tuple[int, ...] = ()
        self._last: Corners | None = None
        self._since_search = self._hard_every
        self._sign = 1
        self._tracking.forget()
        self.in_view = False
        """Whether something was read in the last frame, or what is followed, like a symbol, was found there."""

    def read(self, frame: Frame, watch: Stopwatch | None = None) -> list[Candidate]:
        """See `Reader.read`; with a deadline, what follows from the frames depends on the time that it takes too."""
        self._deadline.begin()
        watch = watch or Stopwatch()
        if frame.shape != self._shape:
            self.forget()
            self._shape = frame.shape
        step = 1
        while (frame.shape[0] // step) * (frame.shape[1] // step) > PIXELS_MAX:
            step += 1
        found = self._in_turn(np.ascontiguousarray(frame[::step, ::step]), watch)
        self._deadline.end()
        self.in_view = bool(found) or self._tracking.present
        return [Candidate(each.text, _whole(each.corners, step), self.name) for each in found]

    def _in_turn(self, frame: Frame, watch: Stopwatch) -> list[Candidate]:
        """What the first way reads that reads anything."""
        ways: tuple[tuple[str, Callable[[Frame], list[Candidate]]], ...] = (
            ("track", self._tracked), ("crop", self._in_crop), ("frame", self._in_frame), ("search", self._searched),
        )  # fmt: skip
        for name, way in ways:
            with watch.stage(name):
                found = way(frame)
            if found:
                # Of several codes none is looked for alone: a lock has to see that there are several.
                self._last = found[0].corners if name != "track" and len(found) == 1 else None
                return found
        self._last = None
        return []

    def _tracked(self, frame: Frame) -> list[Candidate]:
        """The symbol that the soft reader saw last, from where it was then."""
        with one_thread():
            return _candidates(self._tracking.read(frame, self._allows))

    def _in_crop(self, frame: Frame) -> list[Candidate]:
        """Where zxing-cpp saw a code in the frame before, as it is or filtered."""
        if self._last is None:
            return []
        points = np.array(self._last)
        margin = MARGIN * float(np.ptp(points, axis=0).max())
        left, top = np.maximum(np.floor(points.min(0) - margin), 0).astype(int)
        right, bottom = np.ceil(points.max(0) + margin).astype(int)
        crop = np.ascontiguousarray(frame[top:bottom, left:right])
        if not crop.size:
            return []
        found = self._again.read(crop, self._deadline.left_ms()) or self._filtered(crop)
        return [Candidate(each.text, _moved(each.corners, float(left), float(top)), self.name) for each in found]

    def _in_frame(self, frame: Frame) -> list[Candidate]:
        """Anywhere, as zxing-cpp sees it."""
        return self._zxing.read(frame, self._deadline.left_ms())

    def _searched(self, frame: Frame) -> list[Candidate]:
        """Everywhere, in one frame of `hard_every`; light finders on dark in every other search."""
        self._since_search += 1
        if self._since_search < self._hard_every or self._tracking.follows or min(frame.shape) < SIDE_MIN_PX:
            return []
        self._since_search = 0
        return self._filtered(frame) or self._softly(frame)

    def _filtered(self, frame: Frame) -> list[Candidate]:
        """What zxing-cpp reads in a frame, or a part of one, once it is filtered."""
        filtered = retries(frame)
        while self._allows(RETRY_MS) and (retry := next(filtered, None)) is not None:
            found = self._again.read(retry.frame, self._deadline.left_ms())
            if found:
                return found
        return []

    def _allows(self, step_ms: float) -> bool:
        """Whether there is time for a step; it takes longer beside a zxing-cpp that is late."""
        beside = self._zxing.is_late or self._again.is_late
        return self._deadline.allows(step_ms * (BESIDE if beside else 1))

    def _softly(self, frame: Frame) -> list[Candidate]:
        fused: list[SoftRead | None] = []
        with one_thread():
            reads = soft.read(
                frame, self._sign, deep=self._deep, goes_on=self._allows,
                unread=lambda unread: fused.append(self._tracking.unread(unread, self._allows)),
            )  # fmt: skip
        if not reads and not self._tracking.follows:
            self._sign = -self._sign
        if len(reads) == 1:  # of several, none is followed: a later search is to show them all again
            self._tracking.seen(reads[0])
        return _candidates(*reads, *fused)


def warm_up() -> None:
    """Work out beforehand what the soft reader works out once: the first frames have a deadline too."""
    with one_thread():
        bank()
        soft.read(np.zeros((4 * SIDE_MIN_PX, 4 * SIDE_MIN_PX), np.uint8))
        for blur in BLURS:
            kernels(blur, TAPS)
        for version in VERSIONS:
            layout(version)
            likeness_of(np.zeros((4, 4), np.float32), np.eye(3), version)
        for carrier in CARRIERS.values():
            card = SoftRead("0" * carrier.digits, carrier.version, np.eye(3), Format("M", 0, False, 1.0))
            Known.of(card).again(Slopes.of(np.zeros((8, 8), np.float32)), np.eye(3))


def _candidates(*reads: SoftRead | None) -> list[Candidate]:
    return [Candidate(read.text, corners_of(read), CardStream.name) for read in reads if read is not None]


def _whole(corners: Corners, step: int) -> Corners:
    """Corners in a frame of which every so many-th pixel was looked at: the middle of the first is the same in both."""
    half = (step - 1) / 2
    return _moved(scaled(corners, step), -half, -half)


def _moved(corners: Corners, right_px: float, down_px: float) -> Corners:
    a, b, c, d = ((x + right_px, y + down_px) for x, y in corners)
    return a, b, c, d
