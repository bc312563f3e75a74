"""The order of the steps: a card that is wrong in two ways gets the earlier reason."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Any

import pytest

from lockcore import Ed25519Sealer, Lost, OpenType, Reason
from lockcore import body as body_format
from lockcore.carrier import SealKind, carrier_of
from simulator.lock.decisions import Note, Refuse
from simulator.lock.events import CodeRead
from simulator.lock.memory import Entry, Memory
from tests.bench_keys import PRIVATE
from tests.lock_bench import NOON, QRA, Bench, card, reason_of

Changes = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """A card, a lock and a moment; a defect is what it changes of each."""

    card: Changes = field(default_factory=dict)
    lock: Changes = field(default_factory=dict)
    memory: Changes = field(default_factory=dict)
    around: Changes = field(default_factory=dict)

    def __or__(self, other: Scene) -> Scene:
        return Scene(
            self.card | other.card, self.lock | other.lock, self.memory | other.memory, self.around | other.around
        )

    def bench(self) -> Bench:
        """The lock as it is then."""
        return Bench(replace(QRA, **self.lock), Memory(**self.memory), self.around.get("minute", NOON + 100))

    def text(self) -> str:
        """What the phone shows."""
        grant, key_id = card(**{"times": 2, **self.card}), self.around.get("key_id", 0)
        body = body_format.pack(grant, key_id) | self.around.get("head_bits", 0)
        body &= self.around.get("kept_bits", -1)
        carrier = carrier_of(body, SealKind.ED25519)
        sealed = body.to_bytes(carrier.body_bytes, "big")
        sealed += Ed25519Sealer(key_id, self.around.get("private", PRIVATE)).seal(grant, sealed)
        after: str = self.around.get("after", "")
        return str(int.from_bytes(sealed, "big")).zfill(carrier.digits) + after


COMMUNITY_BITS = (1 << 37) - 1 << 8
DEFECTS = {
    Reason.NOT_A_CARD: Scene(around={"after": "0"}),
    Reason.UNSUPPORTED_FORMAT: Scene(around={"head_bits": 1}),
    Reason.UNKNOWN_KEY: Scene(around={"key_id": 9}),
    Reason.BAD_SEAL: Scene(around={"private": bytes(32)}),
    Reason.MALFORMED: Scene(around={"kept_bits": ~COMMUNITY_BITS}),
    Reason.WRONG_COMMUNITY: Scene(card={"community": 7}),
    Reason.WRONG_BUILDING: Scene(card={"building": "2"}),
    Reason.WRONG_FLOOR: Scene(card={"floor": "5"}),
    Reason.WRONG_ROOM: Scene(card={"room": "402G"}),
    Reason.UNSUPPORTED_TIMES: Scene(lock={"counts_times": False}),
    Reason.UNSUPPORTED_OPEN_TYPE: Scene(card={"open_type": OpenType.NORMALLY_OPEN}, lock={"passage_mode": False}),
    Reason.UNSUPPORTED_LOSS_REPORT: Scene(card={"lost": Lost.CARD, "revision": 1}, lock={"voids_card": False}),
    Reason.CLOCK_UNSET: Scene(around={"minute": None}),
    Reason.CLOCK_ROLLED_BACK: Scene(memory={"high_water_min": NOON + 111}),
    Reason.SUPERSEDED: Scene(memory={"room_mark": 101}),
    Reason.NOT_YET_VALID: Scene(card={"start_min": NOON + 1000}),
    Reason.EXPIRED: Scene(card={"end_min": NOON + 1}),
    Reason.COUNT_EXHAUSTED: Scene(memory={"entries": {100: Entry(NOON + 1000, used=2)}}),
    Reason.STORE_FULL: Scene(memory={"entries": {200: Entry(NOON + 1000)}}, lock={"entries_max": 2}),
}
EXCLUDE_EACH_OTHER = [
    {Reason.CLOCK_UNSET, Reason.CLOCK_ROLLED_BACK},
    {Reason.NOT_YET_VALID, Reason.EXPIRED},
    {Reason.COUNT_EXHAUSTED, Reason.STORE_FULL},
]
FROM_STEP_4 = list(DEFECTS)[4:]
PAIRS = [pair for pair in combinations(DEFECTS, 2) if set(pair) not in EXCLUDE_EACH_OTHER]


def scene(*defects: Reason) -> Scene:
    """The good card at the good lock, but for these defects."""
    return reduce(or_, (DEFECTS[defect] for defect in defects), Scene())


def verdict(*defects: Reason) -> Reason | None:
    """What the lock says of a card with these defects."""
    spoilt = scene(*defects)
    return reason_of(spoilt.bench().show(spoilt.text()))


def test_every_reason_has_a_defect_and_the_table_stands_in_their_order() -> None:
    """The pairs below cover the whole vocabulary, in the order in which the steps look."""
    assert [*DEFECTS, Reason.OPENED] == list(Reason)[: list(Reason).index(Reason.LOCKED_OUT)]
    assert len(PAIRS) == 19 * 18 // 2 - 3
    assert FROM_STEP_4[0] is Reason.MALFORMED


def test_the_card_without_a_defect_opens() -> None:
    """So every refusal below is its defect's doing."""
    assert verdict() is Reason.OPENED


@pytest.mark.parametrize("reason", DEFECTS)
def test_one_defect_has_its_own_reason(reason: Reason) -> None:
    """Each step refuses what is its own to refuse."""
    assert verdict(reason) is reason


@pytest.mark.parametrize(("earlier", "later"), PAIRS)
def test_of_two_defects_the_earlier_step_speaks(earlier: Reason, later: Reason) -> None:
    """The order of the steps is the order of the reasons, for every pair that can be at once."""
    assert verdict(earlier, later) is earlier


@pytest.mark.parametrize("reason", DEFECTS)
def test_a_refusal_changes_nothing_durable_but_logs(reason: Reason) -> None:
    """Whatever the reason, nothing waits to be stored; from step 4 on the refusal is noted."""
    bench = scene(reason).bench()
    before = bench.lock.memory
    decisions = bench.lock.handle(CodeRead(text=scene(reason).text(), at_ms=5000))
    assert bench.lock.memory is before
    assert [type(decision) for decision in decisions] == [Refuse] + [Note] * (reason in FROM_STEP_4)
