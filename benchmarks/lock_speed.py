"""Bar 5 of issue "locks": what a decision costs without its frame, store writes included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from benchmarks import keys
from benchmarks.core_speed import CALLS
from benchmarks.line import Line, bar, figure
from benchmarks.timing import Batch, interleave, ratios, spread
from lockcore import Grant, Lost, SealKind, civil, decode, encode
from lockcore import body as body_format
from lockcore.carrier import SMALL
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from lockcore.seal import ED25519_LABEL
from simulator.bench.powered import PoweredLock, commission
from simulator.flash.device import Device
from simulator.flash.geometry import GEOMETRIES
from simulator.lock.case import case_of
from simulator.lock.commit import accepted
from simulator.lock.events import ClockRead, CodeRead
from simulator.lock.given import Given
from simulator.lock.judge import STEPS
from simulator.lock.profile import PROFILES

RATIO_MAX = 1.25
DECISIONS_MIN = 25_000
CARDS = 64
"""As many counted cards as a lock has places for, but for one; the last is not counted."""
ROUNDS = 200
_NOON = civil.parse("2026-11-23 12:00")
_DOOR = Placement(community=1_000_000_001, building="1", floor="4", room="401G", lock_id="B1")


class Presented:
    """A lock that opens to each call's card: 254 times each, then it is given new cards."""

    def __init__(self, kind: SealKind) -> None:
        self._kind = kind
        self._serial = 0
        self.lock = _lock()
        self._renew()

    def _renew(self) -> None:
        """A report for the room voids the cards so far; new ones are sealed. Not within a timed batch."""
        self._at_ms = 0
        self.lock.restart()
        self.lock.tell(ClockRead(_NOON))
        self._serial += CARDS + 1
        report = _card(self._serial, lost=Lost.ROOM, times=0)
        assert self._show(encode(report, keys.SEALERS[self._kind])), "the report opens"
        self.texts = [encode(_card(self._serial + n + 1), keys.SEALERS[self._kind]) for n in range(CARDS - 2)]
        self._left = 250

    def _show(self, text: str) -> bool:
        self._at_ms += 3000
        return self.lock.tell(CodeRead(text, self._at_ms)).opened

    def show(self, number: int) -> None:
        """Present the next card; it opens."""
        if not self._show(self.texts[number % len(self.texts)]):
            raise AssertionError("a card that must open did not")

    def before_round(self) -> None:
        """Make sure that a round's cards have uses left."""
        self._left -= 2
        if self._left < 2:
            self._renew()


def _card(serial: int, *, times: int = 254, lost: Lost = Lost.NONE) -> Grant:
    return Grant(
        community=_DOOR.community, building=_DOOR.building, floor=_DOOR.floor, room=_DOOR.room, serial=serial,
        start_min=_NOON, end_min=_NOON + 2880, times=times, lost=lost,
    )  # fmt: skip


def _lock() -> PoweredLock:
    held = KeySet(service=keys.PUBLIC, ed25519={keys.ED25519_ID: keys.PUBLIC}, cmac={keys.CMAC_ID: keys.SCOPE_KEYS})
    device = Device(GEOMETRIES["nor"], 20)
    commission(device, Given(placement=_DOOR, keys=held))
    return PoweredLock(replace(PROFILES["QRA"]), device)


def lines(rounds: int = ROUNDS) -> Iterator[Line]:
    """Both seals, and the share of each step."""
    yield from _ed25519_lines(rounds)
    yield from _cmac_lines(rounds)
    yield from _share_lines(rounds)


def _ed25519_lines(rounds: int) -> Iterator[Line]:
    presented = Presented(SealKind.ED25519)
    bare = _bare([_card(n) for n in range(CARDS)])
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        presented.before_round()
        us = interleave({"lock": _batch(presented), "bare": bare}, 1, warm_up_rounds=0)
        ours += us["lock"]
        theirs += us["bare"]
    ratio = spread(ratios(ours, theirs))
    yield bar("5", "ed25519 decision, stored : bare verification", f"{ratio:.3f}", f"at most {RATIO_MAX}",
              ratio.median <= RATIO_MAX)  # fmt: skip
    yield figure("5", "ed25519 decision, bare verification", f"{median(ours):.1f}, {median(theirs):.1f} µs")


def _cmac_lines(rounds: int) -> Iterator[Line]:
    presented = Presented(SealKind.CMAC)
    us: list[float] = []
    for _ in range(rounds):
        presented.before_round()
        us += interleave({"lock": _batch(presented)}, 1, warm_up_rounds=0)["lock"]
    a_second = 1e6 / median(us)
    yield bar("5", "cmac decisions a second on one core, each an opening that is stored", f"{a_second:,.0f}",
              f"at least {DECISIONS_MIN:,}", a_second >= DECISIONS_MIN)  # fmt: skip


def _share_lines(rounds: int) -> Iterator[Line]:
    """What a decision is made of, each part on its own."""
    presented = Presented(SealKind.CMAC)
    lock = presented.lock.lock
    cards = [decode(text, lock.given.cards) for text in presented.texts]
    cases = [case_of(card.grant, _DOOR, presented.lock.profile, lock.memory, _NOON) for card in cards]
    rows = [accepted(case) for case in cases]
    parts: dict[str, Batch] = {"1 to 4 decode": Batch(decode, [(text, lock.given.cards) for text in presented.texts])}
    parts |= {
        f"{number} {step.__name__}": Batch(step, [(case,) for case in cases]) for number, step in enumerate(STEPS, 5)
    }
    parts["11 row"] = Batch(accepted, [(case,) for case in cases])
    parts["11 memory"] = Batch(lock.memory.after, [(row,) for row in rows])
    parts["11 store"] = Batch(presented.lock.store.persist, [(row,) for row in rows])
    us = {name: median(values) for name, values in interleave(parts, max(rounds // 4, 5)).items()}
    whole = sum(us.values())
    shares = ", ".join(f"{name} {100 * value / whole:.0f} %" for name, value in us.items())
    yield figure("5", "share of each step, cmac, nor flash", shares)


def _batch(presented: Presented) -> Batch:
    return Batch(presented.show, [(number,) for number in range(CALLS)])


def _bare(cards: Sequence[Grant]) -> Batch:
    length = SMALL[SealKind.ED25519].body_bytes
    messages = [ED25519_LABEL + body_format.pack(card, keys.ED25519_ID).to_bytes(length, "big") for card in cards]
    verify = keys.PRIVATE_KEY.public_key().verify
    return Batch(verify, [(keys.PRIVATE_KEY.sign(message), message) for message in messages])
