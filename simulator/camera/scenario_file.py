"""A scenario as a TOML file: fields of `Scenario`, and a table `[setup]` where things are measured in millimetres.

background = "text"
contrast = 0.4
tilt_deg = [0, 30]

[setup]
symbol_mm = 50
distance_mm = 300
"""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from simulator import atomic_file
from simulator.camera.physical import Setup
from simulator.camera.scenario import CameraError, Scenario


class ScenarioFile(NamedTuple):
    """What a file says; without a set-up, sizes are those of the scenario."""

    scenario: Scenario
    setup: Setup | None

    def for_symbol(self, side: int) -> Scenario:
        """The scenario for a symbol of `side` modules."""
        return self.scenario if self.setup is None else self.setup.seen(self.scenario, side)


def load(path: Path) -> ScenarioFile:
    """The scenario in a file; FileError, or a CameraError within it, names file and field."""
    return atomic_file.read_as(path, parse)


def parse(text: str) -> ScenarioFile:
    """The scenario in this text; CameraError."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CameraError(f"not TOML: {error}") from None
    setup = content.pop("setup", None)
    return ScenarioFile(
        Scenario(**_fields(content, Scenario)), None if setup is None else Setup(**_fields(setup, Setup))
    )


def _fields(content: object, of: type[Scenario] | type[Setup]) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise CameraError("setup: a table")
    known = {field.name for field in fields(of)}
    for name in content:
        if name not in known:
            raise CameraError(f"{name}: there is no such field; there are {', '.join(sorted(known))}")
    if of is Setup:
        for name in ("symbol_mm", "distance_mm"):
            if name not in content:
                raise CameraError(f"{name}: missing from the set-up")
    return {name: tuple(value) if isinstance(value, list) else value for name, value in content.items()}
