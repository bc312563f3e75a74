"""The fuzz of the platform, short; that it sees what it looks for; and its oracle beside the table."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable

import pytest

from benchmarks import platform_fuzz, platform_oracle, platform_raw, platform_schema
from benchmarks.line import Verdict
from benchmarks.platform_bodies import JSON, XML, by_hand, written
from benchmarks.platform_cells import MISSING, SUCCESS, Cell, cells
from benchmarks.platform_cells_get_link import GET_LINK
from benchmarks.platform_target import Seen, Target, logged
from simulator.platform.protocol import body, json_body
from simulator.platform.web import answer
from tests.platform_site import order


@pytest.mark.parametrize(
    ("ask", "least"),
    [
        (platform_fuzz.ask_by_hand, 80),
        (lambda target: platform_fuzz.ask_mutated(target, 1, 60), 60),
        (lambda target: platform_schema.ask(target, 1, 3), 15),
    ],
    ids=["by hand", "mutated", "schemathesis"],
)
def test_nothing_is_wrong(ask: platform_fuzz.Ask, least: int) -> None:
    """No failure, nothing logged, nothing accepted that is no order, and no card that nobody was told of."""
    seen = platform_fuzz.fuzzed(ask)
    assert seen.wrong == []
    assert seen.asked >= least


def test_nothing_is_wrong_over_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a served platform."""
    monkeypatch.setattr(platform_raw, "LARGE_QUICK", 1)
    monkeypatch.setattr(platform_raw, "RANDOM_QUICK", 4)
    line = platform_raw.line("2d", 1, True)
    assert line.verdict is Verdict.HOLDS, line.figure


def test_a_wrong_acceptance_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A parser that takes the last of two names."""
    monkeypatch.setattr(body, "flat", _careless)
    seen = platform_fuzz.fuzzed(lambda target: _ask_named(target, "a name twice"))
    assert [wrong for wrong in seen.wrong if "accepted" in wrong] == ["getLink a name twice: accepted"] * 2


def test_a_failure_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody foresaw is told to the client, and in the log."""

    def failing(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(answer, "_outcome", failing)
    seen = platform_fuzz.fuzzed(_ask_good)
    assert "getLink good: failed" in seen.wrong and any("logged by simulator" in wrong for wrong in seen.wrong)


def test_an_error_in_the_log_is_seen() -> None:
    """Whoever logs it."""
    seen = Seen()
    with logged(seen):
        logging.getLogger("anybody").error("no")
    assert seen.wrong == ["logged by anybody: no"]


def test_a_string_that_does_not_end_is_gone_through_once() -> None:
    """And not from each of its quotes anew."""
    text = "[]" * 10 + '"' + '\\"' * 1000
    assert len(json_body._STRING_OR_BRACKET.findall(text)) == 21


@pytest.mark.parametrize("media_type", [JSON, XML])
def test_the_oracle_agrees_with_the_table(media_type: str) -> None:
    """Both were written from the documents alone."""
    differing = [cell for cell in cells("getLink", GET_LINK) if _is_of_one_house(cell) and not _agree(cell, media_type)]
    assert differing == []


def _agree(cell: Cell, media_type: str) -> bool:
    given = {**order(), **cell.others, cell.parameter: cell.value}
    there = {name: value for name, value in given.items() if value is not MISSING}
    if media_type == XML and any(isinstance(value, bool | list | dict) for value in there.values()):
        return True  # the table's way to write these in XML is its own
    text = {name: "null" if value is None else value for name, value in there.items()}
    content = json.dumps(there).encode() if media_type == JSON else written(text, XML).replace(b"\r", b"&#13;")
    return platform_oracle.accepts("getLink", content, media_type, ()) == (cell.in_json == SUCCESS)


def _is_of_one_house(cell: Cell) -> bool:
    """The oracle knows no second building."""
    return "2" not in (cell.others.get("buildNo"), cell.others.get("floorNo")) and cell.case != "alone and ambiguous"


def _careless(members: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    return {name: value for name, value in members if value}


def _ask_good(target: Target) -> None:
    target.ask("getLink", written(order(), JSON), JSON, "good")


def _ask_named(target: Target, wanted: str) -> None:
    for name, media_type, content in by_hand(order()):
        if name == wanted:
            target.ask("getLink", content, media_type, name)
