"""`qrlock shoot`: what the simulated camera sees, as pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.options import JsonOption
from simulator.cli.output import print_json

if TYPE_CHECKING:
    from simulator.camera.scenario_file import ScenarioFile
    from simulator.camera.showing import Showing
    from simulator.frames.synthetic import Stage

RECORD = "shots.json"


def shoot(
    scenario: Annotated[Path, typer.Argument(help="A TOML file; simulator/camera/CAMERA.md has all of it.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to fill: new, or empty.")],
    text: Annotated[str | None, typer.Option("--text", help="Digits to show, in place of what the file says.")] = None,
    card: Annotated[Path | None, typer.Option("--card", help="A picture of the symbol, or a .txt of digits.")] = None,
    screen: Annotated[Path | None, typer.Option("--screen", help="A picture of a phone's whole screen.")] = None,
    width_mm: Annotated[float | None, typer.Option("--width-mm", help="How wide that screen is.")] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", help="All frames follow from it; the file's if left out.")
    ] = None,
    frames: Annotated[int | None, typer.Option("--frames", help="How many; the file's if left out.")] = None,
    json: JsonOption = False,
) -> None:
    """Photograph a card: frames as PNG, and shots.json with seed, scenario, time stamps and the symbol's corners."""
    from simulator.camera.scenario_file import load
    from simulator.frames.synthetic import naming, stage

    file = load(scenario)
    shown = {"text": text, "card": card and str(card), "screen": screen and str(screen)}
    is_given = any(value is not None for value in shown.values())
    with naming(scenario):
        show = _showing(file.show, shown if is_given else {}, {"width_mm": width_mm, "seed": seed, "frames": frames})
        staged = stage(file, show, Path() if is_given else scenario.parent)
    if not json:
        print(f"seed {show.seed}")
    record = _shoot(file, show, staged, out)
    if json:
        print_json(record)
    else:
        print(f"{show.frames} frame{'s' * (show.frames != 1)} and {RECORD} in {out}")


def _showing(in_file: Showing, shown: dict[str, Any], numbers: dict[str, Any]) -> Showing:
    """What the command line says goes before what the file says."""
    from dataclasses import replace

    show = replace(in_file, **shown, **{name: value for name, value in numbers.items() if value is not None})
    if numbers["width_mm"] is not None:
        show.check_width_given()
    return show


def _shoot(file: ScenarioFile, show: Showing, staged: Stage, out: Path) -> dict[str, Any]:
    """Write frames and record to `out`."""
    _make_empty(out)
    record = {"seed": show.seed, **_setting(file, staged), "frames": _write_frames(staged, show, out)}
    _write_record(out, record)
    return record


def _setting(file: ScenarioFile, staged: Stage) -> dict[str, Any]:
    """All that the frames follow from, but for the card: its text is no record's."""
    from dataclasses import asdict

    from simulator.camera import ScreenImage

    shown = {"screen_mm": staged.shown.width_mm} if isinstance(staged.shown, ScreenImage) else {
        "side_modules": len(staged.shown)
    }  # fmt: skip
    return {
        "scenario": asdict(staged.scenario),
        "setup": None if file.setup is None else asdict(file.setup),
        "tremor": asdict(file.tremor),
        "shown": shown,
    }


def _write_frames(staged: Stage, show: Showing, out: Path) -> list[dict[str, Any]]:
    import cv2

    from simulator import atomic_file
    from simulator.camera.screen import extent

    rows, size = [], extent(staged.shown)
    for number, (at_ms, shot) in enumerate(staged.shots(show.seed, show.frames)):
        name = f"{number:05}.png"
        packed = cv2.imencode(".png", shot.frame)[1].tobytes()
        atomic_file.replace(out / name, packed, atomic_file.SECRET_MODE)  # a card that opens doors may be on it
        corners = shot.corners_seen(size, staged.scenario).round(2).tolist()
        rows.append({"file": name, "at_ms": round(at_ms, 3), "corners": corners})
    return rows


def _write_record(out: Path, record: dict[str, Any]) -> None:
    from json import dumps

    from simulator import atomic_file

    atomic_file.replace(out / RECORD, dumps(record, indent=2) + "\n")


def _make_empty(out: Path) -> None:
    """Frames of two runs in one folder would be taken for one."""
    from lockcore.errors import QrlockError
    from simulator import atomic_file

    atomic_file.make_folder(out)
    if any(out.iterdir()):
        raise QrlockError(f"{out}: a folder with something in it; name another with --out")
