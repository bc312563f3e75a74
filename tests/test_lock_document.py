"""LOCK.md is what the code is: its picture, its rows and its models."""

from __future__ import annotations

import re
from pathlib import Path

from simulator.lock import lock, rows
from simulator.lock.draw import mermaid
from simulator.lock.profile import PROFILES
from simulator.lock.transitions import TRANSITIONS, State

DOCUMENT = Path(lock.__file__).with_name("LOCK.md").read_text(encoding="utf-8")


def test_the_picture_is_current() -> None:
    """As `qrlock lock draw` prints it."""
    assert f"```mermaid\n{mermaid()}```\n" in DOCUMENT


def test_every_transition_has_its_method_and_every_state_a_way_in() -> None:
    """The table names nothing that is not there."""
    assert all(callable(getattr(lock.Lock, transition.action)) for transition in TRANSITIONS.values())
    assert {end for transition in TRANSITIONS.values() for end in transition.ends} == set(State)


def test_every_kind_of_row_is_described_under_its_number() -> None:
    """And no other."""
    described = re.findall(r"^\| (\d+) ([A-Z_]+) \|", DOCUMENT, re.MULTILINE)
    assert {int(number): name for number, name in described} == {kind.value: kind.name for kind in rows.Kind}


def test_the_table_of_models_is_that_of_the_profiles() -> None:
    """Capability by capability."""
    header = next(line for line in DOCUMENT.splitlines() if line.startswith("| | QRA"))
    models = [cell.strip() for cell in header.split("|")[2:-1]]
    assert models == list(PROFILES)
    for name in ("counts_times", "passage_mode", "voids_card", "keypad"):
        row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| `{name}`"))
        told = [cell.strip() == "yes" for cell in row.split("|")[2:-1]]
        assert told == [getattr(PROFILES[model], name) for model in models]
