"""Any sequence of presentations, cuts, boots and reports: a lock against a model that only counts on its fingers."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from lockcore import Grant, Lost, Reason
from tests.lock_bench import GAP_MS, NOON, QRA, Bench, card, reason_of

TIMES = {1: 1, 2: 2, 3: 3, 4: 1, 5: 2}
ENDS_MIN = {1: NOON + 60, 2: NOON + 90, 3: NOON + 5000, 4: NOON + 5000, 5: NOON + 5000}
serials = st.sampled_from(list(TIMES))
gaps_ms = st.sampled_from([0, 1, GAP_MS - 1, GAP_MS, 5 * GAP_MS])


def shown(serial: int, lost: Lost = Lost.NONE, revision: int = 0) -> Grant:
    """The counted card of this serial."""
    return card(serial, times=TIMES[serial], end_min=ENDS_MIN[serial], lost=lost, revision=revision)


class LockWorld(RuleBasedStateMachine):
    """Five counted cards before a lock whose table holds three serials, one of them a loss report's."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench(replace(QRA, entries_max=3))
        self.opened = dict.fromkeys(TIMES, 0)
        self.spent = dict.fromkeys(TIMES, 0)
        self.seen_ms: dict[int, int] = {}
        self.void: set[int] = set()

    def _expected(self, serial: int, after_ms: int) -> Reason | None:
        """What a lock with an endless table would say."""
        at_ms = self.bench.at_ms + after_ms
        if at_ms - self.seen_ms.get(serial, -GAP_MS) < GAP_MS:
            return None
        if serial in self.void:
            return Reason.SUPERSEDED
        if self.bench.minute is not None and self.bench.minute >= ENDS_MIN[serial]:
            return Reason.EXPIRED
        return Reason.OPENED if self.spent[serial] < TIMES[serial] else Reason.COUNT_EXHAUSTED

    def _told(self, serial: int, expected: Reason | None, told: Reason | None) -> None:
        """The model takes note; a full table may refuse what would open, and nothing else may differ."""
        assert told is expected or (told is Reason.STORE_FULL and expected is Reason.OPENED)
        if told in (Reason.OPENED, None):
            self.seen_ms[serial] = self.bench.at_ms
        if told is Reason.OPENED:
            self.opened[serial] += 1
            self.spent[serial] += 1

    @rule(serial=serials, after_ms=gaps_ms)
    def show(self, serial: int, after_ms: int) -> None:
        """A presentation, or more of one."""
        expected = self._expected(serial, after_ms)
        self._told(serial, expected, reason_of(self.bench.show(shown(serial), after_ms)))

    @rule(serial=serials)
    def report(self, serial: int) -> None:
        """A loss report for the room: a new presentation that voids the serials below."""
        expected = self._expected(serial, GAP_MS)
        told = reason_of(self.bench.show(shown(serial, Lost.ROOM)))
        self._told(serial, expected, told)
        if told is Reason.OPENED:
            self.void |= {other for other in TIMES if other < serial}

    @rule(serial=serials, durable=st.booleans(), after_ms=gaps_ms)
    def show_and_cut(self, serial: int, durable: bool, after_ms: int) -> None:
        """The power goes within the commit, if the lock asks for one."""
        expected, openings = self._expected(serial, after_ms), len(self.bench.log)
        outcome = self.bench.show_and_cut(shown(serial), durable=durable, after_ms=after_ms)
        if outcome is not None:
            self._told(serial, expected, reason_of(outcome))
            return
        assert expected is not None, "a presentation that goes on commits nothing"
        self._rebooted()
        self.spent[serial] += len(self.bench.log) - openings

    @rule()
    def boot(self) -> None:
        """A blink of the power between two commits."""
        self.bench.boot()
        self._rebooted()

    def _rebooted(self) -> None:
        last = self.bench.stored.presented
        self.seen_ms = {} if last is None else {last: 0}

    @rule(minutes=st.integers(1, 40))
    def pass_time(self, minutes: int) -> None:
        """The clock goes on."""
        assert self.bench.minute is not None
        self.bench.clock(self.bench.minute + minutes)

    @invariant()
    def no_card_opens_more_often_than_it_says(self) -> None:
        """What everything here is for."""
        assert all(self.opened[serial] <= TIMES[serial] for serial in TIMES)


LockWorld.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestLockWorld = LockWorld.TestCase
