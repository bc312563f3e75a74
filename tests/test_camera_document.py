"""CAMERA.md is what the camera is."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from itertools import chain
from pathlib import Path

from simulator import camera
from simulator.camera.physical import Setup
from simulator.camera.scenario import BACKGROUNDS, Scenario
from simulator.camera.scenario_file import parse
from simulator.camera.showing import Showing
from simulator.camera.tremor import Tremor
from simulator.frames.synthetic import stage

FOLDER = Path(camera.__file__).parent
DOCUMENT = (FOLDER / "CAMERA.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
TABLES = (Scenario, Setup, Tremor, Showing)


def test_every_field_has_its_row() -> None:
    """And no row names a field that is not there."""
    rows = (re.findall(r"`(\w+)`", line.split("|")[1]) for line in DOCUMENT.splitlines() if line.startswith("| `"))
    assert set(chain.from_iterable(rows)) == {field.name for table in TABLES for field in fields(table)}


def test_the_example_loads_and_is_shot() -> None:
    """It has every field that does not exclude another, and makes a frame."""
    file = parse(EXAMPLE)
    content = tomllib.loads(EXAMPLE)
    worked_out = {"module_px", "defocus_modules", "motion_modules", "rolling_modules", "grid_modules"}
    assert set(content) - {"setup", "tremor", "show"} == {field.name for field in fields(Scenario)} - worked_out
    assert set(content["setup"]) == {field.name for field in fields(Setup)}
    assert set(content["tremor"]) == {field.name for field in fields(Tremor)}
    at_ms, shot = next(stage(file, file.show, FOLDER).shots(file.show.seed, 1))
    assert (at_ms, shot.frame.shape) == (0.0, (480, 640))


def test_defaults_and_names_are_those_of_the_code() -> None:
    """The last column is what a field has if it is left out."""
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in DOCUMENT.splitlines() if line.startswith("| `")
    ]
    numbers = [(row[0].strip("`"), row[-1]) for row in rows if len(row) == 4 and row[-1].replace(".", "").isdigit()]
    defaults = {(field.name, field.default) for table in TABLES for field in fields(table)}
    assert len(numbers) > 20
    assert [(name, value) for name, value in numbers if (name, float(value)) not in defaults] == []
    assert all(f'`"{name}"`' in DOCUMENT for name in BACKGROUNDS)


def test_the_files_it_names_are_there() -> None:
    """Each stage by its own."""
    assert all((FOLDER / name).is_file() for name in re.findall(r"`(\w+\.py)`", DOCUMENT))
