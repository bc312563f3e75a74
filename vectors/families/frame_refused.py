"""Frames in which nothing may be read: what looks like a code, what was one, what keeps a reader busy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

import numpy as np

from lockcore import symbol
from vectors.exact.camera import Shot, photograph
from vectors.exact.noise import below, stream
from vectors.exact.pose import Pose
from vectors.exact.scene import Card, Patch
from vectors.families import frame_foreign as drawn
from vectors.families.frame_plain import one
from vectors.families.frame_plan import Pixels, Plan, card_text

_WIDTH, _HEIGHT = 320, 240
_Named = tuple[str, str, Callable[[], Pixels]]
"""The rest of an id, a comment, and what makes the frame."""


def plans(seed: int) -> Iterator[Plan]:
    """All of them."""
    label = f"frame {seed}"
    makers = (_empty(), _noises(label), _stripes(label), _chessboards(), _finders(), _rings(), _torn(), _painted(label),
              _other_kinds(label), _beyond(label))  # fmt: skip
    for id, comment, pixels in chain.from_iterable(makers):
        yield Plan(id=f"frame.refused.{id}", comment=comment, flags=("CameraNoise",), pixels=pixels)


def _empty() -> Iterator[_Named]:
    for name, level in (("black", 0), ("grey", 128), ("white", 255)):
        yield name, f"Nothing but {name}.", partial(np.full, (_HEIGHT, _WIDTH), level, np.uint8)
    for height, width in ((1, 1), (1, 320), (240, 1), (20, 20)):
        comment = f"A frame of {width} × {height}, smaller than any symbol."
        yield f"tiny-{width}x{height}", comment, partial(np.full, (height, width), 200, np.uint8)
    yield "ramp", "Light that grows evenly.", partial(_ramp)


def _ramp() -> Pixels:
    row = np.arange(_WIDTH, dtype=np.int64) * 256 // _WIDTH
    return np.tile(row.astype(np.uint8), (_HEIGHT, 1))


def _noises(label: str) -> Iterator[_Named]:
    yield "noise-grey", "Every pixel by chance.", partial(_noise, f"{label}: noise")
    for tile in (1, 2, 3, 4, 6, 8):
        comment = f"Black and white by chance in squares of {tile} px, as large as modules."
        yield f"noise-{tile}", comment, partial(_tiles, f"{label}: noise {tile}", tile)


def _noise(label: str) -> Pixels:
    return stream(label, _WIDTH * _HEIGHT).reshape(_HEIGHT, _WIDTH)


def _tiles(label: str, tile: int) -> Pixels:
    modules = drawn.chance(label, _HEIGHT // tile, _WIDTH // tile)
    return (255 * modules.repeat(tile, axis=0).repeat(tile, axis=1)).astype(np.uint8)


def _stripes(label: str) -> Iterator[_Named]:
    for name, down, right in (("upright", 0, 1), ("level", 1, 0), ("slanting", 1, 1)):
        for period in (2, 6, 16):
            comment = f"Stripes, {name}, {period} px from one to the next."
            yield f"stripes-{name}-{period}", comment, partial(_striped, down, right, period)
    yield "bar-code", "A bar code.", partial(one, drawn.bars(f"{label}: bars"), Pose(module_64=4 * 64))
    yield "fence", "The rhythm of a finder pattern, 1 1 3 1 1, over and over.", partial(_fence)


def _striped(down: int, right: int, period: int) -> Pixels:
    at = down * np.arange(_HEIGHT, dtype=np.int64)[:, None] + right * np.arange(_WIDTH, dtype=np.int64)[None, :]
    return np.where(at % period * 2 < period, np.uint8(0), np.uint8(255)) + np.zeros((_HEIGHT, _WIDTH), np.uint8)


def _fence() -> Pixels:
    rhythm = np.array([1, 0, 1, 1, 1, 0, 1, 0], np.uint8)
    return one(np.tile(rhythm, (48, 8)), Pose(module_64=3 * 64 + 32))


def _chessboards() -> Iterator[_Named]:
    for module in (1, 2, 4, 8, 16):
        board = np.indices((_HEIGHT // module, _WIDTH // module)).sum(axis=0).astype(np.uint8) % 2
        yield f"chessboard-{module}", f"A chessboard, its squares {module} px.", partial(_shown, board, module)
    board = np.indices((30, 30)).sum(axis=0).astype(np.uint8) % 2
    yield (
        "chessboard-turned",
        "A chessboard, turned and tilted.",
        partial(one, board, Pose(module_64=5 * 64, turn=20, tilt=40)),
    )


def _shown(modules: drawn.Modules, scale: int) -> Pixels:
    return (255 - 255 * modules.repeat(scale, axis=0).repeat(scale, axis=1)).astype(np.uint8)


def _finders() -> Iterator[_Named]:
    for count in (1, 2, 3, 4):
        modules = drawn.with_finders(np.zeros((33, 33), np.uint8), count)
        yield f"finders-{count}", f"{count} finder patterns and nothing else.", _usual(modules)
    for scale, side in ((1, 80), (2, 40)):
        grid = np.tile(np.pad(drawn.qr_finder(), ((0, 1), (0, 1))), (side * 3 // 32, side // 8))
        comment = f"Finder patterns all over the frame, {3 * scale} px a module."
        yield f"finders-grid-{3 * scale}", comment, partial(_grid, grid, 3 * scale)
    nested = drawn.ring(14) % 2
    yield "finders-nested", "Squares in squares: finder patterns in each other.", _usual(nested)
    timed = drawn.with_finders(np.zeros((41, 41), np.uint8))
    timed[6, 8:33] = timed[8:33, 6] = drawn.timing(25)
    yield "finders-timing", "Finder and timing patterns, no data.", _usual(timed)


def _grid(modules: drawn.Modules, scale: int) -> Pixels:
    return photograph(
        Shot(label="grid", width=_WIDTH, height=_HEIGHT), Card(matrix=modules, pose=Pose(module_64=scale * 64), quiet=0)
    )


def _usual(modules: drawn.Modules) -> Callable[[], Pixels]:
    """A frame of these modules as large as a card's."""
    return partial(one, modules, Pose(module_64=4 * 64))


def _rings() -> Iterator[_Named]:
    yield (
        "clock-face",
        "Discs in each other, which a line through them takes for a finder pattern.",
        partial(_discs, [(160, 120)], (100, 72, 44)),
    )
    three = [(80, 60), (240, 60), (80, 180)]
    yield "clock-faces-3", "Three of them where a symbol has its finder patterns.", partial(_discs, three, (28, 20, 12))
    many = [(x, y) for x in range(20, 320, 40) for y in range(20, 240, 40)]
    yield "clock-faces-48", "Four dozen of them.", partial(_discs, many, (14, 10, 6))


def _discs(middles: list[tuple[int, int]], radii: tuple[int, ...]) -> Pixels:
    """Discs in each other around each middle, dark and light in turn, the largest first."""
    frame = np.full((_HEIGHT, _WIDTH), 230, np.uint8)
    rows, columns = np.indices(frame.shape)
    for x, y in middles:
        for number, radius in enumerate(radii):
            inside = (columns - x) ** 2 + (rows - y) ** 2 <= radius * radius
            frame[inside] = 230 if number % 2 else 20
    return frame


def _torn() -> Iterator[_Named]:
    matrix = symbol.matrix(card_text("ed25519-small", 500))
    side = len(matrix)
    at = np.arange(side, dtype=np.int64)
    halves = {"left": at < side // 2, "right": at >= side // 2}
    for name, half in halves.items():
        yield f"half-{name}", f"The {name} half of a card.", _usual(np.where(half[None, :], matrix, np.uint8(0)))
        upper = {"left": "upper", "right": "lower"}[name]
        yield f"half-{upper}", f"The {upper} half of a card.", _usual(np.where(half[:, None], matrix, np.uint8(0)))
    for name, x, y in (("left", -160, 0), ("right", 160, 0), ("above", 0, -120), ("below", 0, 120)):
        pose = Pose(module_64=4 * 64, x_64=x * 64, y_64=y * 64)
        yield f"cut-off-{name}", f"A card half out of the frame, {name}.", partial(one, matrix, pose)
    halved = matrix.copy()
    halved[:, side // 2 :] = symbol.matrix(card_text("ed25519-small", 501))[:, side // 2 :]
    yield "two-halves", "Halves of two cards, put together.", _usual(halved)


def _painted(label: str) -> Iterator[_Named]:
    matrix = symbol.matrix(card_text("ed25519-small", 502))
    side = len(matrix)
    for radius in (13, 16):
        for name, level in (("black", 20), ("white", 225)):
            patch = Patch(right=side // 2, down=side // 2, radius=radius, level=level)
            comment = f"Painted over in {name}, {radius} modules in radius: more than can be corrected."
            yield f"painted-{name}-{radius}", comment, partial(_card_with, matrix, patch)
    for name, right, down in (("corner", 8, 8), ("side", side, side // 2)):
        patch = Patch(right=right, down=down, radius=22, level=60)
        yield f"hidden-{name}", f"A hand over the {name}, 22 modules in radius.", partial(_card_with, matrix, patch)
    for version in (1, 3, 5, 6, 7, 10):
        modules = drawn.scrambled(f"{label}: scrambled {version}", version)
        comment = f"All function patterns of version {version}, its data by chance."
        pose = Pose(module_64=(4 if version < 10 else 3) * 64)
        yield f"scrambled-{version}", comment, partial(one, modules, pose)


def _card_with(matrix: drawn.Modules, *patches: Patch) -> Pixels:
    return photograph(Shot(label="patches"), Card(matrix=matrix, pose=Pose(module_64=4 * 64), patches=patches))


def _other_kinds(label: str) -> Iterator[_Named]:
    yield "aztec-like", "A bull's-eye of squares, as of an Aztec symbol.", _usual(drawn.aztec(f"{label}: aztec"))
    yield "data-matrix-like", "A solid and a dotted L, as of a Data Matrix.", _usual(drawn.data_matrix(f"{label}: dm"))
    yield (
        "micro-like",
        "One finder pattern with data, as of a Micro QR symbol.",
        _usual(drawn.one_finder(f"{label}: micro")),
    )
    for module in (1, 2):
        comment = f"As large as version 40, {module} px a module, its data by chance."
        yield (
            f"huge-{module}",
            comment,
            partial(one, drawn.huge(f"{label}: huge"), Pose(module_64=module * 64), (200 * module, 200 * module)),
        )
    yield "page", "Lines of print.", partial(_page, f"{label}: page")


def _page(label: str) -> Pixels:
    """Lines of words: in each of them, strokes by chance."""
    lines = drawn.chance(label, 20, 80) & drawn.chance(f"{label}: gaps", 20, 80)
    strokes = lines.repeat(6, axis=0)
    strokes[(np.arange(len(strokes)) % 6) >= 4] = 0
    return (230 - 200 * strokes.repeat(2, axis=0).repeat(4, axis=1)).astype(np.uint8)


def _beyond(label: str) -> Iterator[_Named]:
    """Where nothing of the text is left: whoever reads one has it from elsewhere."""
    matrix = symbol.matrix(card_text("ed25519-small", 503))
    pose = Pose(module_64=3 * 64)
    blurs = {
        "blurred": ("Blurred over four modules.", Shot(label=label, defocus_16=160, noise_16=32), pose),
        "smeared": ("Moved by eight modules.", Shot(label=label, motion_16=200, noise_16=32), pose),
        "far": ("Half a pixel a module.", Shot(label=label, noise_16=32), Pose(module_64=32)),
        "edge-on": ("Seen from the edge.", Shot(label=label, noise_16=32), Pose(module_64=192, tilt=85)),
    }
    for name, (comment, shot, at) in blurs.items():
        yield f"beyond-{name}", comment, partial(photograph, shot, Card(matrix=matrix, pose=at))
    dark = Card(matrix=matrix, pose=pose, dark=10, light=11)
    yield (
        "beyond-dark",
        "A level of light between black and white, in noise of ten.",
        partial(photograph, Shot(label=label, around=10, noise_16=160), dark),
    )
    lamp = Patch(right=18, down=18, radius=40, level=255, added=True)
    yield "beyond-drowned", "A reflection over all of it.", partial(_card_with, matrix, lamp)
    inserted = below(f"{label}: inverted", 2, matrix.size).reshape(matrix.shape).astype(np.uint8)
    yield "beyond-spoilt", "Every second module turned over by chance.", _usual(matrix ^ inserted)
