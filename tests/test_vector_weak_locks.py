"""The bench of the weak locks: a weak lock is found by a wrong answer, and by nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from benchmarks import vector_weak_locks
from benchmarks.vector_weak_locks import found_by, in_scope
from tests.conform_devices import family, vector

THREAT = next(in_scope())


def found(monkeypatch: pytest.MonkeyPatch, came: Mapping[str, Any] | Exception) -> str | None:
    """Who finds the lock that gives this answer to the one vector."""

    class Answering:
        def __init__(self, *_: Any) -> None: ...

        def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
            if isinstance(came, Exception):
                raise came
            return {"id": request["id"], **came}

    monkeypatch.setattr(vector_weak_locks, "Simulator", Answering)
    return found_by(THREAT, family(vector("one")).groups)


@pytest.mark.parametrize("came", [{"refused": "MALFORMED"}, {"seal": "ed25519"}, {}])
def test_a_wrong_answer_finds_a_weak_lock(monkeypatch: pytest.MonkeyPatch, came: Mapping[str, Any]) -> None:
    """Another reason, a card where there is none, or nothing."""
    assert found(monkeypatch, came) == "decode.one"


@pytest.mark.parametrize("came", [{"error": "TypeError"}, {"refused": "MALFORMED", "error": ""}, TypeError("bench")])
def test_a_bench_that_fails_finds_nobody(monkeypatch: pytest.MonkeyPatch, came: Mapping[str, Any] | Exception) -> None:
    """Neither its errors nor what it raises are an answer of the lock's."""
    assert found(monkeypatch, came) is None


def test_a_right_answer_finds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the runner judges it."""
    assert found(monkeypatch, {"refused": "NOT_A_CARD", "more": 1}) is None
