"""A lock of a team's own: a profile in TOML, closed, over one of the models."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.bench.profile_file import content_of, from_content, load, profile_named
from simulator.lock.profile import PROFILES, ProfileError


def test_what_the_file_does_not_say_the_model_says(tmp_path: Path) -> None:
    """The command takes either."""
    path = tmp_path / "acme.toml"
    path.write_text('model = "ACME-1"\nlike = "QRB"\nentries_max = 16\nkeypad = true\n')
    assert load(path) == replace(PROFILES["QRB"], model="ACME-1", entries_max=16, keypad=True)
    assert profile_named(str(path)) == load(path)
    assert profile_named("QRP") is PROFILES["QRP"]


@pytest.mark.parametrize("model", PROFILES)
def test_a_profile_comes_back_from_its_content(model: str) -> None:
    """As lock files keep it."""
    assert from_content(content_of(PROFILES[model])) == PROFILES[model]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("model = 1", "model"),
        ('model = ""', "model"),
        ('model = "A\\u0007"', "model"),
        ("keypad = true", "model: missing"),
        ('model = "A"\nlike = "QRZ"', "QRZ"),
        ('model = "A"\nlike = 4', "like"),
        ('model = "A"\nspeed = 4', "speed"),
        ('model = "A"\nkeypad = 1', "keypad"),
        ('model = "A"\nentries_max = 1', "entries_max"),
        ('model = "A"\nentries_max = true', "entries_max"),
        ('model = "A"\nbolt_ms = -1', "bolt_ms"),
        ("model = ", "not TOML"),
    ],
)
def test_a_file_that_is_no_profile_is_one_error(tmp_path: Path, text: str, named: str) -> None:
    """It names file and field."""
    path = tmp_path / "acme.toml"
    path.write_text(text)
    with pytest.raises(ProfileError, match=rf"acme\.toml: .*{named}"):
        load(path)
