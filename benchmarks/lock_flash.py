"""Bar 6 of issue "locks": what 32 KiB hold, and years of life from the write trace beside the formula."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.line import Line, bar, figure
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from simulator.bench.powered import commission
from simulator.flash.device import Device
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.life import DAYS_A_YEAR, MARKS_A_DAY, OPENINGS_A_DAY, Life
from simulator.flash.store import FlashStore
from simulator.lock.given import Given
from simulator.lock.memory import Entry, Memory
from simulator.lock.rows import MARK, OPENED, REMEMBERED, Kind, Row

KIB = 32
ENTRIES = 64
TURNS = 40
WITHIN = 0.1
_PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")  # RFC 8032, 7.1, test 1
_NOON = 6_256_080


def lines() -> Iterator[Line]:
    """Each geometry: capacity, and life measured over many turns of the ring."""
    for geometry in GEOMETRIES.values():
        blocks = KIB * 1024 // geometry.block_bytes
        formula = Life(geometry=geometry, blocks=blocks, entries=ENTRIES, rows_a_day=OPENINGS_A_DAY + MARKS_A_DAY)
        kept = f"{ENTRIES} counters, and at least {formula.rows_kept} openings in the log"
        yield figure("6", f"{KIB} KiB of {geometry.name} hold", kept)
        years = _measured_years(geometry, blocks, formula)
        name = f"years of {geometry.name} at {OPENINGS_A_DAY} openings a day"
        yield bar("6", name, f"{years:.0f} by the trace, {formula.years:.0f} by the formula", "within 10 %",
                  abs(years / formula.years - 1) <= WITHIN)  # fmt: skip


def _measured_years(geometry: Geometry, blocks: int, formula: Life) -> float:
    """Days are written row by row; the unit that wears most says when the flash is done."""
    memory = Memory({serial: Entry(_NOON + 60, 1) for serial in range(ENTRIES)}, high_water_min=_NOON)
    device = Device(geometry, blocks)
    held = KeySet(service=_PUBLIC, ed25519={0: _PUBLIC})
    there = Placement(community=1, building="1", floor="1", room="1", lock_id="B1")
    commission(device, Given(placement=there, keys=held))
    store = FlashStore(device, lambda: memory)
    store.mount()
    before, days = max(device.erases), 0
    while max(device.erases) - before < TURNS:
        for number in range(OPENINGS_A_DAY):
            store.persist(Row(Kind.CARD, OPENED | REMEMBERED, 0, 0, number % ENTRIES, _NOON, _NOON + 60, 1))
        for _ in range(MARKS_A_DAY):
            store.persist(Row(Kind.CLOCK, MARK, 0, 0, 0, _NOON))
        days += 1
    a_turn = days / (max(device.erases) - before + 1)  # the first time round, blocks are blank
    assert formula.geometry is geometry
    return geometry.endurance * a_turn / DAYS_A_YEAR
