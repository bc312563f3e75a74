"""From frames to presentations: which code is before the camera, since when, and when it is gone.

It reads no clock and no camera: whoever has frames tells what was in each, and when it was taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulator.bench.choice import TwoCards, choose
from simulator.lock.events import EventError
from simulator.readers import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadRead:
    """A frame, taken at `at_ms`, showed the code to act on; its first frame in view was taken at `first_in_view_ms`.

    A code that comes after another without a gap is in view from the first frame after the other's last reading.
    """

    candidate: Candidate
    at_ms: int
    first_in_view_ms: int

    @property
    def text(self) -> str:
        """What the code says."""
        return self.candidate.text


@dataclass(frozen=True, slots=True, kw_only=True)
class StillInSight:
    """The code that was read last is before the camera, though this frame did not tell what to act on.

    Either a symbol was in view that could not be read, or the code is beside another card. Its presentation goes on.
    """

    text: str = field(repr=False)
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeveralCards:
    """Different cards in one frame: none is acted on, `why` in words."""

    at_ms: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfSight:
    """No code has been before the camera for the gap, which was over at `at_ms`."""

    at_ms: int


SightEvent = PayloadRead | StillInSight | SeveralCards | OutOfSight


class Sight:
    """What a camera has in sight, for a lock whose presentations end after `gap_ms` without a code."""

    def __init__(self, gap_ms: int) -> None:
        self._gap_ms = gap_ms
        self._now_ms = 0
        self._forget()

    def _forget(self) -> None:
        self._seen_ms: int | None = None
        """When a symbol was last in view."""
        self._read: PayloadRead | None = None
        self._unread_ms: int | None = None
        """The first frame in view since the last reading."""

    @property
    def in_sight(self) -> bool:
        """Whether a symbol was in view less than the gap before the last frame."""
        return self._seen_ms is not None

    def passes(self, at_ms: int) -> OutOfSight | None:
        """Time passes until `at_ms`, with nothing before the camera since the last frame; EventError if it runs back.

        To be called before a frame is read, if a reader is to forget what went out of sight.
        """
        if at_ms < self._now_ms:
            raise EventError("at_ms: before the last frame")
        self._now_ms = at_ms
        if self._seen_ms is None or at_ms - self._seen_ms < self._gap_ms:
            return None
        gone = OutOfSight(at_ms=self._seen_ms + self._gap_ms)
        self._forget()
        return gone

    def see(self, candidates: Sequence[Candidate], in_view: bool, at_ms: int) -> tuple[SightEvent, ...]:
        """A frame taken at `at_ms` showed these codes; `in_view`: a symbol is there, read or not.

        The events, in the order in which they happened; EventError for a frame from before the last one.
        """
        gone = self.passes(at_ms)
        seen = self._looked(candidates, at_ms) if candidates or in_view else ()
        return (gone, *seen) if gone else seen

    def _looked(self, candidates: Sequence[Candidate], at_ms: int) -> tuple[SightEvent, ...]:
        self._seen_ms = at_ms
        if self._unread_ms is None:
            self._unread_ms = at_ms
        try:
            chosen = choose(candidates)
        except TwoCards as several:
            return (SeveralCards(at_ms=at_ms, why=str(several)), *self._held(at_ms, candidates))
        return self._held(at_ms) if chosen is None else (self._reading(chosen, at_ms),)

    def _held(self, at_ms: int, among: Sequence[Candidate] | None = None) -> tuple[StillInSight, ...]:
        """The code read last, if it is `among` these or they are not known."""
        if self._read is None or (among is not None and self._read.text not in {each.text for each in among}):
            return ()
        return (StillInSight(text=self._read.text, at_ms=at_ms),)

    def _reading(self, chosen: Candidate, at_ms: int) -> PayloadRead:
        goes_on = self._read is not None and self._read.text == chosen.text
        first_ms = self._read.first_in_view_ms if goes_on and self._read else self._unread_ms
        assert first_ms is not None
        self._read = PayloadRead(candidate=chosen, at_ms=at_ms, first_in_view_ms=first_ms)
        self._unread_ms = None
        return self._read
