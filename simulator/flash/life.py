"""How much a lock's flash holds and how long it lives. FLASH.md, section 6; `python -m simulator.flash.life` prints it.

Each row takes one slot; a block is erased once for all rows between two snapshots; blocks take turns. So

    years = endurance x blocks x rows a block / (rows a day x 365.25)
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.ring import OWN_SLOTS
from simulator.flash.slot import slot_bytes, slots_per_block
from simulator.flash.store import CONFIGURATION_BLOCKS, REFUSAL_BLOCKS
from simulator.lock.memory import SNAPSHOT_ROWS_BESIDE_ENTRIES

DAYS_A_YEAR = 365.25
OPENINGS_A_DAY = 50
MARKS_A_DAY = 24
"""The high-water mark is written hourly where nobody opens; beside openings it needs no row of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """What one geometry with so many blocks comes to, with `entries` cards and passwords remembered."""

    geometry: Geometry
    blocks: int
    entries: int
    rows_a_day: float

    @property
    def memory_blocks(self) -> int:
        """Blocks that take turns for the memory."""
        return self.blocks - CONFIGURATION_BLOCKS - REFUSAL_BLOCKS

    @property
    def rows_a_block(self) -> int:
        """Rows between two snapshots."""
        snapshot = self.entries + SNAPSHOT_ROWS_BESIDE_ENTRIES
        return slots_per_block(self.geometry) - OWN_SLOTS - snapshot

    @property
    def rows_kept(self) -> int:
        """Rows that are there at any time: one block is always being filled, and the next may be blank."""
        return self.rows_a_block * (self.memory_blocks - 2)

    @property
    def erases_a_row(self) -> float:
        """Of erase units, on average."""
        return self.geometry.block_bytes / self.geometry.erase_bytes / self.rows_a_block

    @property
    def years(self) -> float:
        """Until the endurance of every block is used up."""
        rows = self.geometry.endurance * self.memory_blocks * self.rows_a_block
        return rows / (self.rows_a_day * DAYS_A_YEAR)


def main() -> None:
    """Print a table for flashes of 32 and 64 KiB, with few and with most entries."""
    print("geometry  KiB  entries  bytes a row  rows a block  rows kept  erases a row  years")
    for geometry in GEOMETRIES.values():
        for blocks in (8, 16):
            for entries in (8, 64):
                life = Life(geometry=geometry, blocks=blocks, entries=entries, rows_a_day=OPENINGS_A_DAY + MARKS_A_DAY)
                print(
                    f"{geometry.name:8}  {blocks * geometry.block_bytes // 1024:3}  {entries:7}"
                    f"  {slot_bytes(geometry):11}  {life.rows_a_block:12}  {life.rows_kept:9}"
                    f"  {life.erases_a_row:12.4f}  {life.years:5.0f}"
                )


if __name__ == "__main__":
    main()
