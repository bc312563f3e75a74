"""Frames that every reader should get: undegraded symbols of every size and turn, several at once, and foreign ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lockcore import symbol
from vectors.exact.camera import Shot, photograph
from vectors.exact.pose import Pose
from vectors.exact.scene import Card
from vectors.families.frame_foreign import FOREIGN, Modules
from vectors.families.frame_plan import (
    CARD_DIGITS,
    QUIET,
    Pixels,
    Plan,
    card_text,
    digits,
    fitting,
    frame_of,
    stages_of,
)

_QVGA, _VGA = (320, 240), (640, 480)
_SHAPES = {"quarter": (160, 120), "upright": (240, 320), "vga": _VGA, "wide": (640, 200), "square": (200, 200)}
_CORNERS = {"top-left": (-1, -1), "top-right": (1, -1), "bottom-right": (1, 1), "bottom-left": (-1, 1)}


def plans(seed: int) -> Iterator[Plan]:
    """One symbol in each frame."""
    yield from _versions(seed)
    yield from _cards()
    yield from _turned()
    yield from _variants(seed)
    yield from _placed()


def one(matrix: Modules, pose: Pose, size: tuple[int, int] = _QVGA) -> Pixels:
    """An undegraded frame of one symbol."""
    return photograph(Shot(label="plain", width=size[0], height=size[1]), Card(matrix=matrix, pose=pose))


def _plan(id: str, comment: str, text: str, matrix: Modules, pose: Pose, size: tuple[int, int] = _QVGA) -> Plan:
    id = f"frame.plain.{id}"
    return Plan(
        id=id, comment=comment, flags=("Good",), texts=(text,), pixels=partial(one, matrix, pose, size),
        stages=stages_of(text) if len(text) in CARD_DIGITS.values() else {},
    )  # fmt: skip


def _versions(seed: int) -> Iterator[Plan]:
    for version in range(1, 11):
        text = digits(f"frame {seed}: version {version}", symbol.digit_capacity(version, "M"))
        yield Plan(
            id=f"frame.plain.version-{version}", comment=f"Version {version}, filled to its last digit.",
            flags=("Good",), texts=(text,), pixels=partial(frame_of, text),
        )  # fmt: skip


def _cards() -> Iterator[Plan]:
    for kind, count in CARD_DIGITS.items():
        text = card_text(kind, 200)
        matrix = symbol.matrix(text)
        for module_64, size in ((192, _QVGA), (227, _QVGA), (256, _QVGA), (300, _VGA), (512, _VGA)):
            width = f"{module_64 // 64}.{module_64 % 64 * 100 // 64:02}"
            yield _plan(
                f"{kind}.module-{width.replace('.', '-')}", f"A card of {count} digits, its modules {width} px wide.",
                text, matrix, Pose(module_64=module_64), size,
            )  # fmt: skip


def _turned() -> Iterator[Plan]:
    for kind, turns in (
        ("cmac-small", (90, 180, 270)),
        ("ed25519-small", range(15, 360, 15)),
        ("ed25519-large", (45,)),
    ):
        text = card_text(kind, 201)
        for turn in turns:
            yield _plan(
                f"{kind}.turn-{turn}", f"Turned by {turn} degrees in the frame.", text, symbol.matrix(text),
                Pose(module_64=3 * 64, turn=turn), (320, 256),
            )  # fmt: skip


def _variants(seed: int) -> Iterator[Plan]:
    text = card_text("ed25519-small", 202)
    for mask in range(8):
        matrix = symbol.matrix(text, mask=mask)
        yield _plan(f"mask-{mask}", f"Mask {mask}: any may be drawn.", text, matrix, _fit(matrix))
    for level in ("L", "Q", "H"):
        other = digits(f"frame {seed}: level {level}", 101)
        matrix = symbol.matrix(other, level=level)
        yield _plan(f"level-{level.lower()}", f"A text at level {level}.", other, matrix, _fit(matrix))
    matrix = symbol.matrix(text, version=8)
    yield _plan("roomy", "A card in a larger version than it needs.", text, matrix, _fit(matrix))


def _placed() -> Iterator[Plan]:
    text = card_text("cmac-small", 203)
    matrix = symbol.matrix(text)
    for name, (right, down) in _CORNERS.items():
        pose = Pose(module_64=3 * 64, x_64=right * 100 * 64, y_64=down * 60 * 64)
        yield _plan(f"at-{name}", f"In the frame's {name.replace('-', ' ')} corner.", text, matrix, pose)
    for name, size in _SHAPES.items():
        comment = f"A frame of {size[0]} × {size[1]}, filled."
        yield _plan(f"frame-{name}", comment, text, matrix, _fit(matrix, size), size)


def _fit(matrix: Modules, size: tuple[int, int] = _QVGA) -> Pose:
    return Pose(module_64=fitting(len(matrix) + 2 * QUIET, *size))


def foreign(seed: int) -> Iterator[Plan]:  # noqa: ARG001 - as the others
    """Other people's codes: a reader says what they hold, and step 1 of a lock refuses it."""
    for name, each in FOREIGN.items():
        yield Plan(
            id=f"frame.foreign.{name}", comment=f"Not digits but {name}: read as it is; the lock then says NOT_A_CARD.",
            flags=("Good",), texts=(each.text,), pixels=partial(one, each.matrix, _fit(each.matrix)),
        )  # fmt: skip


def several(seed: int) -> Iterator[Plan]:
    """Frames with more than one symbol in them."""
    first, second, third = card_text("cmac-small", 300), card_text("cmac-small", 301), card_text("ed25519-small", 302)
    other = digits(f"frame {seed}: several", 34)
    link = FOREIGN["link"]
    left, right = (Pose(module_64=192, x_64=x * 64) for x in (-75, 75))
    pairs = {
        "two-cards": ("Two cards of one issuer side by side.", ((first, left), (second, right))),
        "two-seals": ("Two cards with unlike seals.", ((third, _wide(-150)), (first, _wide(150)))),
        "upside-down": ("Two cards, one upside down.", ((first, left), (second, _turned_pose(75, 180)))),
        "askew": ("Two cards, turned by unlike angles.", ((first, _turned_pose(-75, 90)), (second, right))),
        "card-and-digits": ("A card, and digits that are no card.", ((first, left), (other, right))),
        "same-twice": ("One card twice: one text.", ((first, left), (first, right))),
    }
    for name, (comment, shown) in pairs.items():
        size = _VGA if name == "two-seals" else _QVGA
        cards = [Card(matrix=symbol.matrix(text), pose=pose) for text, pose in shown]
        yield _several(name, comment, sorted({text for text, _ in shown}), cards, size)
    cards = [Card(matrix=symbol.matrix(first), pose=left), Card(matrix=link.matrix, pose=right)]
    yield _several("card-and-link", "A card, and a poster's link beside it.", [first, link.text], cards, _QVGA)
    texts = [card_text("cmac-small", 310 + number) for number in range(6)]
    cards = [Card(matrix=symbol.matrix(text), pose=_in_grid(number)) for number, text in enumerate(texts)]
    yield _several("six-cards", "Six cards on one sheet.", texts, cards, _VGA)


def _several(name: str, comment: str, texts: list[str], cards: list[Card], size: tuple[int, int]) -> Plan:
    shot = Shot(label="plain", width=size[0], height=size[1])
    return Plan(
        id=f"frame.several.{name}", comment=comment, flags=("TwoCodes",), texts=tuple(texts),
        pixels=partial(photograph, shot, *cards),
    )  # fmt: skip


def _in_grid(number: int) -> Pose:
    row, column = divmod(number, 3)
    return Pose(module_64=256, x_64=(column - 1) * 200 * 64, y_64=(row * 220 - 110) * 64)


def _wide(x: int) -> Pose:
    return Pose(module_64=5 * 64, x_64=x * 64)


def _turned_pose(x: int, turn: int) -> Pose:
    return Pose(module_64=192, x_64=x * 64, turn=turn)
