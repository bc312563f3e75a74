"""Bar 5 of issue "locks": what a decision costs without its frame, store writes included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from benchmarks import keys
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
    """A lock that opens to every card of a round: each 254 times, then it is given new cards."""

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
        report = encode(_card(self._serial, lost=Lost.ROOM, times=0), keys.SEALERS[self._kind])
        assert self.lock.tell(CodeRead(report, self._next_ms())).opened, "the report opens"
        self.texts = [encode(_card(self._serial + n + 1), keys.SEALERS[self._kind]) for n in range(CARDS - 2)]
        self._rounds = 0

    def _next_ms(self) -> int:
        self._at_ms += 3000
        return self._at_ms

    def next_round(self) -> Batch:
        """A presentation of each card, from the event to the decision."""
        if self._rounds == 254:
            self._renew()
        self._rounds += 1
        return Batch(self.lock.tell, [(CodeRead(text, self._next_ms()),) for text in self.texts])

    def check(self) -> None:
        """All of them opened, and all of that is stored."""
        used = [entry.used for entry in self.lock.memory.entries.values()]
        assert used == [self._rounds] * len(self.texts), "a card that must open did not"


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
    bare = _bare([_card(n) for n in range(CARDS - 2)])
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        us = interleave({"lock": presented.next_round(), "bare": bare}, 1, warm_up_rounds=0)
        presented.check()
        ours += us["lock"]
        theirs += us["bare"]
    ratio = spread(ratios(ours, theirs))
    yield bar("5", "ed25519 decision, an opening that is stored : bare verification", f"{ratio:.3f}",
              f"at most {RATIO_MAX}", ratio.median <= RATIO_MAX)  # fmt: skip
    yield figure("5", "ed25519 decision, bare verification", f"{median(ours):.1f}, {median(theirs):.1f} µs")


def _cmac_lines(rounds: int) -> Iterator[Line]:
    presented = Presented(SealKind.CMAC)
    us: list[float] = []
    for _ in range(rounds):
        us += interleave({"lock": presented.next_round()}, 1, warm_up_rounds=0)["lock"]
        presented.check()
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


def _bare(cards: Sequence[Grant]) -> Batch:
    length = SMALL[SealKind.ED25519].body_bytes
    messages = [ED25519_LABEL + body_format.pack(card, keys.ED25519_ID).to_bytes(length, "big") for card in cards]
    verify = keys.PRIVATE_KEY.public_key().verify
    return Batch(verify, [(keys.PRIVATE_KEY.sign(message), message) for message in messages])
