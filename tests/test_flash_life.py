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
from simulator.flash.store import FlashStore
from simulator.lock.memory import Entry, Keypad, Memory, Passage
from simulator.lock.rows import Kind, Row
from tests.lock_bench import GIVEN, NOON

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
    document = Path(life.__file__).with_name("FLASH.md").read_text(encoding="utf-8")
    life.main()
    printed = capsys.readouterr().out
    assert printed in document
    runpy.run_path(life.__file__, run_name="__main__")
    assert capsys.readouterr().out == printed
    worked = Life(geometry=GEOMETRIES["nor"], blocks=16, entries=8, rows_a_day=life.OPENINGS_A_DAY + life.MARKS_A_DAY)
    for figure in (f"{worked.rows_a_block} of\nthem for rows", f"= {worked.years:,.0f} years"):
        assert figure in document


def test_a_new_lock_keeps_a_thousand_rows_whatever_is_remembered() -> None:
    """As many as the log has by default."""
    fullest = Life(geometry=GEOMETRIES["nor"], blocks=BLOCKS, entries=64, rows_a_day=74)
    assert fullest.rows_kept >= 1000
