"""Images with nothing wrong in them: every part of a snapshot, every place of a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from simulator.lock.rows import NO_MINUTE, Row
from vectors.families.flash_images import (
    marks,
    memory,
    places_of,
)
from vectors.families.flash_life import (
    STORED,
    Kept,
    at,
    block,
    filled,
    on_each,
    use,
    used,
)
from vectors.families.lock_life import Setting
from vectors.families.lock_requests import END, LOG, STATE, boot, show
from vectors.families.site import NOON, card


def lives() -> Iterator[Kept]:
    """All of them."""
    for geometry, setting in on_each():
        yield from _good(geometry, setting)


def _good(geometry: str, setting: Setting) -> Iterator[Kept]:
    """Images with nothing wrong."""
    first = block(geometry, 100)
    many = block(geometry, *range(100, 140))
    full = block(geometry, before=range(1, 65))
    plain = Row(2, 1, minute=NOON)
    every = memory(
        geometry, sequence=1, snapshot=[marks(room=5, minute=NOON - 60, purged_until=7), Row(17, end_min=6),
        Row(18, subject=9), Row(19, card=1, revision=2, subject=9, end_min=END), Row(4, minute=NOON, used=3)],
        rows=[plain],
    )  # fmt: skip
    cases: tuple[tuple[str, str, dict[int, bytes], dict[str, Any]], ...] = (
        ("no-rows", "A snapshot and no row.", {4: block(geometry).to_bytes()}, used()),
        ("no-memory", "A configuration and no memory yet.", {}, used()),
        ("one-row", "One row.", {4: first.to_bytes()}, used(100)),
        ("many-rows", "Forty rows.", {4: many.to_bytes()}, used(*range(100, 140))),
        ("full-snapshot", "A snapshot with 64 cards, as many as there may be.", {4: full.to_bytes()},
         used(*range(1, 65))),
        ("second-block", "The block in use is the second one.", {5: first.to_bytes()}, used(100)),
        ("two-blocks", "Two whole blocks: the later one.",
         {4: block(geometry, 100, 101).to_bytes(), 5: block(geometry, 102, sequence=2, before=[100]).to_bytes()},
         used(100, 102)),
        ("two-blocks.turned", "The later one stands first.",
         {5: block(geometry, 100, 101).to_bytes(), 4: block(geometry, 102, sequence=2, before=[100]).to_bytes()},
         used(100, 102)),
        ("prepared", "The other block was erased ahead.", {4: filled(first, 3)}, used(100)),
        ("last-place", "The last place holds a row.", {4: _in_last_place(geometry)}, used(100, 105)),
        ("every-kind", "A snapshot with something of every kind.", {4: every.to_bytes()},
         {"room_mark": 5, "purged_until": 7, "voids_purged_until": 6, "presented": 9, "wrong": 3, "high_water": NOON,
          "passage": f"{END} 1 2 9"}),
    )  # fmt: skip
    for id, comment, blocks, found in cases:
        yield Kept(
            id=f"{geometry}.good.{id}", comment=comment, flags=("Good",), setting=setting, expect=STORED, found=found,
            requests=(at(geometry, blocks), STATE, boot(), STATE),
        )  # fmt: skip
    yield Kept(
        id=f"{geometry}.good.full-snapshot-turns", comment="A block whose snapshot has 64 cards turns.",
        flags=("CutInTurn",), setting=setting, expect=STORED, found=used(*range(1, 65)),
        requests=(at(geometry, {4: filled(full, 0)}), boot(), show(card(200)), boot(), LOG, STATE),
    )  # fmt: skip
    waits = memory(geometry, snapshot=[marks(minute=NOON), Row(4, minute=NO_MINUTE, end_min=NO_MINUTE)])
    yield Kept(
        id=f"{geometry}.good.uncounted-lock-out", flags=("PasswordGuess",), expect=STORED,
        comment="A lock-out waits that was never counted: it lasts as long as the first.",
        setting=replace(setting, name=f"{setting.name}-qrp", profile="QRP"),
        found={"lock_outs": 0, "locked_until": NOON + 6},
        requests=(at(geometry, {4: waits.to_bytes()}), STATE, boot(), STATE),
    )  # fmt: skip
    yield Kept(
        id=f"{geometry}.good.goes-on", comment="What is written next goes behind it, and is there after a boot.",
        flags=("Good",), setting=setting, expect=STORED, found=used(100, 101),
        requests=(at(geometry, {4: first.to_bytes()}), boot(), show(card(101, times=1)), boot(), LOG, STATE),
    )  # fmt: skip


def _in_last_place(geometry: str) -> bytes:
    made = block(geometry, 100)
    place = places_of(geometry) - 1
    return made.to_bytes({place: made.slot(use(105).to_bytes(), place)})
