"""What the outside of the door shows: less than the lock knows, and the same for steps 2 to 6."""

from __future__ import annotations

from enum import StrEnum

from lockcore import Reason


class Signal(StrEnum):
    """All that someone before the door can see of a refusal."""

    DARK = "DARK"
    """Nothing: a stranger's QR code is no card."""
    REFUSED = "REFUSED"
    """No card for this lock: forged, another door's, or beyond the model, all alike."""
    TOO_EARLY = "TOO_EARLY"
    OVER = "OVER"
    """A card of this door that is void, expired or used up."""
    SERVICE = "SERVICE"
    """The lock cannot tell, or cannot remember: someone has to come."""
    WAIT = "WAIT"
    """The keypad takes no entry for a while."""


_SIGNALS = {
    Reason.NOT_A_CARD: Signal.DARK,
    Reason.CLOCK_UNSET: Signal.SERVICE,
    Reason.CLOCK_ROLLED_BACK: Signal.SERVICE,
    Reason.SUPERSEDED: Signal.OVER,
    Reason.NOT_YET_VALID: Signal.TOO_EARLY,
    Reason.EXPIRED: Signal.OVER,
    Reason.COUNT_EXHAUSTED: Signal.OVER,
    Reason.STORE_FULL: Signal.SERVICE,
    Reason.LOCKED_OUT: Signal.WAIT,
    Reason.PASSWORD_USED: Signal.OVER,
}


def signal_of(reason: Reason) -> Signal:
    """The signal for a refusal; whatever is not listed is REFUSED."""
    return _SIGNALS.get(reason, Signal.REFUSED)
