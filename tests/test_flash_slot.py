"""The slot: what was sealed is opened, in its own place and life alone; what was torn is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import QrlockError
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.slot import (
    PAYLOAD_BYTES,
    SLOT_BYTES,
    SlotError,
    block_seed,
    is_blank,
    opened,
    sealed,
    slot_bytes,
    slots_per_block,
)

geometries = pytest.mark.parametrize("geometry", GEOMETRIES.values(), ids=GEOMETRIES)
payloads = st.builds(
    lambda kind, rest: bytes([kind]) + rest, st.integers(1, 0xFE), st.binary(min_size=19, max_size=19)
)  # fmt: skip
places = st.integers(0, 0xFFFF)
sequences = st.integers(0, 0xFFFF_FFFF)
tags = st.binary(min_size=1, max_size=8)
lengths = st.sampled_from([24, 32])


@given(payloads, places, sequences, tags, lengths)
def test_what_is_sealed_is_opened(payload: bytes, place: int, sequence: int, tag: bytes, length: int) -> None:
    """The padding is left erased."""
    slot = sealed(payload, place, block_seed(tag, sequence), length)
    assert len(slot) == length and is_blank(slot[SLOT_BYTES:]) and not is_blank(slot)
    assert opened(slot, place, block_seed(tag, sequence)) == payload


@given(payloads, places, places, sequences, tags)
def test_a_slot_is_none_at_any_other_place(payload: bytes, place: int, other: int, sequence: int, tag: bytes) -> None:
    """A difference of two bytes always shows in 32 bits of CRC: this is certain, not likely."""
    seed = block_seed(tag, sequence)
    found = opened(sealed(payload, place, seed, SLOT_BYTES), other, seed)
    assert found == (payload if place == other else None)


@given(payloads, places, sequences, sequences, tags)
def test_a_slot_is_none_in_any_other_life(payload: bytes, place: int, life: int, other: int, tag: bytes) -> None:
    """As certain: of two sequence numbers."""
    slot = sealed(payload, place, block_seed(tag, life), SLOT_BYTES)
    assert opened(slot, place, block_seed(tag, other)) == (payload if life == other else None)


@given(payloads, places, sequences, sequences, sequences)
def test_a_slot_is_none_in_any_other_epoch(payload: bytes, place: int, sequence: int, epoch: int, other: int) -> None:
    """As certain: of two epochs, which end the tag."""
    slot = sealed(payload, place, block_seed(b"M" + epoch.to_bytes(4, "little"), sequence), SLOT_BYTES)
    found = opened(slot, place, block_seed(b"M" + other.to_bytes(4, "little"), sequence))
    assert found == (payload if epoch == other else None)


@given(payloads, places, sequences, st.integers(0, 8 * SLOT_BYTES - 1), st.integers(1, 0xFFFF_FFFF))
def test_no_burst_of_changed_bits_passes(payload: bytes, place: int, sequence: int, at: int, burst: int) -> None:
    """Any change within 32 neighbouring bits is found."""
    seed = block_seed(b"T", sequence)
    slot = int.from_bytes(sealed(payload, place, seed, SLOT_BYTES), "little")
    changed = slot ^ (burst << at & (1 << 8 * SLOT_BYTES) - 1)
    found = opened(changed.to_bytes(SLOT_BYTES, "little"), place, seed)
    assert found == (payload if changed == slot else None)


@given(places, sequences, tags, lengths)
def test_neither_blank_nor_zeroed_flash_is_a_slot(place: int, sequence: int, tag: bytes, length: int) -> None:
    """Whatever the checksum of such bytes may be."""
    for cells in (b"\xff", b"\0"):
        assert opened(cells * length, place, block_seed(tag, sequence)) is None


@pytest.mark.parametrize("kind", [0, 0xFF])
def test_a_kind_that_flash_shows_by_itself_is_none(kind: int) -> None:
    """Even with the right checksum after it."""
    seed = block_seed(b"T", 1)
    payload = bytes([kind]) + bytes(19)
    good = sealed(b"\x01" + bytes(19), 3, seed, SLOT_BYTES)
    ours, theirs = _checksum(payload, 3, seed), _checksum(good[:PAYLOAD_BYTES], 3, seed)
    assert good[PAYLOAD_BYTES:] == theirs and opened(good, 3, seed) is not None
    assert opened(payload + ours, 3, seed) is None


@pytest.mark.parametrize("payload", [b"", bytes(20), b"\xff" * 20, b"\x01" * 19, b"\x01" * 21])
def test_a_payload_that_would_never_be_found_again_is_an_error(payload: bytes) -> None:
    """Of our own type, and not the one of worn flash."""
    with pytest.raises(SlotError) as raised:
        sealed(payload, 0, 0, SLOT_BYTES)
    assert isinstance(raised.value, QrlockError)


@geometries
def test_slots_are_whole_program_units(geometry: Geometry) -> None:
    """24 bytes, or the unit where that is longer; and no slot reaches over the end of a block."""
    length = slot_bytes(geometry)
    assert length % geometry.program_bytes == 0 and length - geometry.program_bytes < SLOT_BYTES <= length
    assert 0 <= geometry.block_bytes - slots_per_block(geometry) * length < length


def _checksum(payload: bytes, place: int, seed: int) -> bytes:
    """The formula of FLASH.md, section 2, with a CRC-32 worked out bit by bit."""
    crc = seed ^ 0xFFFF_FFFF
    for byte in payload + place.to_bytes(2, "little"):
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB8_8320 if crc & 1 else 0)
    return (crc ^ 0xFFFF_FFFF).to_bytes(4, "little")
