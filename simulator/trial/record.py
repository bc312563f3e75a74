"""What one reader made of one frame, and how a trial's records are kept: one JSON document a line."""

from __future__ import annotations

import json
from typing import NamedTuple


class Frame(NamedTuple):
    """Which frame of the set: the name of its condition ("" for an empty one), its half and its number."""

    condition: str
    half: str
    number: int


class Record(NamedTuple):
    """`read` where the text was found, `wrong` where another one was; all but `latency_ms` follows from the frame."""

    reader: str
    frame: Frame
    version: int
    read: bool
    wrong: bool
    latency_ms: float

    def to_json(self) -> str:
        """One line."""
        return json.dumps([self.reader, *self.frame, self.version, self.read, self.wrong, round(self.latency_ms, 4)])

    @classmethod
    def from_json(cls, line: str) -> Record:
        """What `to_json` wrote."""
        reader, condition, half, number, version, read, wrong, latency_ms = json.loads(line)
        return cls(reader, Frame(condition, half, number), version, read, wrong, latency_ms)
