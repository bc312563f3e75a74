"""A scenario as a TOML file: fields of `Scenario`, and tables for set-up, hand, and what is shown. CAMERA.md has all.

background = "text"
contrast = 0.4
tilt_deg = [0, 30]

[setup]
symbol_mm = 50
distance_mm = 300

[tremor]
drift_modules = 0.3

[show]
card = "card.png"
seed = 7
frames = 60
"""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from simulator import atomic_file
from simulator.camera.physical import Setup
from simulator.camera.scenario import CameraError, Scenario
from simulator.camera.screen import ScreenImage, Shown
from simulator.camera.showing import Showing
from simulator.camera.tremor import Tremor
from simulator.frames.told import without_digits

Table = TypeVar("Table", Setup, Tremor, Showing, Scenario)


class ScenarioFile(NamedTuple):
    """What a file says; without a set-up, sizes are those of the scenario."""

    scenario: Scenario
    setup: Setup | None = None
    tremor: Tremor = Tremor()
    show: Showing = Showing()

    def for_symbol(self, side: int) -> Scenario:
        """The scenario for a symbol of `side` modules."""
        return self.scenario if self.setup is None else self.setup.seen(self.scenario, side)

    def for_shown(self, shown: Shown) -> Scenario:
        """The scenario for a matrix of modules, or for a picture, in which a module is a millimetre."""
        if not isinstance(shown, ScreenImage):
            return self.for_symbol(len(shown))
        return self.scenario if self.setup is None else self.setup.picture_seen(self.scenario)


def load(path: Path) -> ScenarioFile:
    """The scenario in a file; FileError, or a CameraError within it, names file and field."""
    try:
        return atomic_file.read_as(path, parse)
    except atomic_file.FileError as error:
        raise atomic_file.FileError(without_digits(str(error))) from None


def parse(text: str) -> ScenarioFile:
    """The scenario in this text, with a byte order mark or without; CameraError, without what may be a card."""
    content = _toml(text.removeprefix("\ufeff"))
    given = {"scenario": frozenset(content), "show": _names(content.get("show"))}
    setup = content.pop("setup", None)
    tremor, show = (content.pop(name, {}) for name in ("tremor", "show"))
    found = ScenarioFile(
        setup=None if setup is None else _made(setup, Setup, "setup"),
        tremor=_made(tremor, Tremor, "tremor"),
        show=_made(show, Showing, "show"),
        scenario=_made(content, Scenario, "scenario"),
    )
    if found.setup is not None:
        if "module_px" in given["scenario"]:
            raise CameraError("module_px: [setup] takes its place; leave one of them out")
        found.setup.check_rate(found.scenario.fps)
    if "width_mm" in given["show"]:
        found.show.check_width_given()
    return found


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CameraError(f"not TOML: {without_digits(str(error))}") from None
    except ValueError:  # Python's limit for the digits of a number
        raise CameraError("not TOML that can be read: a number has too many digits") from None
    except RecursionError:
        raise CameraError("not TOML that can be read: too deeply nested") from None


def _names(table: object) -> frozenset[str]:
    return frozenset(table) if isinstance(table, dict) else frozenset()


def _made(content: object, of: type[Table], name: str) -> Table:
    if not isinstance(content, dict):
        raise CameraError(f"{name}: a table")
    known = {field.name: field for field in fields(of)}
    for field_name in content:
        if field_name not in known:
            told = without_digits(field_name)
            raise CameraError(f"{told}: there is no such field; there are {', '.join(sorted(known))}")
    for field_name, field in known.items():
        if field.default is MISSING and field_name not in content:
            raise CameraError(f"{field_name}: missing from {name}")
    values: dict[str, Any] = {key: tuple(each) if isinstance(each, list) else each for key, each in content.items()}
    return of(**values)
