"""The demo itself: makes everything in one folder, and gives each scene's outcome as it comes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from lockcore import Grant, QrlockError, SealKind, encode, symbol
from simulator import atomic_file
from simulator.bench import lock_file
from simulator.bench.present import Missed, Presentation, presentations
from simulator.bench.session import opened
from simulator.camera import shoot_scene
from simulator.demo.scenario import COMMUNITY, DAY_MIN, LOCKS, SCENES, STRANGER, VIEWS, Scene
from simulator.desk.card_store import CardStore, IssuedCard
from simulator.desk.key_store import KeyStore
from simulator.desk.proofread import proofread
from simulator.frames import Frame
from simulator.home import Home
from simulator.lock.profile import profile_of
from simulator.readers import Reader
from simulator.stopwatch import Stopwatch

_MARKER = ".qrlock-demo"


class DemoError(QrlockError):
    """A folder that the demo will not write over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One scene as it went: its symbol and frame, what the lock said, and the time of every stage."""

    number: int
    scene: Scene
    grant: Grant | None
    matrix: npt.NDArray[np.uint8]
    version: int
    frame: npt.NDArray[np.uint8]
    shown: Presentation | Missed
    stages_ms: dict[str, float]


def run(out: Path, seed: int, now_min: int, utc_offset_min: int, reader: Reader) -> Iterator[Step]:
    """Make keys, locks and cards in `out`, new or left by an earlier demo, and play the scenes; DemoError.

    The same seed and `now_min`, the civil minute, give the same keys, cards and frames.
    """
    _clear(out)
    bench = Bench(out, random.Random(seed), now_min, utc_offset_min)
    for number, scene in enumerate(SCENES, 1):
        yield bench.play(number, scene, reader)


class Bench:
    """Everything that the scenes share: two communities' keys, four locks, and the cards made so far."""

    def __init__(self, out: Path, rng: random.Random, now_min: int, utc_offset_min: int) -> None:
        self._out = out
        self._rng = rng
        self._now_min = now_min
        self._home = Home(out / "home")
        self._keys = {number: self._made_keys(number) for number in (COMMUNITY, STRANGER)}
        self._cards: dict[str, tuple[Grant, str]] = {}
        for name in LOCKS:
            self._make_lock(name, utc_offset_min)

    def play(self, number: int, scene: Scene, reader: Reader) -> Step:
        """One scene: its card issued if it is new, drawn, shot, read, decided."""
        watch = Stopwatch()
        grant, text = (None, scene.instead) if scene.instead else self._card(scene, watch)
        text = _with_another_digit(text) if scene.flip_digit else text
        with watch.stage("symbol"):
            matrix = symbol.matrix(text)
        proofread(matrix, text)
        others = [symbol.matrix(self._cards[scene.also][1])] if scene.also else []
        with watch.stage("camera"):
            frame = shoot_scene([matrix, *others], VIEWS[scene.view], self._rng.randrange(2**31)).frame
        self._write(number, scene, matrix, frame)
        shown = self._present(scene, frame, reader)
        stages_ms = watch.stages_ms | (shown.stages_ms if isinstance(shown, Presentation) else {})
        version = (len(matrix) - 17) // 4
        return Step(
            number=number, scene=scene, grant=grant, matrix=matrix, version=version, frame=frame, shown=shown,
            stages_ms=stages_ms,
        )  # fmt: skip

    def _made_keys(self, community: int) -> KeyStore:
        store = KeyStore(self._home.community(community), community, self._rng.randbytes)
        for kind in SealKind:
            store.make(kind)
        return store

    def _make_lock(self, name: str, utc_offset_min: int) -> None:
        model, *place = LOCKS[name]
        store = self._keys[COMMUNITY]
        lock_file.create(
            self._home.lock(name),
            profile=profile_of(model),
            lock_id=f"{self._rng.getrandbits(64):016X}",
            utc_offset_min=utc_offset_min,
            keys=store.lock_keys(*place),
        )

    def _card(self, scene: Scene, watch: Stopwatch) -> tuple[Grant, str]:
        if scene.card not in self._cards:
            store = self._keys[scene.community]
            cards = CardStore(store.folder)
            grant = self._grant(scene, cards)
            sealer = store.current_sealer(scene.seal)
            with watch.stage("seal"):
                text = encode(grant, sealer)
            if grant.serial not in cards.serials():
                cards.add(IssuedCard(grant._replace(cut_off_min=None), sealer.key_id))
            self._cards[scene.card] = grant, text
        return self._cards[scene.card]

    def _grant(self, scene: Scene, cards: CardStore) -> Grant:
        _, building, floor, room = LOCKS[scene.lock]
        fields: dict[str, Any] = {
            "building": building,
            "floor": floor,
            "room": room,
            "start_min": -5,
            "end_min": 2 * DAY_MIN,
        }
        fields |= {"serial": cards.next_serial()} | scene.grant
        if (twin := fields.pop("serial_of", None)) is not None:
            fields["serial"] = self._cards[twin][0].serial
        for name in ("start_min", "end_min", "cut_off_min"):
            if name in fields:
                fields[name] += self._now_min
        return Grant(community=scene.community, **fields)

    def _present(self, scene: Scene, frame: npt.NDArray[np.uint8], reader: Reader) -> Presentation | Missed:
        clock_min = None if scene.clock_min is None else self._now_min + scene.clock_min
        shot = Frame(frame, at_ms=0.0, name=scene.title, cut=True)
        with opened(self._home.lock(scene.lock)) as session:
            (shown,) = presentations([shot], reader, session, lambda: clock_min)
        return shown

    def _write(self, number: int, scene: Scene, matrix: npt.NDArray[np.uint8], frame: npt.NDArray[np.uint8]) -> None:
        name = f"{number:02}-{scene.card}.png"
        atomic_file.replace(self._out / "cards" / name, symbol.render.png(matrix))
        atomic_file.replace(self._out / "frames" / name, cv2.imencode(".png", frame)[1].tobytes())


def _with_another_digit(text: str) -> str:
    """`text` with its last digit changed: one that the seal covers."""
    return text[:-1] + str((int(text[-1]) + 1) % 10)


def _clear(out: Path) -> None:
    """Make `out` an empty folder: new, empty already, or one that an earlier demo filled."""
    try:
        if out.exists() and any(out.iterdir()):
            if not (out / _MARKER).is_file():
                raise DemoError(f"{out}: a folder with something else in it; name another with --out")
            shutil.rmtree(out)
        for folder in (out, out / "cards", out / "frames", out / "home" / "locks"):
            atomic_file.make_folder(folder)
        atomic_file.replace(out / _MARKER, "")
    except OSError as error:
        raise DemoError(f"{out}: cannot be used: {error.strerror}") from None
