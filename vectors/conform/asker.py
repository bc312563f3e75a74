"""One test after the other put to a device, which may fail to answer three times before it is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter
from typing import Any

from vectors.conform.capabilities import Hello
from vectors.conform.judge import MISSING, Difference, difference
from vectors.conform.pack_file import Pack
from vectors.conform.pack_record import Test
from vectors.conform.results import ERROR, NOT_ANSWERED, WRONG, Outcome, Verdict
from vectors.conform.session import Session
from vectors.conform.shown import shown, shown_apart
from vectors.conform.transport import Transport
from vectors.conform.trouble import TransportError, Trouble, Word

TROUBLES_MAX = 3
"""Failures to answer, with no test passed between them, after which nothing more is asked (PROTOCOL.md, section 6)."""
TIMEOUT_S, TIMEOUT_S_MAX = 5.0, 86_400.0
START_S = 5.0
"""So long a device may take to start, however short the time limit of a step is."""


class Asker:
    """Asks the tests of a pack. A device that fails to answer is started again before the next test.

    TransportError for a time limit that is none.
    """

    def __init__(
        self, pack: Pack, transport: Transport, timeout_s: float = TIMEOUT_S, start_s: float = START_S
    ) -> None:
        if not 0 < timeout_s <= TIMEOUT_S_MAX:
            raise TransportError(f"a time limit is more than 0 s, and at most {TIMEOUT_S_MAX:.0f} s")
        self._pack = pack
        self._session = Session(transport, timeout_s, start_s)
        self._troubles, self._broken = 0, False
        self.hello: Hello | None = None
        """What the device declared; None before `greet`, and where it never answered that."""
        self.trouble = ""
        """Why it never did."""

    def greet(self) -> None:
        """Say hello, up to three times; after that, every test fails as not answered."""
        while self.hello is None and self._troubles < TROUBLES_MAX:
            try:
                self.hello = self._session.restart() if self._broken else self._session.hello()
                self._troubles, self._broken = 0, False
            except Trouble as trouble:
                self.trouble = str(trouble)
                self._trouble()

    def ask(self, test: Test) -> Outcome:
        """What comes of this test; PackError where a picture of it is none."""
        if self.hello is None:
            return failed(test, NOT_ANSWERED, f"the device never said hello: {self.trouble}")
        missing = self.hello.lacks(test.needs, test.profiles, test.geometries)
        if missing:
            why = f"the device has not declared {', '.join(missing)}"
            return Outcome(
                id=test.id, family=test.family, verdict=Verdict.SKIP, how="not declared", why=why, missing=missing
            )
        if self._troubles >= TROUBLES_MAX:
            return failed(test, NOT_ANSWERED, f"not asked after {TROUBLES_MAX} failures to answer")
        started = perf_counter()
        outcome = self._asked(test, self.hello)
        return replace(outcome, ms=1000 * (perf_counter() - started))

    def _asked(self, test: Test, hello: Hello) -> Outcome:
        where = "on starting again"
        try:
            self._start_again(hello)
            for number in range(len(test.steps)):
                where = _place(test, number)
                answer = self._session.ask(self._pack.request(test, number))
                found = difference(test.steps[number].expect, answer, hello.tells_reasons)
                if found is not None:
                    how = ERROR if found.member == "error" else WRONG
                    return failed(test, how, f"{where}: {_told(found, answer)}")
        except Trouble as trouble:
            self._trouble()
            return failed(test, trouble.word, f"{where}: {trouble}")
        self._troubles = 0
        return Outcome(id=test.id, family=test.family, verdict=Verdict.PASS)

    def _start_again(self, hello: Hello) -> None:
        if self._broken:
            if self._session.restart() != hello:
                raise Trouble(Word.BAD_HELLO, "it declares something else than before")
            self._broken = False

    def _trouble(self) -> None:
        self._troubles += 1
        self._broken = True


def failed(test: Test, how: str, why: str) -> Outcome:
    """The outcome of a test that failed."""
    return Outcome(
        id=test.id, family=test.family, verdict=Verdict.FAIL, how=str(how), why=why, comment=test.comment,
        effects=test.effects,
    )  # fmt: skip


def _place(test: Test, number: int) -> str:
    return f"step {number + 1} of {len(test.steps)}, {test.steps[number].request['op']}"


def _told(found: Difference, answer: Mapping[str, Any]) -> str:
    if found.member == "error":
        return f"the device says error {shown(found.came)}"
    if found.expected is MISSING:
        return f"{found.member} {shown(found.came)} came, which must not be there"
    if found.came is MISSING:
        rest = {name: value for name, value in answer.items() if name != "id"}
        return f"{found.member} must be {shown(found.expected)}, but {shown(rest)} came"
    expected, came = shown_apart(found.expected, found.came)
    return f"{found.member} must be {expected}, came {came}"
