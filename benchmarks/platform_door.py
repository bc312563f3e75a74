"""A lock of the demo community before which a phone is held: its simulated camera, its keypad, its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2

from benchmarks.platform_server import NUMBER, Site
from simulator.bench.drive import Outcome
from simulator.bench.present import Missed, presentations
from simulator.bench.reader_choice import follower
from simulator.bench.session import opened
from simulator.frames import open_source
from simulator.frames.frame import Frame
from simulator.lock.events import ClockRead, KeyPressed
from simulator.platform.collect import collect
from simulator.platform.platform import civil_min

FRAMES = 30
"""A second before the lock, at most: it is looked at until the lock has decided."""
SCENARIO = """\
fov_deg = 60
tilt_deg = [8, 22]
rotation_deg = [-12, 12]
distortion = -0.06
contrast = 0.6
uneven = 0.25
vignette = 0.2
background = "shapes"
read_noise_levels = 3
full_well_e = 8000
bayer = true
gamma = 2.2
jpeg_quality = 85
fps = 30

[setup]
distance_mm = 150
hand_mm_s = 50
exposure_ms = 10
readout_ms = 25
aperture_mm = 0.8
focus_mm = 220

[show]
screen = "{screen}"
width_mm = 64.5
seed = {seed}
frames = {frames}
"""
"""A phone of usual size, held tilted in a hand that moves, 15 cm before a cheap lens."""


@dataclass(frozen=True)
class Seen:
    """How the lock decided: "opened", or the reason of its refusal; and after how many frames."""

    told: str
    frames: int


class Door:
    """One lock. What its camera sees is kept in `folder`, beside the scenario that it follows from."""

    def __init__(self, site: Site, room: str, utc_offset_min: int, now_s: Callable[[], float], folder: Path) -> None:
        self._site = site
        self._path = site.home.lock(f"{NUMBER}-{room}")
        self._utc_offset_min = utc_offset_min
        self._now_s = now_s
        self._folder = folder

    def show(self, screenshot: Path, name: str, seed: int, later_min: int = 0) -> Seen:
        """Hold a phone with this picture on its screen before the lock, some minutes from now."""
        scenario = self._folder / f"{name}.toml"
        scenario.write_text(SCENARIO.format(screen=screenshot.name, seed=seed, frames=FRAMES))
        shown: list[Frame] = []
        frames = self._kept(scenario, name, shown)
        with opened(self._path) as session:
            for each in presentations(frames, follower(0.0), session, lambda: self._minute(later_min)):
                if isinstance(each, Missed):
                    return Seen(f"nothing: {each.why}", len(shown))
                if each.outcome.decisions:
                    return Seen(_told(each.outcome), len(shown))
        return Seen("nothing", len(shown))

    def press(self, digits: str) -> str:
        """Enter digits at the lock's keypad; how it decided."""
        with opened(self._path) as session:
            return _told(session.tell(ClockRead(self._minute()), *map(KeyPressed, digits)))

    def collect(self) -> int:
        """Take the lock's records to the platform; how many openings were new to it."""
        database = self._site.opened()
        try:
            with opened(self._path) as session:
                return collect(database, self._site.home, session, self._minute, int(self._now_s()))
        finally:
            database.close()

    def _minute(self, later_min: int = 0) -> int:
        return civil_min(int(self._now_s()), self._utc_offset_min) + later_min

    def _kept(self, scenario: Path, name: str, shown: list[Frame]) -> Iterator[Frame]:
        for frame in open_source(str(scenario)):
            shown.append(frame)
            cv2.imwrite(str(self._folder / f"{name}-frame-{len(shown):02}.png"), frame.image)
            yield frame


def _told(outcome: Outcome) -> str:
    if outcome.opened:
        return "opened"
    return "nothing" if outcome.refusal is None else outcome.refusal.reason.value
