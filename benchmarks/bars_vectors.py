"""The bars of issue "vectors", in order."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import vectors_conform, vectors_firmware, vectors_mutants, vectors_pack, vectors_stranger
from benchmarks.line import Line

HOW = (
    "1 makes the pack and reads it back; 2 puts it to the simulator and to the C core, on the host under sanitizers, "
    "without them, and on an emulated board; 3 puts it to every weak lock and to every mutant of the C core; 4 asks "
    "compiler, linker and board what the core takes, and fuzzes its parser; 5 times making and asking; 6 follows "
    "vectors/README.md in a new virtual environment"
)


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Every bar as it is measured; `quick` leaves out what does not fit in a minute, and says so."""
    yield from vectors_pack.contents(seed, quick)
    speed = list(vectors_pack.speed(seed, quick))
    place = vectors_pack.pack(seed, quick).place
    yield from vectors_conform.lines(place, quick)
    yield from vectors_mutants.lines(place, seed, quick)
    yield from vectors_firmware.lines(place, seed, quick)
    yield from speed
    yield from vectors_stranger.lines(quick)
