"""A lock's flash: configuration, memory and refusals, each in a ring of its own.

FLASH.md, section 5. The configuration is a snapshot without rows; its epoch stands in the tags of the other two, so
that a new commissioning voids them in the moment in which it is durable itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from lockcore.field_error import FieldError
from simulator.flash.device import Device, FlashError
from simulator.flash.ring import Ring
from simulator.flash.slot import PAYLOAD_BYTES
from simulator.lock.given import EPOCH_MAX, Given
from simulator.lock.memory import Memory, of_rows, snapshot_of
from simulator.lock.rows import KINDS, Row, row_of

CONFIGURATION_BLOCKS = 2
REFUSAL_BLOCKS = 2
BLOCKS_MIN = CONFIGURATION_BLOCKS + REFUSAL_BLOCKS + 2
CONFIGURATION = 0x80
"""First byte of a slot of the configuration; 19 bytes of it follow."""
_PART = PAYLOAD_BYTES - 1


class Contents(NamedTuple):
    """What was found when the power came."""

    given: Given
    memory: Memory


class FlashStore:
    """The store of one lock on a device of at least `BLOCKS_MIN` blocks: two for the configuration, two for refusals.

    `memory` is asked for the lock's memory as it is stored so far, when a snapshot of it is due.
    """

    def __init__(self, device: Device, memory: Callable[[], Memory] = Memory) -> None:
        if device.block_count < BLOCKS_MIN:
            raise FlashError(f"store: at least {BLOCKS_MIN} blocks")
        self.device = device
        self.memory = memory
        self._configuration = Ring(device, 0, CONFIGURATION_BLOCKS, b"C")
        self._open(0)

    def mount(self) -> Contents | None:
        """What is stored; None where there is no configuration on this flash that is one. Writes nothing."""
        given = _given_of(self._configuration.mount().snapshot)
        if given is None:
            return None
        self._open(given.epoch)
        rows = self._rows.mount()
        self._refusals.mount()
        return Contents(given, of_rows(_known((*rows.snapshot, *rows.rows))))

    def persist(self, row: Row) -> None:
        """One commit of the lock's memory; FlashError where the flash is worn out: then nothing was acknowledged."""
        self._rows.append(row.to_bytes(), self._snapshot)

    def note(self, row: Row) -> None:
        """One refusal. A flash that takes no more of them still opens doors."""
        try:
            self._refusals.append(row.to_bytes(), tuple)
        except FlashError:
            return

    def configure(self, given: Given) -> None:
        """A new configuration, whole or not at all; with a new epoch, everything else is void.

        FlashError where no block takes it, or no epoch is left for it: then the old one stands.
        """
        if given.epoch > EPOCH_MAX:
            raise FlashError("store: no epoch left for a configuration")
        self._configuration.replace(_parts(given.to_bytes()))
        self._open(given.epoch)
        self._rows.mount()
        self._refusals.mount()

    def tidy(self) -> None:
        """Erase ahead, while nobody is at the door."""
        self._rows.prepare()
        self._refusals.prepare()

    @property
    def places_left(self) -> int:
        """Rows that fit into the block in use."""
        return self._rows.places_left

    def openings(self) -> Iterator[Row]:
        """The rows of the memory that are still there, oldest first: the log."""
        return _known(self._rows.history())

    def refusals(self) -> Iterator[Row]:
        """The rows of the ring of refusals, oldest first."""
        return _known(self._refusals.history())

    def _open(self, epoch: int) -> None:
        tag = epoch.to_bytes(4, "little")
        first = CONFIGURATION_BLOCKS + REFUSAL_BLOCKS
        self._refusals = Ring(self.device, CONFIGURATION_BLOCKS, REFUSAL_BLOCKS, b"R" + tag)
        self._rows = Ring(self.device, first, self.device.block_count - first, b"M" + tag)

    def _snapshot(self) -> list[bytes]:
        return [row.to_bytes() for row in snapshot_of(self.memory())]


def _parts(data: bytes) -> list[bytes]:
    """The configuration in slots: its length in the first two bytes, the end filled with zeros."""
    data = len(data).to_bytes(2, "little") + data
    return [bytes([CONFIGURATION]) + data[at : at + _PART].ljust(_PART, b"\0") for at in range(0, len(data), _PART)]


@lru_cache(16)
def _given_of(parts: tuple[bytes, ...]) -> Given | None:
    """The configuration in these slots, None where they hold none; kept, for a sweep boots the same few again."""
    if any(part[0] != CONFIGURATION for part in parts):
        return None
    data = b"".join(part[1:] for part in parts)
    end = 2 + int.from_bytes(data[:2], "little")
    if end > len(data):
        return None
    try:
        return Given.from_bytes(data[2:end])
    except FieldError:
        return None


def _known(payloads: Iterable[bytes]) -> Iterator[Row]:
    """The rows among these; one of a kind that nobody knows is passed over, as if it were torn."""
    return (row_of(payload) for payload in payloads if payload[0] in KINDS)
