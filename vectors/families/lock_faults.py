"""One thing wrong with a presentation, for every reason; and two things wrong, of which the first must be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from lockcore import Grant, body
from lockcore.carrier import SMALL
from vectors.families.lock_life import MODELS, Life
from vectors.families.lock_requests import HOLD, LOST_ROOM, clock, lost_card, show, shows, start, wait
from vectors.families.site import ISSUER, KEY_ID, NEXT_ISSUER, NOON, STRANGER, card
from vectors.pack.vector import Request, refused

ALL = ("QRA", "QRB", "QRM", "QRP", "QRA-C3", "QRA/3")
COUNTING = ("QRA", "QRA/3", "QRA-C3")


def raw(grant: Grant, number: int | None = None, *, by: Any = ISSUER) -> str:
    """The text of a body that may be none, sealed by the issuer: what only an issuer gone mad makes."""
    carrier = SMALL[by.kind]
    sealed = (body.pack(grant, by.key_id) if number is None else number).to_bytes(carrier.body_bytes, "big")
    return str(int.from_bytes(sealed + by.seal(grant, sealed), "big")).zfill(carrier.digits)


def impossible(grant: Grant, **fields: Any) -> Grant:
    """A grant that breaks a rule."""
    values = dict(zip(Grant._fields, grant, strict=True)) | fields
    return tuple.__new__(Grant, [values[name] for name in Grant._fields])


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong, and how it is brought about.

    fields    of the card
    text      how its text is made
    before    what happens earlier, by noon
    at        what happens right before the card is shown
    models    those on which it is a fault
    flags     what is gained where it is not seen
    """

    name: str
    reason: str
    says: str
    flags: tuple[str, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
    text: Callable[[Grant], str] | None = None
    before: tuple[Request, ...] = ()
    at: tuple[Request, ...] = ()
    models: tuple[str, ...] = ALL


def _not_a_card(grant: Grant) -> str:
    return raw(grant) + "0"


def _format(grant: Grant) -> str:
    return raw(grant, body.pack(grant, KEY_ID) | 1)


def _unknown(grant: Grant) -> str:
    return raw(grant, by=NEXT_ISSUER)


def _forged(grant: Grant) -> str:
    return raw(grant, by=STRANGER)


_OTHERS = (card(1, times=1), card(2, times=1))
FAULTS = (
    Fault(name="text", reason="NOT_A_CARD", says="a digit too many", flags=("Truncated",), text=_not_a_card),
    Fault(name="format", reason="UNSUPPORTED_FORMAT", says="format 1", flags=("Downgrade",), text=_format),
    Fault(name="key", reason="UNKNOWN_KEY", says="a key id that the lock lacks", flags=("UnknownKey",), text=_unknown),
    Fault(name="seal", reason="BAD_SEAL", says="a stranger's seal", flags=("Forged",), text=_forged),
    Fault(
        name="field", reason="MALFORMED", says="255 for its times", flags=("ParserLimit", "CountLimit"),
        fields={"times": 255},
    ),
    Fault(
        name="community", reason="WRONG_COMMUNITY", says="another community", flags=("OtherCommunity",),
        fields={"community": 1_000_000_002},
    ),
    Fault(
        name="building", reason="WRONG_BUILDING", says="another building", flags=("OtherDoor",),
        fields={"building": "2"},
    ),
    Fault(name="floor", reason="WRONG_FLOOR", says="another floor", flags=("OtherDoor",), fields={"floor": "5"}),
    Fault(name="room", reason="WRONG_ROOM", says="another room", flags=("OtherDoor",), fields={"room": "402G"}),
    Fault(
        name="times", reason="UNSUPPORTED_TIMES", says="times at a lock that does not count",
        flags=("ModelMismatch",), fields={"times": 3}, models=("QRP", "QRB", "QRM"),
    ),
    Fault(
        name="open-type", reason="UNSUPPORTED_OPEN_TYPE", says="open type 1 at a lock without passage mode",
        flags=("ModelMismatch",), fields=HOLD, models=("QRP",),
    ),
    Fault(
        name="loss", reason="UNSUPPORTED_LOSS_REPORT", says="a report for one card at a lock that cannot void one",
        flags=("ModelMismatch",), fields=lost_card(), models=("QRP", "QRB", "QRM", "QRA-C3"),
    ),
    Fault(
        name="unset", reason="CLOCK_UNSET", says="a clock that lost its time", flags=("ClockUnset",),
        at=(clock(None),),
    ),
    Fault(
        name="rolled-back", reason="CLOCK_ROLLED_BACK", says="a clock 11 minutes before the mark",
        flags=("ClockRolledBack",), before=(clock(NOON + 60),), at=(clock(NOON + 49),),
    ),
    Fault(
        name="superseded", reason="SUPERSEDED", says="a loss report shown before", flags=("LossReport",),
        before=tuple(shows(card(200, **LOST_ROOM))),
    ),
    Fault(
        name="early", reason="NOT_YET_VALID", says="a start that is to come", flags=("TimeBoundary",),
        fields={"start_min": NOON + 100},
    ),
    Fault(
        name="expired", reason="EXPIRED", says="an end that has come", flags=("TimeBoundary",),
        fields={"start_min": NOON - 100, "end_min": NOON},
    ),
    Fault(
        name="used-up", reason="COUNT_EXHAUSTED", says="no use left", flags=("CountExhausted",),
        fields={"times": 1}, before=tuple(shows(card(times=1))), models=COUNTING,
    ),
    Fault(
        name="full", reason="STORE_FULL", says="no place to count it", flags=("FlashFull",),
        fields={"times": 1}, before=tuple(shows(*_OTHERS)), models=("QRA/3",),
    ),
)  # fmt: skip
"""In the order in which a lock must find them."""


def presentation(*faults: Fault) -> list[Request]:
    """A presentation with all of these things wrong, from noon on."""
    fields: dict[str, Any] = {}
    for fault in faults:
        fields |= fault.fields
    grant = impossible(card(), **fields)
    text = next((fault.text for fault in faults if fault.text), raw)
    before = [request for fault in faults for request in fault.before]
    at = [request for fault in faults for request in fault.at]
    return [*start(), *before, wait(), *at, show(text(grant))]


def alone() -> Iterator[Life]:
    """Each fault on each model that it is one for."""
    for fault in FAULTS:
        for model in fault.models:
            yield Life(
                id=f"step.{fault.name}.{MODELS[model].name}",
                comment=f"One thing is wrong: {fault.says}.",
                flags=fault.flags,
                requests=tuple(presentation(fault)),
                expect=refused(fault.reason),
                setting=MODELS[model],
            )


def pairs() -> Iterator[Life]:
    """Every two faults that one presentation can have on one model."""
    for first, second in combinations(FAULTS, 2):
        models = [model for model in first.models if model in second.models]
        clash = any(first.fields[name] != second.fields[name] for name in first.fields.keys() & second.fields)
        if clash or not models or {first.name, second.name} in _MADE_BY_HAND:
            continue
        yield Life(
            id=f"order.{first.name}-{second.name}",
            comment=f"Two things are wrong, {first.says} and {second.says}: the first stands.",
            flags=(*first.flags, *(("RefusalLeaks",) if first.reason != second.reason else ())),
            requests=tuple(presentation(first, second)),
            expect=refused(first.reason),
            setting=MODELS[models[0]],
        )


_MADE_BY_HAND = (
    {"unset", "rolled-back"},  # a clock cannot be both
    {"used-up", "full"},  # a card that was counted has its place
    {"field", "used-up"}, {"superseded", "used-up"}, {"rolled-back", "used-up"},
)  # fmt: skip
"""Pairs that cannot be, or not as simply as this."""
