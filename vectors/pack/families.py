"""The families by name, in the order of the pack. A family's generator is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module

from lockcore import QrlockError
from vectors.pack.vector import Family

FAMILIES = ("encode", "decode", "seal", "passcode", "symbol", "frame", "card", "lock", "flash")
"""Each is a module of `vectors.families` with `family(seed)`."""


class FamilyError(QrlockError):
    """A name that is no family's."""


def made(name: str, seed: int) -> Family:
    """The family of this name, the same for the same seed; FamilyError."""
    if name not in FAMILIES:
        raise FamilyError(f"{name[:20]!r} is no family: {', '.join(FAMILIES)}")
    family = import_module(f"vectors.families.{name}").family(seed)
    assert isinstance(family, Family)
    return family
