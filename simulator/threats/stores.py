"""Weak stores: the reference's flash, used wrongly in one way each."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from simulator.flash.device import FlashError
from simulator.flash.ring import Ring
from simulator.flash.store import FlashStore
from simulator.lock.decisions import Decision, Persist
from simulator.lock.events import Booted
from simulator.lock.lock import Lock
from simulator.lock.rows import Kind, Row
from simulator.threats.part import Part


class InRam(FlashStore):
    """Keeps counts, marks and all in RAM."""

    def persist(self, row: Row) -> None:
        """As good as nothing."""


class Late(FlashStore):
    """Says that a row is stored while it is in a buffer; the next one pushes it out."""

    _buffered: Row | None = None

    def persist(self, row: Row) -> None:
        """Write the row before this one."""
        if self._buffered is not None:
            super().persist(self._buffered)
        self._buffered = row


class Shrugs(FlashStore):
    """Goes on when the flash takes no more."""

    def persist(self, row: Row) -> None:
        """Write it, or not."""
        with suppress(FlashError):
            super().persist(row)


class OneRing(FlashStore):
    """Keeps refusals in one ring with openings."""

    def note(self, row: Row) -> None:
        """A refusal takes a place like any row."""
        self.persist(row)


def without_rows(*kinds: Kind) -> type[FlashStore]:
    """A store that keeps rows of these kinds in RAM alone."""

    class Partial(FlashStore):
        """Writes the others."""

        def persist(self, row: Row) -> None:
            """Write it, if it is one of them."""
            if row.kind not in kinds:
                super().persist(row)

    return Partial


def _open_first(lock: Any, row: Row, *after_stored: Decision) -> tuple[Decision, ...]:
    lock._storing, lock._after_stored = Persist(row), ()
    return (*after_stored, lock._storing)


def _one_byte_sequence(ring: Any, sequence: int) -> None:
    ring.__dict__["_sequence"] = sequence & 0xFF


def _assume_the_worst(lock: Lock, event: Booted) -> tuple[Decision, ...]:
    entries = {subject: entry._replace(used=entry.used + 1) for subject, entry in event.memory.entries.items()}
    return _boot(lock, Booted(event.memory._replace(entries=entries)))


_boot = Lock.boot
ASSUMES_THE_WORST = Part(Lock, "boot", _assume_the_worst)
OPENS_FIRST = Part(Lock, "_persist", _open_first)
IN_PLACE = Part(Ring, "_after", lambda ring, _step: ring._position or 0)
"""Erases the block that is in use, and writes it anew."""
ONE_BYTE_SEQUENCE = Part(Ring, "_sequence", property(lambda ring: ring.__dict__["_sequence"], _one_byte_sequence))
