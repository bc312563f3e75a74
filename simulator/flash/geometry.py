"""What a flash can do at once: erase so much, program so much, and how often."""

from __future__ import annotations

from dataclasses import dataclass

from lockcore import QrlockError


class GeometryError(QrlockError):
    """Sizes that do not fit each other, or a name that is not in `GEOMETRIES`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Geometry:
    """The sizes of one kind of memory, in bytes; GeometryError unless each is a whole number of the one before.

    program_bytes   the unit that is programmed at once, and only onto erased bytes
    erase_bytes     the unit that is erased at once, to 0xFF
    block_bytes     what the store turns over at once: a whole number of erase units
    endurance       how often a unit may be erased
    """

    name: str
    program_bytes: int
    erase_bytes: int
    block_bytes: int
    endurance: int

    def __post_init__(self) -> None:
        if self.erase_bytes % self.program_bytes or self.block_bytes % self.erase_bytes:
            raise GeometryError(f"{self.name}: program, erase and block unit do not divide each other")


GEOMETRIES = {
    geometry.name: geometry
    for geometry in (
        Geometry(name="nor", program_bytes=4, erase_bytes=4096, block_bytes=4096, endurance=100_000),
        Geometry(name="stm32", program_bytes=8, erase_bytes=2048, block_bytes=4096, endurance=10_000),
        Geometry(name="eeprom", program_bytes=32, erase_bytes=32, block_bytes=4096, endurance=1_000_000),
    )
}
"""By name: SPI NOR flash written in words, an STM32's own flash with its words of 8 bytes, and a serial EEPROM."""


def geometry_of(name: str) -> Geometry:
    """The geometry of this name; GeometryError for any other text."""
    geometry = GEOMETRIES.get(name)
    if geometry is None:
        raise GeometryError(f"{name[:20]!r} is no geometry: {', '.join(GEOMETRIES)}")
    return geometry
