"""Bar 7 of issue "camera": photographs, beside the field's readers.

Taken from the folder that QRLOCK_PHOTOS names, or from `shared/data/photos` beside the checkout: folders of images,
each with a .txt of the same stem, and folders named falsepositives-N, in which there is nothing to read. We have taken
none of our own yet: frames of the simulated camera stand in for them, and are called so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import cv2

from benchmarks.line import Line, bar, figure, left_out
from simulator.readers import available, make_reader
from simulator.readers.read import read_distinct
from simulator.trial import photographs
from simulator.trial.conditions import CONDITIONS, case
from simulator.trial.executors import processes

FOLDER_VARIABLE = "QRLOCK_PHOTOS"
CHECKOUT = Path(__file__).resolve().parents[1]
OURS, PEER = "qrlock", "zxing-cpp"
READERS = (PEER, "zbar", "opencv", OURS)
SIMULATED = ("mixed easy, HD", "mixed medium, HD")
SIMULATED_FRAMES = 20
QUICK_PHOTOGRAPHS, QUICK_FRAMES = 6, 2
_FALSE = "falsepositives"


class Photograph(NamedTuple):
    """An image of a folder, by its path in it."""

    folder: str
    name: str


class Simulated(NamedTuple):
    """A frame of the simulated camera, by condition, number and seed."""

    condition: str
    number: int
    seed: int


class Seen(NamedTuple):
    """What each reader saw in an image that shows `expected`, or, where that is None, nothing."""

    name: str
    expected: str | None
    texts: dict[str, tuple[str, ...]]


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Photographs where there are any, then simulated ones."""
    readers = tuple(name for name in READERS if name in available())
    folder = photographs_folder()
    if folder.is_dir():
        yield from _of_folder(folder, readers, quick)
    else:
        yield left_out("7", "photographs", f"no folder of them: set {FOLDER_VARIABLE}")
    taken = [
        Simulated(name, number, seed)
        for name in SIMULATED
        for number in range(QUICK_FRAMES if quick else SIMULATED_FRAMES)
    ]
    yield from report("simulated frames of 1,280 × 720", _all_seen(taken, readers), readers)
    if quick:
        yield left_out(
            "7", "all photographs", f"{QUICK_PHOTOGRAPHS} of each kind, simulated {len(taken)}, with --quick"
        )


def photographs_folder() -> Path:
    """Where the photographs are, if there are any."""
    return Path(os.environ.get(FOLDER_VARIABLE) or CHECKOUT.parent / "shared" / "data" / "photos")


def _of_folder(folder: Path, readers: tuple[str, ...], quick: bool) -> Iterator[Line]:
    names = [name for name in photographs.found_in(folder) if is_told(folder / name)]
    tempting = [name for name in names if name.startswith(_FALSE)]
    codes = [name for name in names if name not in tempting]
    for title, found in (("photographs", codes), ("photographs without a code", tempting)):
        step = max(1, len(found) // QUICK_PHOTOGRAPHS) if quick else 1
        seen = _all_seen([Photograph(str(folder), name) for name in found[::step]], readers)
        yield from report(title, seen, readers)


def is_told(image: Path) -> bool:
    """Whether what an image shows is a text: bytes that are none stand in a .bin beside it."""
    return not image.with_suffix(".bin").exists()


def report(title: str, seen: Sequence[Seen], readers: Sequence[str]) -> Iterator[Line]:
    """What each reader read, and whether ours read as much as the peer and nothing that it does not."""
    codes = [each for each in seen if each.expected is not None]
    exact = {reader: sum(_is_exact(each, reader) for each in codes) for reader in readers}
    wrong = {reader: [each.name for each in seen if _wrong(each, reader)] for reader in readers}
    if codes:
        said = ", ".join(f"{reader} {exact[reader]}" for reader in readers)
        yield bar("7", f"{len(codes)} {title}, read exactly", said, f"{OURS} as many as {PEER}, or more",
                  exact[OURS] >= exact[PEER] > 0)  # fmt: skip
    alone = [each.name for each in seen if _wrong(each, OURS) - _wrong(each, PEER)]
    said = f"{len(alone)}{''.join(f'; {name}' for name in alone[:5])}"
    yield bar("7", f"{len(seen)} {title}, texts that are not there and {PEER} does not read", said, "0",
              bool(seen) and not alone)  # fmt: skip
    yield figure("7", f"{len(seen)} {title}, with a wrong text", ", ".join(f"{r} {len(wrong[r])}" for r in readers))


def _is_exact(seen: Seen, reader: str) -> bool:
    return seen.expected is not None and seen.expected.strip() in _stripped(seen.texts[reader])


def _wrong(seen: Seen, reader: str) -> set[str]:
    there = set() if seen.expected is None else {seen.expected.strip()}
    return _stripped(seen.texts[reader]) - there


def _stripped(texts: Iterable[str]) -> set[str]:
    return {text.strip() for text in texts}


def _all_seen(images: Sequence[Photograph | Simulated], readers: tuple[str, ...]) -> list[Seen]:
    with processes(os.cpu_count() or 1) as pool:
        return list(pool.map(seen_in, images, [readers] * len(images)))


def seen_in(image: Photograph | Simulated, readers: tuple[str, ...]) -> Seen:
    """What the readers of these names see in an image."""
    cv2.setNumThreads(1)
    if isinstance(image, Photograph):
        expected, frame = photographs.shown(image.folder, image.name)
        name = image.name
    else:
        condition = next(each for each in CONDITIONS if each.name == image.condition)
        made = case(condition, "test", image.number, image.seed)
        expected, frame, name = made.text, made.shot.frame, f"{image.condition} {image.number}"
    return Seen(name, expected, {reader: read_distinct(frame, make_reader(reader)) for reader in readers})
