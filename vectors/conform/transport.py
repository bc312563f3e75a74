"""The way to a device: lines there and back, under a deadline."""

from __future__ import annotations

from typing import Protocol

LINE_MAX = 1 << 20
"""Bytes of one line from a device. A whole log of the largest flash has a third of it."""


class Transport(Protocol):
    """A line to a device. `by` is a reading of `time.monotonic()`; every method but `close` may raise Trouble.

    keeps_answers  whether answers to what was asked before a restart may still come, as on a serial line
    """

    keeps_answers: bool

    def ask(self, line: bytes, by: float) -> bytes:
        """Send this line, which ends with its `\\n`, and give the next one that comes, without its own."""

    def more(self, by: float) -> bytes:
        """The line after that."""

    def waiting(self) -> bytes:
        """What has come and was not given yet, the last line perhaps half. It waits for nothing and raises nothing."""

    def restart(self, by: float) -> None:
        """The device anew, or at least the line to it: nothing that was asked before is asked any more."""

    def close(self) -> None:
        """Let go of the device. Nothing of it is left; closing twice is allowed."""
