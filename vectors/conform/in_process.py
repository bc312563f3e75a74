"""A device in this process: the built-in simulator, or one with a fault put into it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from vectors.conform.trouble import Trouble, Word


class Answering(Protocol):
    """What answers requests as values: `simulator.Simulator`, and whatever stands in for it."""

    def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer with the request's `id`."""


class InProcess:
    """A transport to what `make` makes. Deadlines are not kept: nothing here could end it.

    What it raises besides its answers is told as its death, so a mutant with a broken line is a failed test.
    """

    keeps_answers = False

    def __init__(self, make: Callable[[], Answering]) -> None:
        self._make = make
        self._device = make()

    def ask(self, line: bytes, by: float) -> bytes:  # noqa: ARG002
        """Through JSON both ways, as any other device would have it."""
        try:
            return json.dumps(self._device.answer(json.loads(line))).encode()
        except Exception as error:
            raise Trouble(Word.DIED, f"{type(error).__name__}: {str(error)[:200]!a}") from error

    def more(self, by: float) -> bytes:  # noqa: ARG002
        """There is never more than the answer."""
        raise Trouble(Word.HUNG)

    def waiting(self) -> bytes:
        """Nor anything unasked."""
        return b""

    def restart(self, by: float) -> None:  # noqa: ARG002
        """Another one."""
        self._device = self._make()

    def close(self) -> None:
        """Nothing to let go of."""
