"""A symbol followed from frame to frame: from where it was, and with what the frames before told of its modules."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from simulator.readers.soft.attempt import DEEP_MS, FAST_MS, LIKENESS_SURE, Attempt, GoesOn, Seen, SoftRead, text_of
from simulator.readers.soft.fitting import Homography, Slopes
from simulator.readers.soft.fusion import Fusion
from simulator.readers.soft.known import Known
from simulator.readers.soft.layout import layout
from simulator.readers.soft.patch import Patch, cut
from simulator.readers.soft.realign import fitted_to, shifted
from simulator.readers.soft.registration import Registered, outline, refine
from simulator.readers.soft.soft import Unread

Frame = npt.NDArray[np.uint8]
LOST_AFTER = 2
"""Frames without the symbol after which it is not followed any more."""
DOUBTED = 10
"""Searches in which what is followed has to be a symbol surely, after one that could not be read in all that time."""
UNREAD_MAX = 8
"""Frames that a symbol is followed without being read: then there may be none, and it is searched again."""
LIKENESS_MIN = 0.5
"""Of the function patterns: lower than where a symbol is searched, for here one is known to be."""
STEPS = 4
SMOOTH_PX = 1.2
"""Of a patch: before a symbol is fitted that may be lost in noise."""


@dataclass(slots=True)
class Tracking:
    """The symbol that is followed, if one is, and what its frames told."""

    deep: bool = False
    fusion: Fusion = field(default_factory=Fusion)
    present: bool = False
    """Whether the symbol that is followed was found in the last frame, read or not."""
    _version: int = 0
    _homography: Homography | None = None
    _known: Known | None = None
    _sign: int = 1
    _lost: int = 0
    _unread: int = 0
    _doubted: int = 0

    @property
    def follows(self) -> bool:
        """Whether a symbol is followed."""
        return self._homography is not None

    def forget(self) -> None:
        """What comes has nothing to do with what came."""
        self._homography, self._known, self._doubted, self._unread = None, None, 0, 0
        self.present = False
        self.fusion.clear()

    def seen(self, read: SoftRead) -> None:
        """Follow a symbol that was read."""
        if self._known is None or not self._known.is_of(read):
            self._known = Known.of(read)
            self.fusion.clear()  # what told this text would speak against the next one
        self._at(read.version, read.homography, read.sign)
        self._unread, self._doubted = 0, 0

    def unread(self, unread: Unread, goes_on: GoesOn) -> SoftRead | None:
        """Follow a symbol that says nothing yet; with what frames before told of it, it may say something now."""
        if self._doubted:
            self._doubted -= 1
            if unread.likeness < LIKENESS_SURE:
                return None
        self._at(unread.version, unread.homography, unread.sign)
        read = self._fused(unread.seen, goes_on)
        if read is not None:
            self.seen(read)
        return read

    def read(self, frame: Frame, goes_on: GoesOn) -> SoftRead | None:
        """The symbol in a grey frame, from where it was in the one before; of this frame alone, or of all so far.

        `goes_on` is asked before every step that costs milliseconds.
        """
        self.present = False
        if self._homography is None:
            return None
        patch = self._patch(frame, self._homography)
        slopes = Slopes.of(patch.even, SMOOTH_PX)
        start = patch.to_patch(self._homography)
        read = self._again(patch, slopes, start)
        if read is not None:
            return read
        if not goes_on(FAST_MS):
            self._lose()
            return None
        return self._anew(patch, slopes, start, goes_on)

    def _again(self, patch: Patch, slopes: Slopes, start: Homography) -> SoftRead | None:
        """The text that was read before, where the light still agrees with all of its modules."""
        there = None if self._known is None else self._known.again(slopes, start)
        if there is None or self._known is None:
            return None
        read = replace(self._known.read, homography=patch.to_frame(there), sign=self._sign)
        self.seen(read)
        return read

    def _anew(self, patch: Patch, slopes: Slopes, start: Homography, goes_on: GoesOn) -> SoftRead | None:
        """What this frame says, or all so far."""
        attempt = self._attempt(patch, slopes, start)
        if attempt is None:
            self._lose()
            return None
        read = attempt.fast()
        self._at(self._version, attempt.homography, self._sign)
        if read is None and attempt.seen is not None:
            read = self._fused(attempt.seen, goes_on)
        self._unread += 1
        if read is not None:
            self.seen(read)
        elif self._unread > UNREAD_MAX:
            self._give_up()
        return read

    def _lose(self) -> None:
        """Not there in this frame, or there was no time to look; given up where that went on."""
        self._lost += 1
        if self._lost >= LOST_AFTER:
            self._give_up()

    def _give_up(self) -> None:
        """What could not be read in all that time may be no symbol: the next one has to look more like one."""
        self._homography, self._doubted = None, DOUBTED if self._unread else 0
        self._unread, self.present = 0, False

    def _at(self, version: int, homography: Homography, sign: int) -> None:
        self._version, self._homography, self._sign, self._lost = version, homography, sign, 0
        self.present = True

    def _patch(self, frame: Frame, homography: Homography) -> Patch:
        """The part of the frame in which the symbol was."""
        corners = outline(homography, self._version)
        module_px = float(np.hypot(*(corners[2] - corners[0]))) / (layout(self._version).side * 2**0.5)
        return cut(frame, corners, max(module_px, 0.5), self._sign)

    def _attempt(self, patch: Patch, slopes: Slopes, start: Homography) -> Attempt | None:
        """The symbol of this version, if one is still there."""
        modules = self.fusion.modules(self._version)
        if modules is not None:
            start = shifted(slopes.planes[0], start, modules)
        found = refine(slopes, Registered(self._version, start, 0.0), STEPS)
        if modules is not None and found.likeness > LIKENESS_MIN:
            found = found._replace(homography=fitted_to(slopes, found.homography, modules))
        return Attempt(patch, found, self._sign) if found.likeness > LIKENESS_MIN else None

    def _fused(self, seen: Seen, goes_on: GoesOn) -> SoftRead | None:
        assert self._homography is not None
        if self.fusion.add(seen) < 2:
            return None
        for ratios in self.fusion.ways(seen, deep=self.deep):
            said = text_of(ratios, self._version)
            if said is not None:
                return SoftRead(said[0], self._version, self._homography, said[1], self._sign)
            if not goes_on(DEEP_MS if self.deep else FAST_MS):
                break
        return None
