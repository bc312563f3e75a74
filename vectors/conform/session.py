"""A conversation with a device: `hello`, then questions and the answers that belong to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from time import monotonic
from typing import Any

from vectors.conform.capabilities import PROTOCOL, Hello, StatementError, hello_of
from vectors.conform.shown import shown, shown_bytes
from vectors.conform.transport import Transport
from vectors.conform.trouble import Trouble, Word

BABBLE_MAX = 64 << 10
"""Bytes of lines that are no JSON object, an answer (PROTOCOL.md, section 1)."""


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


class _Ambiguous(dict[str, Any]):
    """An object that has a member twice."""


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(members)
    return made if len(made) == len(members) else _Ambiguous(made)


_read = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number).decode


class Session:
    """Asks the device at the end of `transport`; a Trouble it raises ends what is asked, until `hello` again.

    timeout_s  how long an answer may take
    start_s    how long starting may take besides, up to the answer to `hello`
    """

    def __init__(self, transport: Transport, timeout_s: float, start_s: float) -> None:
        self._transport, self._timeout_s, self._start_s = transport, timeout_s, max(timeout_s, start_s)
        self._id = 0

    def hello(self) -> Hello:
        """What the device declares; Trouble."""
        by = monotonic() + self._start_s
        line = self._line({"op": "hello", "protocol": PROTOCOL})
        answer = self._after_the_rest(line, by) if self._transport.keeps_answers else self._answer(line, by)
        try:
            return hello_of(answer)
        except StatementError as error:
            raise Trouble(Word.BAD_HELLO, str(error)) from None

    def restart(self) -> Hello:
        """The device anew, and what it declares then; Trouble."""
        self._transport.restart(monotonic() + self._start_s)
        return self.hello()

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a request of PROTOCOL.md; Trouble."""
        return self._answer(self._line(request), monotonic() + self._timeout_s)

    def _line(self, request: Mapping[str, Any]) -> bytes:
        self._id += 1
        return json.dumps({"id": self._id, **request}).encode() + b"\n"

    def _answer(self, line: bytes, by: float) -> dict[str, Any]:
        """What comes first that is an object; it must have our id, be begun after the question, and come alone."""
        early = _begun(self._transport.waiting())
        answer, place = self._object(self._transport.ask(line, by), by)
        if place < early:
            raise Trouble(Word.UNASKED, f"before it was asked {self._id}, it had said {shown(answer)}")
        self._check_ours(answer)
        self._check_alone()
        return answer

    def _object(self, came: bytes, by: float) -> tuple[dict[str, Any], int]:
        """The first object from this line on, its members once each, and how many lines came before it."""
        place, babble = 0, 0
        while True:
            answer, word = parsed(came)
            if answer is not None:
                return answer, place
            if word is Word.TWICE:
                raise Trouble(word, shown_bytes(came))
            babble += len(came) + 1
            if babble > BABBLE_MAX:
                raise Trouble(Word.BABBLED, f"more than {BABBLE_MAX} bytes, in the end {shown_bytes(came)}")
            came, place = self._more(by, came, word), place + 1

    def _more(self, by: float, babble: bytes, word: Word) -> bytes:
        """Another line. Where none comes in time, what came in its place is what is wrong."""
        try:
            return self._transport.more(by)
        except Trouble as trouble:
            if not babble:
                raise
            said = f"it said {shown_bytes(babble)}"
            if trouble.word is Word.HUNG:
                raise Trouble(word, said) from None
            raise Trouble(trouble.word, f"{trouble.detail}, {said}" if trouble.detail else said) from None

    def _check_alone(self) -> None:
        """Another object that is there already answers nothing: the next question has not been sent."""
        for line in self._transport.waiting().split(b"\n")[:-1]:
            answer, word = parsed(line)
            if answer is not None or word is Word.TWICE:
                raise Trouble(Word.UNASKED, f"after it had answered {self._id}, it said {shown_bytes(line)}")

    def _check_ours(self, answer: Mapping[str, Any]) -> None:
        if not self._is_ours(answer):
            raise Trouble(Word.WRONG_ID, f"asked {self._id}, answered {shown(answer.get('id'), 40)}")

    def _is_ours(self, answer: Mapping[str, Any]) -> bool:
        id = answer.get("id")
        return type(id) is int and id == self._id

    def _after_the_rest(self, line: bytes, by: float) -> dict[str, Any]:
        """The answer with our id; whatever comes before it, of an earlier question or none, is dropped.

        An empty line first ends what may be half said.
        """
        came = self._transport.ask(b"\n" + line, by)
        while True:
            answer, word = parsed(came)
            if answer is not None and self._is_ours(answer):
                return answer
            came = self._more(by, came, word)


def _begun(waiting: bytes) -> int:
    """How many lines begin in these bytes; white space alone begins none."""
    *whole, rest = waiting.split(b"\n")
    return len(whole) + bool(rest.strip())


def parsed(line: bytes) -> tuple[dict[str, Any] | None, Word]:
    """The JSON object in a line, or None and what the line is instead."""
    try:
        value = _read(line.decode())
    except (ValueError, RecursionError):
        return None, Word.NOT_JSON
    if isinstance(value, _Ambiguous):
        return None, Word.TWICE
    return (value, Word.NO_OBJECT) if isinstance(value, dict) else (None, Word.NO_OBJECT)
