"""Damaged symbols: cards of a lock, and any digits in any version and level, spoilt until most say nothing."""

from __future__ import annotations

import string
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from benchmarks import keys
from benchmarks.camera_picture import Modules, Shades, Shown, clear, drawn, poor
from lockcore import Grant, SealKind, civil, encode, symbol
from lockcore.placement import Placement
from lockcore.symbol.geometry import codeword_modules
from simulator.readers.soft.layout import interleaved

NOON_MIN = civil.parse("2026-11-23 12:00")
DOOR = Placement(community=1_000_000_001, building="1", floor="4", room="401G", lock_id="B1")
CARDS = 256
_SHARE_MIN, _SHARE_MAX = 0.01, 0.5


class Printed(NamedTuple):
    """A symbol as it was printed, and its text; a card's, or not."""

    modules: Modules
    text: str
    is_card: bool
    level: str = "M"

    @property
    def version(self) -> int:
        """1 to 40."""
        return (len(self.modules) - 17) // 4


Damage = Callable[[Printed, Printed, np.random.Generator], Shades]


def damaged(rng: np.random.Generator) -> Shown:
    """A symbol after one of the `DAMAGES`; two are mixed of which both texts may be read."""
    one, other = _two(rng)
    modules = DAMAGES[rng.integers(len(DAMAGES))](one, other, rng)
    frame = drawn(modules, (clear, clear, poor)[rng.integers(3)](rng), rng)
    texts = frozenset({one.text, other.text})
    return Shown(frame, texts, texts if one.is_card else frozenset())


def card_text(number: int) -> str:
    """A card of `DOOR`, one of `CARDS`, under either seal, in symbols of versions 3 to 6."""
    kind = tuple(SealKind)[number % 2]
    return encode(_grant(number), keys.SEALERS[kind])


def _grant(number: int) -> Grant:
    """Every fourth has so much to say that it needs the larger symbol."""
    cut_off_min = NOON_MIN + 700 + number if number % 4 > 1 else None
    return Grant(
        community=DOOR.community, building=DOOR.building, floor=DOOR.floor, room=DOOR.room, serial=1000 + number,
        start_min=NOON_MIN - number % 4 // 2 * 7, end_min=NOON_MIN + 2880 + number, cut_off_min=cut_off_min,
    )  # fmt: skip


@lru_cache(CARDS)
def _card(number: int) -> Printed:
    text = card_text(number)
    return Printed(symbol.matrix(text), text, is_card=True)


def _two(rng: np.random.Generator) -> tuple[Printed, Printed]:
    """Two symbols of one size: cards, or numbers in small versions, whose parity is the least."""
    if rng.random() < 0.6:
        first = int(rng.integers(CARDS))
        return _card(first), _card(int(first + 4 * rng.integers(1, CARDS // 4)) % CARDS)
    version, level, mask = int(min(10, rng.geometric(0.45))), "LLMQH"[rng.integers(5)], int(rng.integers(8))
    return _number(version, level, mask, rng), _number(version, level, mask, rng)


def _number(version: int, level: str, mask: int, rng: np.random.Generator) -> Printed:
    capacity = symbol.digit_capacity(version, level)
    length = (capacity, capacity - 1, capacity * 2 // 3, 1 + capacity // 3)[rng.integers(4)]
    text = "".join(string.digits[digit] for digit in rng.integers(10, size=length))
    return Printed(symbol.matrix(text, level=level, version=version, mask=mask), text, is_card=False, level=level)


def _flipped(one: Printed, _: Printed, rng: np.random.Generator) -> Modules:
    """Modules turned, 1 % to 50 % of all."""
    share = np.exp(rng.uniform(np.log(_SHARE_MIN), np.log(_SHARE_MAX)))
    return _spared(one, one.modules ^ (rng.random(one.modules.shape) < share), rng)


def _erased(one: Printed, _: Printed, rng: np.random.Generator) -> Modules:
    """Blocks all dark, all light, or noise."""
    modules = one.modules.copy()
    for _block in range(int(rng.integers(1, 4))):
        height, width = rng.integers(2, len(modules) * 2 // 3, 2)
        row, column = rng.integers(0, len(modules) - height + 1), rng.integers(0, len(modules) - width + 1)
        block = modules[row : row + height, column : column + width]
        block[...] = (0, 1, rng.integers(0, 2, block.shape))[rng.integers(3)]
    return _spared(one, modules, rng)


def _halves(one: Printed, other: Printed, rng: np.random.Generator) -> Modules:
    """One symbol up to a line, the other beyond it."""
    side = len(one.modules)
    row, column = np.mgrid[:side, :side] - side / 2
    angle_rad = rng.uniform(0, 2 * np.pi)
    beyond = row * np.sin(angle_rad) + column * np.cos(angle_rad) > rng.uniform(-0.4, 0.4) * side
    return np.where(beyond, other.modules, one.modules)


def _mixed(one: Printed, other: Printed, rng: np.random.Generator) -> Modules:
    """Every module of either symbol, as when one image fades into another."""
    return np.where(rng.random(one.modules.shape) < rng.uniform(0.05, 0.5), other.modules, one.modules)


def _shifted(one: Printed, _: Printed, rng: np.random.Generator) -> Modules:
    """Rows, or columns, aside by a module or three from some row on, as when a display tears."""
    modules = one.modules.copy() if rng.random() < 0.5 else one.modules.T.copy()
    first = int(rng.integers(1, len(modules)))
    last = int(rng.integers(first, len(modules))) + 1
    modules[first:last] = np.roll(modules[first:last], int(rng.choice((-3, -2, -1, 1, 2, 3))), axis=1)
    return modules if rng.random() < 0.5 else modules.T


def _one_block_rubbed(one: Printed, _: Printed, rng: np.random.Generator) -> Shades:
    """About as many bytes of one block rubbed off to grey as it has parity, some more wrong, and all others as they
    were: what a decoder makes of that block must not be believed because the others are well.
    """
    known, bytes_at = interleaved(one.version, one.level), codeword_modules(one.version)
    block = rng.permutation(known.places[rng.integers(len(known.places))])
    grey = int(rng.integers(max(0, known.parity - 5), known.parity + 2))
    shades = one.modules.astype(np.float32).reshape(-1)
    shades[bytes_at[block[:grey]].reshape(-1)] = 0.5
    for codeword in block[grey : grey + int(rng.integers(0, 5))]:
        bits = bytes_at[codeword][rng.random(8) < 0.3]
        shades[bits] = 1 - shades[bits]
    return shades.reshape(one.modules.shape)


def _as_it_was(one: Printed, _: Printed, __: np.random.Generator) -> Modules:
    """Nothing but what the look spoils."""
    return one.modules


DAMAGES: tuple[Damage, ...] = (_flipped, _erased, _halves, _mixed, _shifted, _one_block_rubbed, _as_it_was)


def _spared(one: Printed, spoilt: Modules, rng: np.random.Generator) -> Modules:
    """In two cases of three the finders stay, or hardly any such symbol would get as far as being decoded."""
    if rng.random() < 1 / 3:
        return spoilt
    kept = spoilt.copy()
    for corner in (np.s_[:9, :9], np.s_[:9, -8:], np.s_[-8:, :9]):
        kept[corner] = one.modules[corner]
    return kept
