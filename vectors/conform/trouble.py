"""A device that gives no answer that could be judged: each way of it has its word (PROTOCOL.md, section 6)."""

from __future__ import annotations

from enum import StrEnum

from lockcore import QrlockError


class Word(StrEnum):
    """What became of a question that was not answered."""

    DIED = "died"
    CLOSED = "closed the line"
    HUNG = "no answer in time"
    BABBLED = "babbled"
    LONG_LINE = "line too long"
    NOT_JSON = "not JSON"
    NO_OBJECT = "no JSON object"
    TWICE = "a member twice"
    WRONG_ID = "wrong id"
    UNASKED = "spoke unasked"
    BAD_HELLO = "bad hello"
    NO_RESTART = "not there again"


class Trouble(QrlockError):
    """The device has failed to answer: `word` says how, `detail` what is known of it, in one line of plain ASCII."""

    def __init__(self, word: Word, detail: str = "") -> None:
        super().__init__(f"{word}: {detail}" if detail else str(word))
        self.word, self.detail = word, detail


class TransportError(QrlockError):
    """There is no such device: a program that does not start, a port that nobody listens at."""
