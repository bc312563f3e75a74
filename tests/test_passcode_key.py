from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import passcode_key
from lockcore.passcode import DIGITS, Passcode, PasscodeKind, digits_of, read

MASTER = bytes(range(64, 96))
ROOM_KEY = passcode_key.of_room(MASTER, 1000000001, "1", "4", "401G")
NIGHT = Passcode(kind=PasscodeKind.ONE_TIME, start_h=104_000, length_h=24, sequence=3)
marks = st.integers(0, passcode_key.ROOM_MARK_MAX)


def hkdf_by_the_book(secret: bytes, info: bytes) -> bytes:
    """RFC 5869 without a salt, for up to 32 bytes: extract, then one block of expand."""
    extracted = hmac.new(bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()[:16]


@given(st.binary(min_size=16, max_size=16), marks)
def test_the_step_to_the_mark_is_written_out(room_key: bytes, mark: int) -> None:
    """HKDF over the label and the mark, each after its length (PASSCODE.md, section 2)."""
    info = b"\x17qrlock passcode mark v1\x04" + mark.to_bytes(4, "big")
    assert passcode_key.mark_info(mark) == info
    assert passcode_key.derive(room_key, mark) == hkdf_by_the_book(room_key, info)


def test_the_step_to_the_room_is_written_out() -> None:
    """HKDF over the label and the four texts of the address, each after its length."""
    info = b"\x1bqrlock room passcode key v1\x02\x00\x00\x0a1000000001\x011\x014\x04401G"
    assert passcode_key.room_info(1000000001, "1", "4", "401G", 0) == info
    assert hkdf_by_the_book(MASTER, info) == ROOM_KEY


def test_rooms_have_keys_of_their_own() -> None:
    """No two addresses share a key, however their texts run together."""
    addresses = [
        (1, "1", "01A", "1"),
        (1, "1", "0", "1A1"),
        (11, "1", "0", "1"),
        (1, "11", "0", "1"),
        (1, "1", "1", ""),
    ]
    keys = {passcode_key.of_room(MASTER, *a, generation=n) for a in addresses for n in (0, 1, 256, 65_535)}
    assert len(keys) == 4 * len(addresses)


@given(marks, marks)
def test_an_accepted_loss_report_voids_what_came_before(old: int, new: int) -> None:
    """Under another mark the same passcode has other digits, and its old ones are not read as it."""
    before, after = passcode_key.derive(ROOM_KEY, old), passcode_key.derive(ROOM_KEY, new)
    assert (before == after) is (old == new)
    if old != new:
        assert digits_of(NIGHT, before) != digits_of(NIGHT, after)
        assert read(digits_of(NIGHT, before), after) != NIGHT


def test_digits_of_another_mark_are_as_good_as_random() -> None:
    """Of 3,000 marks' digits those under the last mark find some passcode in 1.25 % and never one that holds now."""
    key = passcode_key.derive(ROOM_KEY, 3_000)
    found = [read(digits_of(NIGHT, passcode_key.derive(ROOM_KEY, mark)), key) for mark in range(3_000)]
    assert 15 <= sum(passcode is not None for passcode in found) <= 65
    now_min = NIGHT.window_min[0]
    assert not [p for p in found if p and p.window_min[0] <= now_min < p.window_min[1]]


def test_marks_share_digits_by_chance_alone() -> None:
    """The digits of one passcode under 500 marks agree with those under mark 0 in a tenth of the places."""
    first = digits_of(NIGHT, passcode_key.derive(ROOM_KEY, 0))
    others = [digits_of(NIGHT, passcode_key.derive(ROOM_KEY, mark)) for mark in range(1, 501)]
    shared = sum(a == b for other in others for a, b in zip(first, other, strict=True))
    assert 0.07 < shared / (len(others) * DIGITS) < 0.13


@pytest.mark.parametrize("mark", [-1, 2**32, True, 1.0, None])
def test_marks_that_no_report_sets(mark) -> None:  # type: ignore[no-untyped-def]
    """A mark is a serial."""
    with pytest.raises(passcode_key.PasscodeKeyError, match="0 to 4294967295"):
        passcode_key.derive(ROOM_KEY, mark)


@pytest.mark.parametrize("generation", [-1, 2**16, True, "1"])
def test_generations_out_of_range(generation) -> None:  # type: ignore[no-untyped-def]
    """A generation fits two bytes."""
    with pytest.raises(passcode_key.PasscodeKeyError, match="0 to 65535"):
        passcode_key.of_room(MASTER, 1, "1", "1", "1", generation=generation)


def test_keys_of_the_wrong_length() -> None:
    """A master has 32 bytes and a room's key 16; neither is shown."""
    with pytest.raises(passcode_key.PasscodeKeyError, match="32 bytes"):
        passcode_key.of_room(bytes(16), 1, "1", "1", "1")
    with pytest.raises(passcode_key.PasscodeKeyError, match="16 bytes"):
        passcode_key.derive(bytes(32), 0)
