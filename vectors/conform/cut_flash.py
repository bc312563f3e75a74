"""A flash whose torn steps say which bits stay, so that every device tears alike (PROTOCOL.md, section 4)."""

from __future__ import annotations

import re

from lockcore import QrlockError
from simulator.flash.device import BLANK, Device
from simulator.flash.geometry import Geometry
from simulator.flash.power import Cuts, Phase

_matches = re.compile(r"(0|[1-9]\d{0,8})(b|a|t([0-9a-f]{2}))").fullmatch
_is_segment = re.compile(r"([0-9a-f]{1,8}):((?:[0-9a-f]{2})+)").fullmatch


class PlanError(QrlockError):
    """A text that is no plan of cuts, or no image."""


class CutFlash(Device):
    """A device of the simulator under plans of the protocol."""

    def __init__(self, geometry: Geometry, block_count: int, image: bytes | None = None) -> None:
        super().__init__(geometry, block_count, image)
        self._patterns: dict[int, int] = {}

    def cut(self, steps: str) -> None:
        """Cut the power as this plan says, in place of what was planned; PlanError."""
        given = [_cut_of(step) for step in steps.split(",")] if steps else []
        numbers = [number for number, _, _ in given]
        if numbers != sorted(set(numbers)):
            raise PlanError("steps: each after the one before")
        self._patterns = {self.step + number: pattern for number, _, pattern in given}
        self.plan(Cuts(0, tuple((self.step + number, phase) for number, phase, _ in given)))

    def _kept(self, at: int, length: int, phase: Phase | None) -> int:
        if phase is not Phase.TORN:
            return super()._kept(at, length, phase)
        return int.from_bytes(bytes([self._patterns[self.step - 1]]) * length, "big")


def _cut_of(step: str) -> tuple[int, Phase, int]:
    match = _matches(step)
    if match is None:
        raise PlanError("steps: written like 3b,7t5a,9a")
    return int(match[1]), Phase(match[2][0]), int(match[3] or "0", 16)


def image_of(segments: str, length: int) -> bytes:
    """The image of `offset:bytes;…`, erased elsewhere; PlanError."""
    image = bytearray([BLANK]) * length
    for segment in segments.split(";") if segments else ():
        match = _is_segment(segment)
        if match is None:
            raise PlanError("image: offset:bytes in hexadecimal, joined by ;")
        at, content = int(match[1], 16), bytes.fromhex(match[2])
        if at + len(content) > length:
            raise PlanError("image: beyond the flash")
        image[at : at + len(content)] = content
    return bytes(image)


def segments_of(image: bytes, gap: int = 8) -> str:
    """`image_of` backwards: what is not erased, in segments that runs of `gap` erased bytes keep apart."""
    pattern = re.compile(rb"[^\xff](?:\xff{0,%d}[^\xff])*" % (gap - 1), re.DOTALL)
    return ";".join(f"{match.start():x}:{match[0].hex()}" for match in pattern.finditer(image))
