"""A flash as its data sheet has it, with a power that can go and cells that wear out."""

from __future__ import annotations

from random import Random

from lockcore import QrlockError
from simulator.flash.geometry import Geometry
from simulator.flash.power import Cuts, Phase, PowerLoss

BLANK = 0xFF
_NEVER = 1 << 62
WORN_FAILS = 0.3
"""How often a step on a worn unit leaves a bit as it was."""


class FlashError(QrlockError):
    """A program or erase that the data sheet forbids, an image of the wrong size, or no block left that holds data."""


class Device:
    """`block_count` blocks of a geometry, blank or with an image and its wear.

    Every access raises PowerLoss from a cut on until `power_on`. An erase unit that was erased more often than the
    geometry's endurance keeps some bits, by the seed of the plan: who programs has to read back.
    """

    def __init__(
        self, geometry: Geometry, block_count: int, image: bytes | None = None, erases: list[int] | None = None
    ) -> None:
        size = geometry.block_bytes * block_count
        units = size // geometry.erase_bytes
        self.geometry = geometry
        self._erased = bytes([BLANK]) * geometry.erase_bytes
        self.block_count = block_count
        self._cells = bytearray(image) if image is not None else bytearray([BLANK]) * size
        self.erases = list(erases) if erases is not None else [0] * units
        """How often each erase unit was erased."""
        if len(self._cells) != size or len(self.erases) != units:
            raise FlashError(f"image: not {size} bytes and {units} counts of erases")
        self.programmed = 0
        """Program units written since the device was made."""
        self.step = 0
        """The number of the next step."""
        self._is_on = True
        self._worn = any(count > geometry.endurance for count in self.erases)
        self.plan(Cuts(0))

    def plan(self, cuts: Cuts) -> None:
        """Cut the power as `cuts` says, in place of what was planned."""
        self._seed = cuts.seed
        self._cuts = dict(cuts.steps)
        self._next_cut = self._coming()

    def power_on(self) -> None:
        """Power is back."""
        self._is_on = True

    @property
    def image(self) -> bytes:
        """All bytes as they are, whether the power is on or not."""
        return bytes(self._cells)

    def read(self, at: int, length: int) -> bytes:
        """`length` bytes from `at` on; FlashError unless all of them are there."""
        if not self._is_on:
            raise PowerLoss("no power")
        end = at + length
        if not 0 <= at <= end <= len(self._cells):
            raise FlashError(f"read at {at}: not {length} bytes within the device")
        return bytes(self._cells[at:end])

    def program(self, at: int, data: bytes) -> None:
        """Write whole program units onto erased ones; FlashError for anything else."""
        if not self._is_on:
            raise PowerLoss("no power")
        unit = self.geometry.program_bytes
        end = at + len(data)
        if at % unit or len(data) % unit or not 0 <= at <= end <= len(self._cells):
            raise FlashError(f"program at {at}: not whole units of {unit} bytes within the device")
        if self._cells.count(BLANK, at, end) != len(data):
            raise FlashError(f"program at {at}: not erased")
        whole = 0 if self._worn else min(len(data) // unit, self._next_cut - self.step)  # before anything goes wrong
        self._cells[at : at + whole * unit] = data[: whole * unit]
        self.step += whole
        self.programmed += whole
        for place in range(whole * unit, len(data), unit):
            self._program_unit(at + place, data[place : place + unit])

    def erase(self, at: int) -> None:
        """Erase the unit that begins at `at`; FlashError where none does."""
        if not self._is_on:
            raise PowerLoss("no power")
        length = self.geometry.erase_bytes
        if at % length or not 0 <= at < len(self._cells):
            raise FlashError(f"erase at {at}: no unit of {length} bytes begins there")
        unit = at // length
        if self.step < self._next_cut and self.erases[unit] < self.geometry.endurance:
            self._cells[at : at + length] = self._erased
            self.step += 1
            self.erases[unit] += 1
            return
        self._erase_unit(at, length)

    def _erase_unit(self, at: int, length: int) -> None:
        phase = self._stepped()
        if phase is not Phase.BEFORE:
            self.erases[at // length] += 1
            self._worn = self._worn or self._is_worn(at)
            kept = self._kept(at, length, phase)
            old = int.from_bytes(self._cells[at : at + length], "big")
            self._cells[at : at + length] = (old | ~kept & (1 << 8 * length) - 1).to_bytes(length, "big")
        self._end(phase)

    def _program_unit(self, at: int, data: bytes) -> None:
        phase = self._stepped()
        if phase is not Phase.BEFORE:
            kept = self._kept(at, len(data), phase)
            self._cells[at : at + len(data)] = (int.from_bytes(data, "big") | kept).to_bytes(len(data), "big")
            self.programmed += 1
        self._end(phase)

    def _kept(self, at: int, length: int, phase: Phase | None) -> int:
        """A number with a bit for each bit of the unit that does not change: half of them in a torn step."""
        if phase is Phase.TORN:
            return Random(f"{self._seed}/{self.step}").getrandbits(8 * length)
        if not self._is_worn(at):
            return 0
        worn = Random(f"{self._seed}/{self.step}")
        return 1 << worn.randrange(8 * length) if worn.random() < WORN_FAILS else 0

    def _is_worn(self, at: int) -> bool:
        return self.erases[at // self.geometry.erase_bytes] > self.geometry.endurance

    def _stepped(self) -> Phase | None:
        """The phase in which the step that begins now is cut, or None."""
        phase = self._cuts.get(self.step)
        self.step += 1
        return phase

    def _end(self, phase: Phase | None) -> None:
        if phase is not None:
            self._is_on = False
            self._next_cut = self._coming()
            raise PowerLoss(f"step {self.step - 1}{phase}")

    def _coming(self) -> int:
        return min((step for step in self._cuts if step >= self.step), default=_NEVER)
