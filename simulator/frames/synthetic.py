"""Frames of the simulated camera: what a scenario file shows, as it says."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from lockcore import symbol
from lockcore.errors import QrlockError
from simulator import atomic_file
from simulator.camera import CameraError, Scenario, ScreenImage, Shot
from simulator.camera.scenario_file import ScenarioFile, load
from simulator.camera.screen import Shown
from simulator.camera.showing import Showing
from simulator.camera.tremor import Tremor, presentation
from simulator.frames.frame import Frame, FrameError
from simulator.frames.image import read_image
from simulator.frames.told import without_digits
from simulator.readers import make_reader
from simulator.readers.read import read_distinct

_CARD_READER = "zxing-cpp"
_TEXT_SUFFIX = ".txt"


class Stage(NamedTuple):
    """What stands before the camera, and how it is seen there."""

    shown: Shown
    scenario: Scenario
    tremor: Tremor

    def shots(self, seed: int, frames: int) -> Iterator[tuple[float, Shot]]:
        """Time stamps in ms by the scenario's frame rate, and frames; the first ones are the same for any number."""
        for number, shot in enumerate(presentation(self.shown, self.scenario, seed, frames, self.tremor)):
            yield 1000 * number / self.scenario.fps, shot


def stage(file: ScenarioFile, show: Showing, folder: Path) -> Stage:
    """The stage for what is shown; files it names are looked for in `folder`.

    FrameError for a picture that is none or has not just one code, CameraError for what no camera could see, and
    SymbolError for too many digits.
    """
    shown = _shown(show, folder)
    return Stage(shown, file.for_shown(shown), file.tremor)


def open_scenario(path: Path) -> Iterator[Frame]:
    """What the camera sees of what the scenario file shows: one presentation. FrameError, which names the file."""
    try:
        file = load(path)
    except QrlockError as error:  # which names the file itself
        raise FrameError(str(error)) from None
    with naming(path):
        staged = stage(file, file.show, path.parent)
    return _frames(staged, file.show, path.name)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Any error within is a FrameError that begins with the scenario's path, and has no card's digits."""
    try:
        yield
    except QrlockError as error:
        raise FrameError(without_digits(f"{path}: {error}")) from None


def _frames(staged: Stage, show: Showing, name: str) -> Iterator[Frame]:
    for number, (at_ms, shot) in enumerate(staged.shots(show.seed, show.frames)):
        yield Frame(shot.frame, at_ms, f"{name}#{number}", cut=number == 0)


def _shown(show: Showing, folder: Path) -> Shown:
    if show.screen is not None:
        return ScreenImage(_picture("screen", show.screen, folder), show.width_mm)
    if show.card is not None:
        return symbol.matrix(_text_of(show.card, folder))
    if show.text is not None:
        return symbol.matrix(show.text)
    raise CameraError("show: text, card or screen is needed")


def _file(field: str, name: str, folder: Path) -> Path:
    """The regular file of this name; FrameError for anything else, as a pipe, which would keep us waiting."""
    path = folder / name
    try:
        is_there, is_file = True, stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):  # ValueError: a zero byte in the name
        is_there = is_file = False
    if not is_file:
        digits = "; text is where digits go" if name.isdigit() else ""
        what = "not a regular file" if is_there else "no such file"
        raise FrameError(f"{field}: {without_digits(name)!r}: {what}{digits}")
    return path


def _picture(field: str, name: str, folder: Path) -> npt.NDArray[np.uint8]:
    """The picture in this file; FrameError, which names it as it was given."""
    path = _file(field, name, folder)
    try:
        return read_image(path)
    except FrameError as error:
        raise FrameError(without_digits(f"{name}{str(error).removeprefix(path.name)}")) from None


def _text_of(card: str, folder: Path) -> str:
    """The digits in a text file, or of the one code in a picture."""
    if Path(card).suffix.lower() == _TEXT_SUFFIX:
        text = atomic_file.read_text(_file("card", card, folder)).strip()
    else:
        texts = read_distinct(_picture("card", card, folder), make_reader(_CARD_READER))
        if len(texts) != 1:
            raise FrameError(f"{card}: {'no code' if not texts else f'{len(texts)} codes'} in the picture")
        text = texts[0]
    if not (text.isascii() and text.isdigit()):
        raise FrameError(f"{card}: a card is digits only")
    return text
