"""LOCK.md is what the code is: its picture, its rows and its models."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

from lockcore import Reason
from simulator.lock import lock, rows
from simulator.lock.draw import mermaid
from simulator.lock.profile import PROFILES, ProfileError, profile_of
from simulator.lock.refusals import REASONS
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


def test_the_limits_are_those_of_the_profiles() -> None:
    """All models have the same; a team's own profile may change them."""
    told = {
        name: int(value.replace(",", "")) for name, value in re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", DOCUMENT, re.M)
    }
    own = ("model", "counts_times", "passage_mode", "voids_card", "keypad")
    for profile in PROFILES.values():
        limits = {name: value for name, value in asdict(profile).items() if name not in own}
        assert limits == told | {"double_check": False}


def test_the_numbers_of_the_reasons_are_those_that_rows_carry() -> None:
    """Each reason but OPENED, which refuses nothing, by its place."""
    told = re.findall(r"^\| (\d+) to (\d+) \| ([A-Z_, ]+) \|$", DOCUMENT, re.M)
    numbered = [
        pair
        for first, last, names in told
        for pair in zip(range(int(first), int(last) + 1), names.split(", "), strict=True)
    ]
    assert numbered == [(number, reason) for number, reason in enumerate(REASONS) if reason is not Reason.OPENED]


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
