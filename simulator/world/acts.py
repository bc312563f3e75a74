"""What may happen in a world, as data.

Every choice is made when an act is, and not when it is carried out: leaving one out changes no other.
"""

from __future__ import annotations

from typing import NamedTuple

from lockcore import Grant
from lockcore.service_command import Command, SetClock
from simulator.flash.power import Phase


class Show(NamedTuple):
    """A card, sealed under `key_id`, is held before the camera: a reading after each of these gaps."""

    grant: Grant
    key_id: int
    gaps_ms: tuple[int, ...]


class Forge(NamedTuple):
    """The same text with `plus` added to the digit at `place`."""

    grant: Grant
    key_id: int
    place: int
    plus: int


class Type(NamedTuple):
    """Keys are pressed: some that are forgotten, by `*` or, for `~`, by a pause; then twelve digits."""

    before: str
    digits: str


class Ask(NamedTuple):
    """A command comes in at the service port; `flaw` is empty or one of `service_rules.FLAWS`."""

    command: Command
    flaw: str


class Wait(NamedTuple):
    """So many minutes go by, and the lock reads its clock."""

    minutes: int


class Disturb(NamedTuple):
    """The clock is so many minutes before or after the true time from now on, or lost: None."""

    drift_min: int | None


class Reboot(NamedTuple):
    """The power goes at a quiet moment."""


Act = Show | Forge | Type | Ask | Wait | Disturb | Reboot


class Cut(NamedTuple):
    """The power goes `after` steps of the flash from here, if the lock takes so many."""

    after: int
    phase: Phase
    seed: int


class Happening(NamedTuple):
    """An act, and for each event that it tells the lock (a boot's among them) a cut or none."""

    act: Act
    cuts: tuple[Cut | None, ...]

    def __str__(self) -> str:
        """For people; no key and no password in it."""
        cuts = [f"event {place}: {cut.after}{cut.phase}" for place, cut in enumerate(self.cuts) if cut]
        return _text_of(self.act) + (f"; cuts: {', '.join(cuts)}" if cuts else "")


def _text_of(act: Act) -> str:
    match act:
        case Type(before=before):
            return f"Type({before!r}, and twelve digits)"
        case Ask(command=command, flaw=flaw):
            minute = command.minute if isinstance(command, SetClock) else ""
            return f"Ask({type(command).__name__}({minute}), {flaw or 'as it should be'})"
    return repr(act)
