"""A ring of blocks: a log of rows, with a snapshot at the head of every block, that survives any power cut.

FLASH.md has the layout to the bit and says why it is so. A block is whole once its snapshot is sealed; the newest
whole block is all that counts, so starting the next one is as good as undone until its last slot is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from simulator.flash.device import Device, FlashError
from simulator.flash.slot import BLANK, PAYLOAD_BYTES, block_seed, is_blank, opened, sealed, slot_bytes, slots_per_block

HEADER, SEAL = 0xF0, 0xF1
LAYOUT = 1
OWN_SLOTS = 2
"""Of every block: header and seal."""

SEQUENCE_MAX = 0xFFFFFFFF

_BLANK = bytes([BLANK])

Snapshot = Callable[[], Sequence[bytes]]


class Mounted(NamedTuple):
    """What the newest whole block holds: the state when it was begun, and the rows since."""

    snapshot: tuple[bytes, ...] = ()
    rows: tuple[bytes, ...] = ()


class _Block(NamedTuple):
    position: int
    sequence: int
    mounted: Mounted
    next_place: int


class Ring:
    """The ring of `block_count` blocks (2 at least) from `first_block` on, under a tag of its own.

    Payloads are 20 bytes whose first is 1 to 0xEF. `mount` before anything else, and again after PowerLoss, which every
    method lets through: what the ring knew of its place is then worth nothing.
    """

    def __init__(self, device: Device, first_block: int, block_count: int, tag: bytes) -> None:
        if block_count < 2 or first_block + block_count > device.block_count:
            raise FlashError("ring: two blocks at least, within the device")
        self._device = device
        self._base = first_block * device.geometry.block_bytes
        self._count = block_count
        self._tag = tag
        self._header_seed = block_seed(tag, 0)
        self._length = slot_bytes(device.geometry)
        self.places = slots_per_block(device.geometry)
        """Slots in a block, `OWN_SLOTS` among them."""
        self._position: int | None = None
        self._sequence = 0
        self._place = self.places
        self._seed = 0
        self._prepared: int | None = None

    def mount(self) -> Mounted:
        """The newest whole block, or nothing where there is none yet. Writes nothing, so no cut can spoil it."""
        self._prepared = None
        headers = sorted(self._headers(), reverse=True)
        self._position, self._sequence, self._place = None, headers[0][0] if headers else 0, self.places
        for sequence, position in headers:
            block = self._block(position, sequence)
            if block is not None:
                self._position, self._place = position, block.next_place
                self._seed = block_seed(self._tag, sequence)
                return block.mounted
        return Mounted()

    @property
    def places_left(self) -> int:
        """Rows that fit into the block in use, as far as its slots are good."""
        return self.places - self._place

    def append(self, row: bytes, snapshot: Snapshot) -> None:
        """Write a row, durable when this returns; `snapshot` is the state before it, asked for if a block is begun.

        FlashError where no block takes it any more: then nothing of the row was acknowledged. SlotError for a row that
        is no payload: then nothing was written.
        """
        if self._put(row):
            return
        for _ in range(self._count):
            self._begin(snapshot())
            if self._put(row):
                return
        raise FlashError("store: no block holds a row any more")

    def replace(self, snapshot: Sequence[bytes]) -> None:
        """Begin a block with this snapshot now: the old state or the new one, whenever the power goes.

        FlashError where no other block takes it, or it leaves no place for a row: then the old state stands.
        """
        self._begin(snapshot)

    def prepare(self, places_left: int = 8) -> None:
        """Erase the block that comes next if the one in use is nearly full, so that nobody waits for it at the door.

        Once for each block in use: one that will not come clean is not worn further at every idle moment.
        """
        if self.places_left <= places_left and self._prepared != self._sequence:
            self._prepared = self._sequence
            self._erase(self._after(1))

    def history(self) -> Iterator[bytes]:
        """The rows of all whole blocks, oldest first."""
        for sequence, position in sorted(self._headers()):
            block = self._block(position, sequence)
            if block is not None:
                yield from block.mounted.rows

    # Writing

    def _put(self, payload: bytes) -> bool:
        """Into the next place that takes it: one that was torn or is worn does not read back, and is passed over."""
        while self._position is not None and self._place < self.places:
            place, self._place = self._place, self._place + 1
            slot = sealed(payload, place, self._seed, self._length)
            if self._write(self._at(self._position) + place * self._length, slot):
                return True
        return False

    def _write(self, at: int, slots: bytes) -> bool:
        """Whether they read back."""
        self._device.program(at, slots)
        return self._device.read(at, len(slots)) == slots

    def _begin(self, snapshot: Sequence[bytes]) -> None:
        """Make the next block that is good enough the newest whole one."""
        if OWN_SLOTS + len(snapshot) >= self.places:
            raise FlashError("store: a snapshot leaves no place for a row in a block")
        others = self._count if self._position is None else self._count - 1
        for step in range(1, others + 1):
            position = self._after(step)
            if self._sequence == SEQUENCE_MAX:
                raise FlashError("store: no number left for a block")
            self._sequence += 1
            if self._begun(position, snapshot):
                self._position = position
                return
        raise FlashError("store: no block holds a snapshot any more")

    def _begun(self, position: int, snapshot: Sequence[bytes]) -> bool:
        if not self._erase(position):
            return False
        seed = block_seed(self._tag, self._sequence)
        count = len(snapshot).to_bytes(2, "little")
        header = _padded(bytes([HEADER, LAYOUT]) + self._sequence.to_bytes(4, "little") + count)
        slots = [sealed(header, 0, self._header_seed, self._length)]
        slots += [sealed(part, place, seed, self._length) for place, part in enumerate((*snapshot, _seal(snapshot)), 1)]
        if not self._write(self._at(position), b"".join(slots)):
            return False
        self._seed, self._place = seed, OWN_SLOTS + len(snapshot)
        return True

    def _erase(self, position: int) -> bool:
        """Make a block blank, its header first; whether it is."""
        device, at, length = self._device, self._at(position), self._device.geometry.erase_bytes
        for unit in range(at, at + device.geometry.block_bytes, length):
            if not is_blank(device.read(unit, length)):
                device.erase(unit)
        return is_blank(device.read(at, device.geometry.block_bytes))

    # Reading

    def _headers(self) -> Iterator[tuple[int, int]]:
        """Sequence and position of every block that has a header, whole or not."""
        for position in range(self._count):
            slot = self._device.read(self._at(position), self._length)
            payload = opened(slot, 0, self._header_seed)
            if payload is not None and payload[:2] == bytes([HEADER, LAYOUT]):
                yield int.from_bytes(payload[2:6], "little"), position

    def _block(self, position: int, sequence: int) -> _Block | None:
        """A block's content if its snapshot is whole and sealed; torn slots after it are passed over."""
        data = self._device.read(self._at(position), self.places * self._length)
        content = _content(data, self._length, block_seed(self._tag, sequence))
        return None if content is None else _Block(position, sequence, *content)

    def _after(self, step: int) -> int:
        """The block that comes so many after the one in use; before there is one, from the first on."""
        return ((-1 if self._position is None else self._position) + step) % self._count

    def _at(self, position: int) -> int:
        return self._base + position * self._device.geometry.block_bytes


@lru_cache(256)
def _content(data: bytes, length: int, seed: int) -> tuple[Mounted, int] | None:
    """What a block's slots hold, and the place after the last that is not blank; None where its snapshot is not whole.

    Kept, for a sweep mounts the same few blocks again and again.
    """
    next_place = -(-len(data.rstrip(_BLANK)) // length)
    found = [opened(data[place * length : (place + 1) * length], place, seed) for place in range(1, next_place)]
    count = int.from_bytes(data[6:8], "little")
    snapshot = tuple(payload for payload in found[:count] if payload is not None)
    if found[count : count + 1] != [_seal(snapshot)] or len(snapshot) != count:
        return None
    rows = tuple(payload for payload in found[count + 1 :] if payload is not None)
    return Mounted(snapshot, rows), next_place


def _seal(snapshot: Sequence[bytes]) -> bytes:
    checksum = crc32(b"".join(snapshot)).to_bytes(4, "little")
    return _padded(bytes([SEAL, LAYOUT]) + len(snapshot).to_bytes(2, "little") + checksum)


def _padded(payload: bytes) -> bytes:
    return payload.ljust(PAYLOAD_BYTES, b"\0")
