"""A lock profile in TOML, for a team whose lock differs from the four models.

    model = "ACME-1"
    like = "QRA"          # what holds where this file says nothing
    counts_times = false
    entries_max = 16

Every field of `Profile` may stand there, and nothing else.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from simulator import atomic_file
from simulator.lock.profile import Profile, ProfileError, profile_of

_TYPES: dict[str, type] = {
    field.name: {"bool": bool, "int": int, "str": str}[str(field.type)] for field in fields(Profile)
}
_LEAST = {
    "entries_max": 2,
    "wrong_entries_max": 1,
    "lock_out_min": 1,
    "lock_out_max_min": 1,
    "high_water_interval_min": 1,
}
_MOST = 1 << 31


def load(path: Path) -> Profile:
    """The profile that a TOML file describes; ProfileError names file and field, FileError why it cannot be read."""
    try:
        content = tomllib.loads(atomic_file.read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{path}: not TOML: {error}") from None
    try:
        return from_content(content)
    except ProfileError as error:
        raise ProfileError(f"{path}: {error}") from None


def profile_named(text: str) -> Profile:
    """The profile that a command names: a model, or the path of a TOML file; ProfileError, FileError."""
    return load(Path(text)) if text.endswith(".toml") else profile_of(text)


def from_content(content: dict[str, Any]) -> Profile:
    """The profile of these fields over the one they name in `like`; ProfileError names the one that cannot be."""
    given = dict(content)
    like = given.pop("like", "QRA")
    if not isinstance(like, str):
        raise ProfileError("like: a model")
    base = profile_of(like)
    for name, value in given.items():
        _check(name, value)
    if "model" not in given:
        raise ProfileError("model: missing; give the profile a name of its own")
    return replace(base, **given)


def content_of(profile: Profile) -> dict[str, Any]:
    """The fields that `from_content` reads, all of them."""
    return asdict(profile)


def _check(name: str, value: object) -> None:
    kind = _TYPES.get(name)
    if kind is None:
        raise ProfileError(f"{name}: not a field of a profile")
    if type(value) is not kind:
        raise ProfileError(f"{name}: not of type {kind.__name__}")
    if isinstance(value, str) and not (value.isascii() and value.isprintable() and 1 <= len(value) <= 20):
        raise ProfileError(f"{name}: 1 to 20 printable ASCII characters")
    if kind is int and not _LEAST.get(name, 0) <= value <= _MOST:  # type: ignore[operator]  # it is an int here
        raise ProfileError(f"{name}: {_LEAST.get(name, 0)} to {_MOST}")
