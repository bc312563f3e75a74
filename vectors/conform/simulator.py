"""The built-in simulator as a device: the reference behind the protocol that every lock on a bench speaks."""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import version
from typing import Any

import lockcore
from lockcore import QrlockError
from simulator.flash.geometry import GEOMETRIES
from simulator.flash.store import FlashStore
from simulator.lock.lock import Decode
from simulator.readers.reader import Reader
from vectors.conform.capabilities import CAN, PROTOCOL
from vectors.conform.members import check
from vectors.conform.questions import QUESTIONS, Question, seen
from vectors.conform.shown import shown
from vectors.conform.simulated_lock import VECTOR_PROFILES, SimulatedLock

_CAUSED = (QrlockError, LookupError, ValueError, TypeError, ArithmeticError)
"""What a request can cause: a member that is not there, is no number in hexadecimal, does not fit its bytes, …"""


class Simulator:
    """A device in this process. It answers as PROTOCOL.md says and raises nothing that a request can cause."""

    def __init__(self, decode: Decode = lockcore.decode, store: type[FlashStore] = FlashStore) -> None:
        self._lock = SimulatedLock(decode, store)

    def answer(self, request: Question) -> dict[str, Any]:
        """The answer to one request, with its `id`."""
        try:
            return {"id": request.get("id"), **self._answer(request)}
        except _CAUSED as error:
            return {"id": request.get("id"), "error": _told(error)}

    def _answer(self, request: Question) -> dict[str, Any]:
        op = request.get("op")
        if not isinstance(op, str):
            return {"error": "op: a text"}
        if op == "hello":
            return _hello()
        check(request)
        if op == "read":
            return seen(request, self._reader)
        question = QUESTIONS.get(op) or self._lock.requests.get(op)
        return {"error": "no such request"} if question is None else question(request)

    @cached_property
    def _reader(self) -> Reader:
        from simulator.readers.registry import make_reader

        return make_reader()


def _told(error: Exception) -> str:
    """One line for people."""
    if isinstance(error, KeyError):
        return f"{shown(error.args[0])}: is missing, or not known"
    return shown(str(error) or type(error).__name__)[1:-1]


def _hello() -> dict[str, Any]:
    return {
        "protocol": PROTOCOL,
        "device": f"qrlock simulator {version('qrlock')}",
        "can": list(CAN),
        "profiles": list(VECTOR_PROFILES),
        "geometries": list(GEOMETRIES),
    }
