"""The worked examples of lockcore/SERVICE.md, every intermediate value computed anew.

`python -m tests.service_examples` prints section 8 of the document; a test holds the document against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lockcore import Ed25519Verifier, Scope, civil, cmac_keys, passcode_key
from lockcore.byte_cursor import ByteCursor
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from lockcore.secret_pem import public_of
from lockcore.service import SEAL_BYTES, ServiceError, message, open_command, seal_command
from lockcore.service_command import Collect, Command, EndLockOut, Recommission, SetClock, UpdateKeys, pack
from tests import bench_keys

PRIVATE = bytes(range(96, 128))
PUBLIC = public_of(PRIVATE)
LOCK_ID = "L0001"
NONCE = bytes(range(160, 176))

DOOR = Placement(community=1000000001, building="1", floor="4", room="401G", lock_id="L0042")
KEYPAD_KEYS = KeySet(
    service=PUBLIC,
    ed25519={0: bench_keys.PUBLIC},
    passcode=passcode_key.of_room(bytes(range(64, 96)), 1000000001, "1", "4", "401G"),
)
CMAC_KEYS = KeySet(
    service=PUBLIC,
    ed25519={0: bench_keys.PUBLIC, 2: public_of(bytes(range(1, 33)))},
    cmac={
        1: {
            address[0]: cmac_keys.derive(bench_keys.MASTER, 1, address)
            for address in cmac_keys.lock_addresses(1000000001, "1", "4", "401G")
        }
    },
)
EXAMPLES: tuple[tuple[str, Command], ...] = (
    ("Set the clock to 2026-11-23 14:05", SetClock(minute=civil.parse("2026-11-23 14:05"))),
    ("Collect the records", Collect()),
    ("End the lock-out", EndLockOut()),
    ("New keys for a QRP under `ed25519`", UpdateKeys(keys=KEYPAD_KEYS)),
    ("Another door and another id, with keys of both seals", Recommission(placement=DOOR, keys=CMAC_KEYS)),
)

Row = tuple[str, bytes, str]
"""A field's name, its bytes and what they say."""


def field_rows(command: Command) -> Iterator[Row]:
    """The fields of a command's bytes, in order; together they are all of them."""
    packed = pack(command)
    yield "opcode", packed[:1], type(command).__name__
    match command:
        case SetClock():
            yield "minute", packed[1:], civil.text_of(command.minute)
        case UpdateKeys():
            yield from _key_rows(ByteCursor(packed[1:]))
        case Recommission():
            cursor = ByteCursor(packed[1:])
            yield from _placement_rows(cursor)
            yield from _key_rows(cursor)


def _placement_rows(cursor: ByteCursor) -> Iterator[Row]:
    community = cursor.take(5, "community")
    yield "community", community, str(int.from_bytes(community, "big"))
    for name in ("building", "floor", "room", "lock id"):
        text = cursor.text(name)
        yield name, bytes([len(text)]) + text.encode(), text


def _key_rows(cursor: ByteCursor) -> Iterator[Row]:
    ids = cursor.take(2, "ids")
    yield "`ed25519` key ids", ids, _numbers(ids)
    for key_id in _bits(ids):
        yield f"`ed25519` key {key_id}", cursor.take(32, "key"), "public"
    ids = cursor.take(2, "ids")
    yield "`cmac` key ids", ids, _numbers(ids)
    for key_id in _bits(ids):
        scopes = cursor.take(1, "scopes")
        yield f"`cmac` key {key_id}, scopes", scopes, _numbers(scopes)
        for scope in _bits(scopes):
            yield f"`cmac` key {key_id}, {Scope(scope).name}", cursor.take(16, "key"), "secret"
    held = cursor.take(1, "held")
    yield "room key held", held, "yes" if held == b"\x01" else "no"
    if held == b"\x01":
        yield "room key", cursor.take(16, "key"), "secret"
    yield "service key", cursor.take(32, "key"), "public"


def _bits(bits: bytes) -> list[int]:
    number = int.from_bytes(bits, "big")
    return [bit for bit in range(8 * len(bits)) if number >> bit & 1]


def _numbers(bits: bytes) -> str:
    return ", ".join(str(bit) for bit in _bits(bits)) or "none"


def refusals() -> Iterator[tuple[str, bytes, str, bytes]]:
    """What is wrong, the data, and the lock id and nonce of the lock that refuses it."""
    good = seal_command(EndLockOut(), LOCK_ID, NONCE, PRIVATE)
    yield "one bit of the command changed", bytes([good[0] ^ 1]) + good[1:], LOCK_ID, NONCE
    yield "one bit of the seal changed", good[:-1] + bytes([good[-1] ^ 1]), LOCK_ID, NONCE
    yield "at another lock", good, "L0002", NONCE
    yield "under another nonce", good, LOCK_ID, bytes(16)
    yield "no seal", good[:1], LOCK_ID, NONCE
    for title, packed in (
        ("sealed: no opcode", b""),
        ("sealed: an opcode that is not in use", b"\x06"),
        ("sealed: a byte after the command", b"\x04\x00"),
        ("sealed: a minute beyond the calendar", b"\x01" + (civil.LAST_MIN + 1).to_bytes(4, "big")),
    ):
        yield title, packed + _sign(packed), LOCK_ID, NONCE


def _sign(packed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(PRIVATE).sign(message(packed, LOCK_ID, NONCE))


def lines() -> Iterator[str]:
    """The section, line by line."""
    yield f"Private service key: `{PRIVATE.hex()}`  "
    yield f"Public service key: `{PUBLIC.hex()}`  "
    yield f"Lock id: `{LOCK_ID}`  "
    yield f"Nonce: `{NONCE.hex()}`"
    for number, (title, command) in enumerate(EXAMPLES, 1):
        yield ""
        yield f"### 8.{number} {title}"
        yield ""
        yield "| field | bytes, hexadecimal | says |"
        yield "|---|---|---|"
        rows = list(field_rows(command))
        assert b"".join(data for _, data, _ in rows) == pack(command)
        yield from (f"| {name} | {data.hex()} | {meaning} |" for name, data, meaning in rows)
        yield ""
        yield "```"
        yield from _sealing(command)
        yield "```"
    yield ""
    yield f"### 8.{len(EXAMPLES) + 1} What is refused"
    yield ""
    yield from _refused()


def _sealing(command: Command) -> Iterator[str]:
    data = seal_command(command, LOCK_ID, NONCE, PRIVATE)
    yield f"lengths    command {len(data) - SEAL_BYTES}, data {len(data)}"
    yield from _wrapped("message", message(pack(command), LOCK_ID, NONCE).hex())
    yield from _wrapped("seal", data[-SEAL_BYTES:].hex())
    yield from _wrapped("data", data.hex())


def _refused() -> Iterator[str]:
    yield "The data are those of 8.3 but for what is said; those that are sealed are sealed with the key above."
    yield ""
    yield "| what is wrong | data | reason |"
    yield "|---|---|---|"
    for title, data, lock_id, nonce in refusals():
        try:
            open_command(data, lock_id, nonce, Ed25519Verifier(PUBLIC))
        except ServiceError as refused:
            yield f"| {title} | {data.hex()} | {refused.reason} |"


def _wrapped(name: str, value: str) -> Iterator[str]:
    first, *others = wrap(value, 84)
    yield f"{name:10} {first}"
    for other in others:
        yield f"{'':10} {other}"


if __name__ == "__main__":
    print("\n".join(lines()))
