"""Rubbish and floods: threats 19 and 20."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple

from lockcore import Reason, payload
from lockcore.carrier import CARRIERS, SMALL
from simulator.lock.decisions import Note
from simulator.lock.lock import Decisions
from simulator.lock.refused import Refused
from simulator.lock.rows import Kind
from simulator.threats.attacked import Attacked
from simulator.threats.counting import BRITTLE
from simulator.threats.design import REFERENCE, Design
from simulator.threats.part import Part
from simulator.threats.power import ROW_STEPS
from simulator.threats.row import Expected, Threat
from simulator.threats.site import ISSUER, NOON, card
from simulator.threats.spellings import text_of
from simulator.threats.stores import OneRing

EXPIRED = card(66, start_min=NOON - 2, end_min=NOON - 1)


# 19. The parser


def rubbish(lock: Attacked) -> bool:
    """Show 2,000 texts of rubbish, some of them sealed by an issuer gone mad, and then a card."""
    for text in _rubbish(Random(19)):
        lock.show(text)
    return bool(lock.crashes) or not lock.show(card()).opened


def _rubbish(random: Random) -> Iterator[str]:
    yield from ("", "\0", "-1", "9" * 5000, "1" * 201 + "\0", "1e9".rjust(202, "0"))
    yield from ("٣" * 202, "²" * 202, "\ud800" * 202)
    carrier = SMALL[ISSUER.kind]
    for _ in range(400):
        yield from ("".join(random.choices("0123456789", k=digits)) for digits in CARRIERS)
        body = random.getrandbits(carrier.body_bits) & ~63  # its head is in order, the rest as it comes
        sealed = body.to_bytes(carrier.body_bytes, "big")
        yield text_of(int.from_bytes(sealed + ISSUER.seal(card(), sealed), "big"), carrier)


INJECTED = "';DROP TABLE log;--"


def words_in_the_log(lock: Attacked) -> bool:
    """Show a code whose text is a command for whoever reads the log; look for it in the flash."""
    lock.show(INJECTED)
    lock.clock(NOON + 61)
    return INJECTED.encode() in lock.device.image


def _split_unguarded(text: str) -> Any:
    carrier = CARRIERS.get(len(text), SMALL[ISSUER.kind])
    length = carrier.body_bytes
    data = int(text).to_bytes(length + carrier.seal_bytes, "big")
    return carrier, data[:length], data[length:]


class Words(NamedTuple):
    """A record of what was shown, as it was shown."""

    text: str

    def to_bytes(self) -> bytes:
        """Twenty bytes, of which 19 are someone else's."""
        return bytes([Kind.REFUSED]) + self.text.encode(errors="replace")[:19].ljust(19, b"\0")


def _note_words(refused: Refused, text: str, reason: Reason, at_ms: int, minute: int | None) -> Decisions:
    return (*_refuse_text(refused, text, reason, at_ms, minute), Note(Words(text)))  # type: ignore[arg-type]  # that is the weakness


# 20. Denial


def flood(lock: Attacked) -> bool:
    """Show 1,000 different codes within an hour; whether that wears the flash, or a card is refused then."""
    before = lock.device.step
    for number in range(1000):
        lock.show(f"{number:0202d}")
    lock.clock(NOON + 60)
    worn = lock.device.step - before > 10 * ROW_STEPS
    return worn or not lock.show(card()).opened


def wave(lock: Attacked) -> bool:
    """Wave an expired card of one's own 1,000 times; whether that wears the flash."""
    before = lock.device.step
    _wave(lock)
    return lock.device.step - before > 10 * ROW_STEPS


def wave_until_it_is_worn(lock: Attacked) -> bool:
    """Wave it before a flash that wears out; whether a card is refused then."""
    _wave(lock)
    return not lock.show(card()).opened


def _wave(lock: Attacked) -> None:
    text = lock.issue(EXPIRED)
    for _ in range(1000):
        lock.show(text)


def _note_all(refused: Refused, text: str, reason: Reason, at_ms: int, minute: int | None) -> Decisions:
    return refused.thing(text, reason, at_ms, minute)


_refuse_text = Refused.text


def _weak(owner: Any, name: str, instead: object) -> Design:
    return REFERENCE.with_parts(Part(owner, name, instead))


_WORN = "flash worn out by a phone"

THREATS = (
    Threat(
        label="19a", title="Rubbish for the parser", attack=rubbish, weak=_weak(payload, "split", _split_unguarded),
        weakness="takes what the camera reads for digits", gain="a lock that boots while he likes",
        note="a card has no text of an issuer's in it (`outInfo` stays with the platform), no lengths and no nesting",
    ),
    Threat(
        label="19b", title="Words for whoever reads the log", attack=words_in_the_log,
        weak=_weak(Refused, "text", _note_words),
        weakness="logs the text that it refused", gain="his words in the database behind the log",
    ),
    Threat(
        label="20a", title="Flood of codes", attack=flood, weak=_weak(Refused, "text", _note_all),
        weakness="writes down every refusal", gain=_WORN,
    ),
    Threat(
        label="20b", title="Waving a sealed card that is refused", attack=wave, expected=Expected.BOUNDED,
        gain="a row of the refusals' ring each time",
        note="one row for each presentation, at most one in 2 s, in a ring of its own: worn out, it takes no more, "
        "and the door opens as before (20c)",
    ),
    Threat(
        label="20c", title="Waving it until the flash is worn", attack=wave_until_it_is_worn,
        weak=replace(BRITTLE, store=OneRing), reference=BRITTLE,
        weakness="keeps refusals in one ring with counts", gain="a lock that opens for nobody",
    ),
    Threat(
        label="20d", title="Noise, finder patterns, endless detection", expected=Expected.ELSEWHERE,
        gain="a camera that is busy",
        note="before there is a text it is the reader's: its frame deadline and watchdog. The lock sees no frame",
    ),
)  # fmt: skip
