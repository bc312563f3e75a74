from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from lockcore import Ed25519Verifier, civil
from lockcore.field_error import FieldError
from lockcore.seal import CMAC_LABEL, ED25519_LABEL, SealKeyError
from lockcore.secret_pem import public_of
from lockcore.service import (
    DATA_BYTES_MAX,
    LABEL,
    SEAL_BYTES,
    ServiceError,
    ServiceReason,
    message,
    open_command,
    seal_command,
)
from lockcore.service_command import (
    BYTES_MAX,
    Collect,
    Command,
    CommandError,
    EndLockOut,
    Recommission,
    SetClock,
    UpdateKeys,
    pack,
    unpack,
)
from tests.bench_keys import PUBLIC
from tests.service_strategies import commands, lock_ids, nonces
from tests.test_service_keys import DOOR, FULL

SERVICE_PRIVATE = bytes(range(96, 128))
VERIFIER = Ed25519Verifier(public_of(SERVICE_PRIVATE))
LOCK_ID = "L1"
NONCE = bytes(range(128, 144))
NOON = civil.parse("2026-11-23 12:00")
KEYS = replace(FULL, cmac={1: FULL.cmac[1]})
EVERY: tuple[Command, ...] = (
    SetClock(minute=NOON),
    UpdateKeys(keys=KEYS),
    Collect(),
    EndLockOut(),
    Recommission(placement=DOOR, keys=KEYS),
)
every_command = pytest.mark.parametrize("command", EVERY, ids=lambda command: type(command).__name__)


def sealed(packed: bytes) -> bytes:
    """Any bytes as a command that the right key sealed for the right lock and nonce."""
    return packed + Ed25519PrivateKey.from_private_bytes(SERVICE_PRIVATE).sign(message(packed, LOCK_ID, NONCE))


def opened(data: bytes) -> Command | ServiceReason:
    """What the lock makes of it: a command, or the reason of the one error."""
    try:
        return open_command(data, LOCK_ID, NONCE, VERIFIER)
    except ServiceError as refused:
        return refused.reason


@given(commands, lock_ids, nonces)
def test_a_sealed_command_opens(command: Command, lock_id: str, nonce: bytes) -> None:
    """Every command comes out as it went in, at the lock and for the nonce that it was sealed for."""
    data = seal_command(command, lock_id, nonce, SERVICE_PRIVATE)
    assert open_command(data, lock_id, nonce, VERIFIER) == command
    assert SEAL_BYTES < len(data) <= DATA_BYTES_MAX


@given(commands)
def test_a_command_has_one_encoding(command: Command) -> None:
    """Bytes give back the command, and no command needs more of them than a lock has room for."""
    assert unpack(pack(command)) == command
    assert len(pack(command)) <= BYTES_MAX


def test_the_commands_are_written_out() -> None:
    """Opcode and fields of the short commands, byte by byte (SERVICE.md, section 2)."""
    assert pack(SetClock(minute=0x01020304)).hex() == "0101020304"
    assert (pack(Collect()), pack(EndLockOut())) == (b"\x03", b"\x04")
    assert pack(UpdateKeys(keys=KEYS)) == b"\x02" + KEYS.to_bytes()
    assert pack(Recommission(placement=DOOR, keys=KEYS)) == b"\x05" + DOOR.to_bytes() + KEYS.to_bytes()
    assert DOOR.to_bytes() == b"\x00\x3b\x9a\xca\x01\x011\x014\x04401G\x02L1"


def test_what_is_sealed_is_written_out() -> None:
    """Label, lock id after its length, nonce, command; a label of its own, as long as those of cards."""
    assert message(b"\x03", LOCK_ID, NONCE) == b"qrlock service\x00\x01\x02L1" + NONCE + b"\x03"
    assert len({LABEL, ED25519_LABEL, CMAC_LABEL}) == 3
    assert len(LABEL) == len(ED25519_LABEL) == 16


@every_command
def test_every_bit_is_sealed(command: Command) -> None:
    """A command with any one bit changed has no seal, whichever bit it is."""
    data = seal_command(command, LOCK_ID, NONCE, SERVICE_PRIVATE)
    number = int.from_bytes(data, "big")
    for bit in range(8 * len(data)):
        assert opened((number ^ 1 << bit).to_bytes(len(data), "big")) is ServiceReason.BAD_SEAL


@every_command
def test_a_command_is_for_one_lock_and_one_nonce(command: Command) -> None:
    """Elsewhere, later, or under another key it has no seal: a recorded command is worth nothing."""
    data = seal_command(command, LOCK_ID, NONCE, SERVICE_PRIVATE)
    for lock_id, nonce, verifier in (
        ("L2", NONCE, VERIFIER),
        ("L", NONCE, VERIFIER),
        (LOCK_ID, bytes(16), VERIFIER),
        (LOCK_ID, NONCE, Ed25519Verifier(PUBLIC)),
    ):
        with pytest.raises(ServiceError) as refused:
            open_command(data, lock_id, nonce, verifier)
        assert refused.value.reason is ServiceReason.BAD_SEAL


@given(lock_ids, lock_ids, nonces, nonces, commands, commands)
def test_no_two_messages_are_one(one: str, two: str, n1: bytes, n2: bytes, c1: Command, c2: Command) -> None:
    """Lock, nonce and command can be read back from what is sealed, so nothing runs together."""
    same = (one, n1, pack(c1)) == (two, n2, pack(c2))
    assert (message(pack(c1), one, n1) == message(pack(c2), two, n2)) is same


@every_command
def test_cut_short_or_drawn_out_it_has_no_seal(command: Command) -> None:
    """Bytes left out at either end, or put there, break the seal."""
    data = seal_command(command, LOCK_ID, NONCE, SERVICE_PRIVATE)
    for other in (*(data[:n] for n in range(len(data))), data[1:], data + b"\x00", b"\x00" + data, data + data):
        assert opened(other) is ServiceReason.BAD_SEAL


def test_a_cards_seal_is_no_commands() -> None:
    """The service key's signature under a card's label opens nothing at the service port."""
    private = Ed25519PrivateKey.from_private_bytes(SERVICE_PRIVATE)
    for label in (ED25519_LABEL, CMAC_LABEL, b""):
        packed = pack(EndLockOut())
        assert opened(packed + private.sign(label + b"\x02L1" + NONCE + packed)) is ServiceReason.BAD_SEAL


LATE = pack(SetClock(minute=civil.LAST_MIN))
UPDATE = pack(UpdateKeys(keys=KEYS))
BARE = pack(UpdateKeys(keys=replace(KEYS, ed25519={}, cmac={}, passcode=None)))
MOVE = pack(Recommission(placement=DOOR, keys=KEYS))
MALFORMED = {
    "nothing": b"",
    "opcode 0": b"\x00",
    "an opcode beyond the last": b"\x06",
    "blank flash": b"\xff" * 5,
    "a clock without a minute": b"\x01",
    "a minute of three bytes": LATE[:-1],
    "a minute of five bytes": LATE + b"\x00",
    "a minute beyond the last": b"\x01" + (civil.LAST_MIN + 1).to_bytes(4, "big"),
    "a minute of all ones": b"\x01" + b"\xff" * 4,
    "collect, and more": b"\x03\x00",
    "end lock-out, twice": b"\x04\x04",
    "no keys": b"\x02",
    "keys cut short": UPDATE[:-1],
    "keys, and more": UPDATE + b"\x00",
    "three public keys": b"\x02\x00\x07" + PUBLIC * 3 + BARE[3:],
    "all public keys there could be": b"\x02\xff\xff",
    "a public key of low order": b"\x02\x00\x01" + bytes(32) + BARE[3:],
    "three cmac keys": b"\x02\x00\x00\x00\x07" + (b"\x01" + bytes(16)) * 3 + BARE[5:],
    "a cmac key without scopes": b"\x02\x00\x00\x00\x01\x00" + BARE[5:],
    "a cmac key of a fifth scope": b"\x02\x00\x00\x00\x01\x10" + bytes(16) + BARE[5:],
    "one key id under both seals": b"\x02\x00\x01" + PUBLIC + b"\x00\x01\x01" + bytes(16) + BARE[5:],
    "a passcode flag of two": BARE[:5] + b"\x02" + bytes(16) + BARE[6:],
    "a flag without its passcode key": BARE[:5] + b"\x01" + BARE[6:],
    "a service key of low order": BARE[:-32] + b"\x01" + bytes(31),
    "a community of zero": MOVE[:1] + bytes(5) + MOVE[6:],
    "a community of twelve digits": MOVE[:1] + (10**11).to_bytes(5, "big") + MOVE[6:],
    "a building with a zero in front": MOVE[:6] + b"\x0201" + MOVE[8:],
    "a building of no letters": MOVE[:6] + b"\x00" + MOVE[8:],
    "a building in lower case": MOVE[:6] + b"\x01b" + MOVE[8:],
    "a building that is not ASCII": MOVE[:6] + b"\x01\xe9" + MOVE[8:],
    "a building longer than all": MOVE[:6] + b"\xff" + MOVE[8:],
    "a lock without an id": b"\x05\x00\x3b\x9a\xca\x01\x011\x014\x04401G\x00" + KEYS.to_bytes(),
    "a door without keys": b"\x05" + DOOR.to_bytes(),
}


@pytest.mark.parametrize("packed", MALFORMED.values(), ids=MALFORMED.keys())
def test_sealed_and_yet_no_command(packed: bytes) -> None:
    """What the right key sealed and is no command is MALFORMED, whatever is wrong with it."""
    assert opened(sealed(packed)) is ServiceReason.MALFORMED


@pytest.mark.parametrize("packed", MALFORMED.values(), ids=MALFORMED.keys())
def test_nothing_is_parsed_before_the_seal(packed: bytes) -> None:
    """The same bytes without a seal that holds are BAD_SEAL: the parser is out of a stranger's reach."""
    assert opened(packed + bytes(SEAL_BYTES)) is ServiceReason.BAD_SEAL


def test_longer_than_a_lock_has_room_for() -> None:
    """The longest command fits the buffer; one byte more is not looked at, sealed or not."""
    assert opened(sealed(bytes(BYTES_MAX))) is ServiceReason.MALFORMED
    assert opened(sealed(bytes(BYTES_MAX + 1))) is ServiceReason.BAD_SEAL


@given(st.binary(max_size=DATA_BYTES_MAX + 8))
def test_any_bytes_have_no_seal(data: bytes) -> None:
    """Nothing but BAD_SEAL comes of bytes that nobody sealed."""
    assert opened(data) is ServiceReason.BAD_SEAL


@settings(max_examples=500)
@given(st.builds(lambda opcode, rest: bytes([opcode]) + rest, st.integers(0, 8), st.binary(max_size=BYTES_MAX - 1)))
def test_any_sealed_bytes_are_a_command_or_malformed(packed: bytes) -> None:
    """Nothing but the one error comes of sealed bytes, and a command only of its own bytes."""
    made = opened(sealed(packed))
    assert made is ServiceReason.MALFORMED or pack(made) == packed  # type: ignore[arg-type]


@settings(max_examples=500)
@given(commands, st.data())
def test_a_command_changed_before_it_was_sealed(command: Command, data: st.DataObject) -> None:
    """Bytes changed, cut or added under a good seal make another command of exactly these bytes, or none."""
    packed = bytearray(pack(command))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    made = opened(sealed(bytes(packed)))
    assert isinstance(made, ServiceReason) or pack(made) == packed


@pytest.mark.parametrize("minute", [-1, civil.LAST_MIN + 1, True, 1.0, None])
def test_minutes_that_no_clock_shows(minute: Any) -> None:
    """A clock is set to a minute of the calendar."""
    with pytest.raises(CommandError, match="minute"):
        SetClock(minute=minute)


@pytest.mark.parametrize("lock_id", ["", "l1", "A" * 17, "L1\n", None])
def test_lock_ids_that_cannot_be(lock_id: Any) -> None:
    """A command is sealed for, and opened at, a lock that has an id."""
    with pytest.raises(CommandError, match="lock id"):
        seal_command(Collect(), lock_id, NONCE, SERVICE_PRIVATE)
    with pytest.raises(CommandError, match="lock id"):
        open_command(bytes(65), lock_id, NONCE, VERIFIER)


@pytest.mark.parametrize("nonce", [b"", NONCE[1:], NONCE + b"\x00", "0" * 16, None])
def test_nonces_that_cannot_be(nonce: Any) -> None:
    """A nonce has 16 bytes, or nothing is sealed or opened."""
    with pytest.raises(CommandError, match="nonce"):
        seal_command(Collect(), LOCK_ID, nonce, SERVICE_PRIVATE)
    with pytest.raises(CommandError, match="nonce"):
        open_command(bytes(65), LOCK_ID, nonce, VERIFIER)


def test_a_private_key_of_the_wrong_length() -> None:
    """It is refused, and not shown."""
    with pytest.raises(SealKeyError, match="32 bytes"):
        seal_command(Collect(), LOCK_ID, NONCE, SERVICE_PRIVATE[1:])


@every_command
def test_no_secret_shows(command: Command) -> None:
    """Neither a command's representation nor the message of its refusal holds a key that it brings."""
    shown = [repr(command)]
    for packed in (pack(command) + b"\x00", pack(command)[:-1]):
        with pytest.raises(ServiceError) as refused:
            open_command(sealed(packed), LOCK_ID, NONCE, VERIFIER)
        shown += [str(refused.value), repr(refused.value), refused.value.where]
    secrets = [KEYS.passcode or b"", *KEYS.cmac[1].values()]
    assert not [s for s in secrets for text in shown if s.hex() in text or repr(s)[2:-1] in text]


def test_the_errors_travel() -> None:
    """Both kinds of error survive the way from a worker process."""
    refused = pickle.loads(pickle.dumps(ServiceError(ServiceReason.MALFORMED, "opcode")))
    assert (refused.reason, refused.where, str(refused)) == (ServiceReason.MALFORMED, "opcode", "MALFORMED: opcode")
    broken = pickle.loads(pickle.dumps(CommandError("nonce", "16 bytes")))
    assert (type(broken), broken.field, broken.rule) == (CommandError, "nonce", "16 bytes")
    assert isinstance(broken, FieldError)
