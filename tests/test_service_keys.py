from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given

from lockcore import SealKind, ed25519_profile
from lockcore.byte_cursor import ByteCursor, CursorError
from lockcore.grant import Scope
from lockcore.key_set import BYTES_MAX, KeySet, KeySetError
from lockcore.keyring import KeyRing, lock_keys
from lockcore.placement import BYTES_MAX as PLACEMENT_BYTES_MAX
from lockcore.placement import Placement, PlacementError
from lockcore.service_command import SetClock
from tests.bench_keys import MASTER, PUBLIC
from tests.service_strategies import key_sets, placements

SCOPES = {scope: bytes([16 * (scope + 1)]) * 16 for scope in Scope}
FULL = KeySet(
    service=PUBLIC, ed25519={0: PUBLIC, 15: PUBLIC}, cmac={1: SCOPES, 2: SCOPES}, passcode=b"\xa5" * 16
)  # fmt: skip
DOOR = Placement(community=1000000001, building="1", floor="4", room="401G", lock_id="L1")


@given(key_sets())
def test_a_key_set_has_one_encoding(keys: KeySet) -> None:
    """Bytes give back the keys that they were made of, all bytes are used, and none exceeds the buffer."""
    data = keys.to_bytes()
    cursor = ByteCursor(data)
    assert KeySet.take(cursor) == keys
    cursor.end("keys")
    assert len(data) <= BYTES_MAX


@given(placements)
def test_a_placement_has_one_encoding(placement: Placement) -> None:
    """Bytes give back the placement, all bytes are used, and none exceeds the buffer."""
    data = placement.to_bytes()
    cursor = ByteCursor(data)
    assert Placement.take(cursor) == placement
    cursor.end("placement")
    assert len(data) <= PLACEMENT_BYTES_MAX


def test_the_longest_are_as_long_as_said() -> None:
    """The limits for a lock's buffer are reached."""
    widest = Placement(community=99_999_999_999, building="65535", floor="65535", room="PENTHSE1", lock_id="A" * 16)
    assert len(widest.to_bytes()) == PLACEMENT_BYTES_MAX == 43
    assert len(FULL.to_bytes()) == BYTES_MAX == 247


def test_the_order_of_keys_is_theirs() -> None:
    """The order in which keys were given leaves no trace in the bytes."""
    backwards = replace(
        FULL,
        ed25519={key_id: FULL.ed25519[key_id] for key_id in (15, 0)},
        cmac={key_id: {scope: SCOPES[scope] for scope in reversed(Scope)} for key_id in (2, 1)},
    )
    assert backwards.to_bytes() == FULL.to_bytes()


@given(key_sets(), placements)
def test_a_key_set_round_trips_with_an_export(keys: KeySet, placement: Placement) -> None:
    """Cards' keys come from a key ring's export and go back into one, which makes verifiers of them."""
    export = keys.export_at(placement)
    assert KeySet.of_export(export) == keys
    assert (export.community, export.room) == (placement.community, placement.room)
    assert export.verifiers().ed25519.keys() == keys.ed25519.keys()


def test_the_keys_of_a_ring_fit() -> None:
    """What a ring with two live keys of each seal exports is a key set."""
    ring = KeyRing(1000000001)
    for kind, public in ((SealKind.ED25519, PUBLIC), (SealKind.CMAC, None)) * 2:
        ring = ring.with_key(kind, public)
    export = replace(lock_keys(ring, {1: MASTER, 3: MASTER}, "1", "4", "401G"), service=PUBLIC)
    keys = KeySet.of_export(export)
    assert keys.export_at(DOOR) == export


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("service", {"service": PUBLIC[:-1]}),
        ("service", {"service": bytes(32)}),
        ("service", {"service": PUBLIC.hex()}),
        ("ed25519", {"ed25519": {0: bytes(32)}}),
        ("ed25519", {"ed25519": {0: ed25519_profile.P.to_bytes(32, "little")}}),
        ("ed25519", {"ed25519": {16: PUBLIC}}),
        ("ed25519", {"ed25519": {-1: PUBLIC}}),
        ("ed25519", {"ed25519": {True: PUBLIC}}),
        ("ed25519", {"ed25519": {0: PUBLIC, 3: PUBLIC, 4: PUBLIC}}),
        ("cmac", {"cmac": {0: SCOPES}}),
        ("cmac", {"cmac": {1: {}}}),
        ("cmac", {"cmac": {1: {0: bytes(16)}}}),
        ("cmac", {"cmac": {1: {Scope.ROOM: bytes(15)}}}),
        ("cmac", {"cmac": {1: SCOPES, 2: SCOPES, 3: SCOPES}}),
        ("passcode", {"passcode": bytes(32)}),
        ("passcode", {"passcode": bytearray(16)}),
    ],
)
def test_a_key_set_is_never_invalid(field: str, fields: dict[str, Any]) -> None:
    """A key that cannot be one, too many of them, and an id that is not one key's are refused by part."""
    with pytest.raises(KeySetError) as raised:
        replace(FULL, **fields)
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("community", 0),
        ("community", 10**11),
        ("community", True),
        ("building", "01"),
        ("floor", "65536"),
        ("room", "401g"),
        ("lock id", ""),
        ("lock id", "l1"),
        ("lock id", "A" * 17),
        ("lock id", "L1\n"),
    ],
)
def test_a_placement_is_never_invalid(field: str, value: Any) -> None:
    """An address or lock id that is not canonical is refused by name."""
    with pytest.raises(PlacementError) as raised:
        replace(DOOR, **{field.replace(" ", "_"): value})
    assert raised.value.field == field


@pytest.mark.parametrize(("value", "field"), [(FULL, "passcode"), (DOOR, "lock_id"), (SetClock(minute=1), "minute")])
def test_values_are_immutable(value: Any, field: str) -> None:
    """Keys, placements and commands are checked once, so none of their fields can be set afterwards."""
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, None)


def test_secrets_do_not_show() -> None:
    """No representation of a key set holds a secret, in any form."""
    shown = repr(FULL)
    assert "passcode" not in shown
    assert "cmac" not in shown
    assert not any(secret.hex() in shown or repr(secret) in shown for secret in (*SCOPES.values(), b"\xa5" * 16))


def test_a_cursor_gives_what_is_there() -> None:
    """Numbers, texts and bytes come in order; beyond the end, and before it, something is wrong."""
    cursor = ByteCursor(b"\x01\x02\x02ab\xff")
    assert (cursor.number(2, "n"), cursor.text("t")) == (0x0102, "ab")
    with pytest.raises(CursorError, match="n: the bytes go on"):
        cursor.end("n")
    with pytest.raises(CursorError, match="x: the bytes end"):
        cursor.take(2, "x")
    assert cursor.take(1, "x") == b"\xff"
    cursor.end("n")
    with pytest.raises(CursorError, match="t: ASCII"):
        ByteCursor(b"\x01\x80").text("t")
