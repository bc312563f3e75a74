"""LOCK.md is what the code is: its picture, its rows and its models."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from simulator.lock import lock, rows
from simulator.lock.draw import mermaid
from simulator.lock.profile import PROFILES, ProfileError, profile_of
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


def test_the_limits_are_those_that_the_rules_name() -> None:
    """All models have the same; a team's own profile may change them."""
    own = ("model", "counts_times", "passage_mode", "voids_card", "keypad")
    for profile in PROFILES.values():
        assert {name: value for name, value in asdict(profile).items() if name not in own} == {
            "clock_tolerance_min": 10, "high_water_interval_min": 60, "presentation_gap_ms": 2000, "entries_max": 64,
            "bolt_ms": 5000, "keypad_pause_ms": 10_000, "wrong_entries_max": 5, "lock_out_min": 5,
            "lock_out_max_min": 1440, "double_check": False,
        }  # fmt: skip


def test_a_model_is_found_by_its_name_and_no_other_text() -> None:
    """The error says which there are, and no more of the text than fits a line."""
    assert profile_of("QRB") is PROFILES["QRB"]
    with pytest.raises(ProfileError, match=r"^'x{20}' is no model: QRA, QRA-C3, QRB, QRM, QRP$"):
        profile_of("x" * 30)


def test_the_table_of_models_is_that_of_the_profiles() -> None:
    """Capability by capability."""
    header = next(line for line in DOCUMENT.splitlines() if line.startswith("| | QRA"))
    models = [cell.strip() for cell in header.split("|")[2:-1]]
    assert models == list(PROFILES)
    for name in ("counts_times", "passage_mode", "voids_card", "keypad"):
        row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| `{name}`"))
        told = [cell.strip() == "yes" for cell in row.split("|")[2:-1]]
        assert told == [getattr(PROFILES[model], name) for model in models]
