"""The formula of FLASH.md against what a flash's own trace says."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from simulator.bench.lock_file import BLOCKS
from simulator.bench.powered import commission
from simulator.flash import life
from simulator.flash.device import Device
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.life import Life
from simulator.flash.ring import Ring
from simulator.flash.slot import slot_bytes
from simulator.flash.store import FlashStore
from simulator.lock.memory import Entry, Keypad, Memory, Passage
from simulator.lock.rows import Kind, Row
from tests.lock_bench import GIVEN, NOON

DOCUMENT = Path(life.__file__).with_name("FLASH.md").read_text(encoding="utf-8")
COSTS = {
    "append that turns, with s slots of snapshot": (3, 1),
    "the same on a block that is prepared": (3, 0),
    "replace": (2, 1),
}
"""By their names in the document: slots beside the snapshot's, and blocks erased."""
geometries = pytest.mark.parametrize("geometry", GEOMETRIES.values(), ids=GEOMETRIES)


def worn(geometry: Geometry, entries: int, rows: int) -> Device:
    """A flash of 8 blocks on which so many rows were written, with the fullest snapshot."""
    memory = Memory(
        {n: Entry(NOON + 60, 1) for n in range(entries)}, 1, NOON, 1, 1, Passage(NOON, 0, 1, 0), 5, Keypad(1, 1, 1)
    )
    device = Device(geometry, 8)
    commission(device, GIVEN)
    store = FlashStore(device, lambda: memory)
    store.mount()
    for _ in range(rows):
        store.persist(Row(Kind.CLOCK, 1, 0, 0, 0, NOON))
    return device


@geometries
@pytest.mark.parametrize("entries", [0, 64])
def test_the_trace_agrees_with_the_formula(geometry: Geometry, entries: int) -> None:
    """Erases and bytes a row, within a tenth; blank blocks cost no erase the first time round."""
    formula = Life(geometry=geometry, blocks=8, entries=entries, rows_a_day=74)
    turns = 40 * formula.memory_blocks
    rows = turns * formula.rows_a_block
    device = worn(geometry, entries, rows)
    erases = sum(device.erases) + formula.memory_blocks * geometry.block_bytes // geometry.erase_bytes
    assert erases / rows == pytest.approx(formula.erases_a_row, rel=0.1)
    assert max(device.erases) / (rows / formula.rows_a_day / 365.25) == pytest.approx(
        geometry.endurance / formula.years, rel=0.1
    )


def test_the_document_has_the_table_as_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """And the worked example's figures."""
    life.main()
    printed = capsys.readouterr().out
    assert printed in DOCUMENT
    runpy.run_path(life.__file__, run_name="__main__")
    assert capsys.readouterr().out == printed
    worked = Life(geometry=GEOMETRIES["nor"], blocks=16, entries=8, rows_a_day=life.OPENINGS_A_DAY + life.MARKS_A_DAY)
    for figure in (f"{worked.rows_a_block} of\nthem for rows", f"= {worked.years:,.0f} years"):
        assert figure in DOCUMENT


@geometries
@pytest.mark.parametrize("slots", [0, 2, 69])
def test_a_row_costs_the_steps_that_the_document_says(geometry: Geometry, slots: int) -> None:
    """Counted by the device, of an append, a turn, a turn onto a block that is prepared, and a replacement."""
    unit = slot_bytes(geometry) // geometry.program_bytes
    erase = geometry.block_bytes // geometry.erase_bytes
    column = list(GEOMETRIES).index(geometry.name)
    for name, (extra, erases) in {"append": (None, 0), **COSTS}.items():
        row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| {name} |"))
        figure = row.strip("| ").split(" | ")[2 + column]
        if extra is None:
            assert (figure, _cost(geometry, slots, name)) == (str(unit), unit)
            continue
        times = f"{unit} (s + {extra})" if unit > 1 else f"s + {extra}"
        assert figure == times + (f" + {erase}" if erases else "")
        assert _cost(geometry, slots, name) == unit * (slots + extra) + erases * erase


def _cost(geometry: Geometry, slots: int, name: str) -> int:
    device = Device(geometry, 3)
    ring = Ring(device, 0, 3, b"T")
    ring.mount()
    row, snapshot = b"\x01" + bytes(19), [b"\x10" + bytes(19)] * slots
    ring.append(row, lambda: snapshot)
    if name != "append":
        for _ in range(3 * ring.places_left + 2):
            ring.append(row, lambda: snapshot)
    if name.endswith("prepared"):
        ring.prepare()
    before = device.step
    ring.replace(snapshot) if name == "replace" else ring.append(row, lambda: snapshot)
    return device.step - before


def test_a_new_lock_keeps_a_thousand_rows_whatever_is_remembered() -> None:
    """As many as the log has by default."""
    fullest = Life(geometry=GEOMETRIES["nor"], blocks=BLOCKS, entries=64, rows_a_day=74)
    assert fullest.rows_kept >= 1000
