"""The service port: what is sealed by the service key, and no command."""

from __future__ import annotations

from collections.abc import Iterator

from lockcore import civil
from lockcore.secret_pem import public_of
from vectors.families.lock_life import Life
from vectors.families.lock_requests import serve, shows
from vectors.families.lock_service import BARE, EXHAUSTED, NEXT, NO_COMMAND, PUBLIC, life_of
from vectors.families.site import DOOR, SERVICE_PRIVATE, card, keys_of


def lives() -> Iterator[Life]:
    """All of them."""
    keys = BARE.to_bytes()
    public, none = PUBLIC, b"\0\0"
    service = public_of(SERVICE_PRIVATE)
    place = DOOR.to_bytes()

    def key_set(
        ed25519: bytes = b"\0\1" + public, cmac: bytes = none, room: bytes = b"\0", by: bytes = service
    ) -> bytes:
        return b"\x02" + ed25519 + cmac + room + by

    def door(community: int = 1, *items: bytes) -> bytes:
        texts = items or (b"1", b"4", b"401G", b"L1")
        return b"\5" + community.to_bytes(5, "big") + b"".join(bytes([len(item)]) + item for item in texts) + keys

    one, p = (1).to_bytes(32, "little"), (2**255 - 19).to_bytes(32, "little")
    y8 = bytes.fromhex("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7")[::-1]
    bad: tuple[tuple[str, str, bytes], ...] = (
        ("empty", "No opcode.", b""),
        ("opcode-0", "Opcode 0.", b"\0"),
        ("opcode-6", "Opcode 6.", b"\6"),
        ("opcode-255", "Opcode 255.", b"\xff"),
        ("opcode-129", "Opcode 129.", b"\x81\0\0\0\0"),
        ("clock-short", "A minute of three bytes.", b"\1\0\0\0"),
        ("clock-none", "No minute.", b"\1"),
        ("clock-long", "A byte after the minute.", b"\1\0\0\0\0\0"),
        ("clock-beyond", "The minute after the last.", b"\1" + (civil.LAST_MIN + 1).to_bytes(4, "big")),
        ("clock-all-ones", "The minute that stands for none.", b"\1\xff\xff\xff\xff"),
        ("collect-long", "A byte after Collect.", b"\3\0"),
        ("end-long", "A byte after EndLockOut.", b"\4\0"),
        ("keys-none", "No key set.", b"\2"),
        ("keys-long", "A byte after the key set.", b"\2" + keys + b"\0"),
        ("keys-short", "A byte of the key set is missing.", b"\2" + keys[:-1]),
        ("keys-three-ed25519", "Three ed25519 keys.", key_set(b"\0\7" + public * 3)),
        ("keys-three-cmac", "Three cmac keys.", key_set(cmac=b"\0\x0e" + (b"\1" + bytes(16)) * 3)),
        ("keys-no-scope", "A cmac key for no scope.", key_set(cmac=b"\0\2\0")),
        ("keys-scope-4", "A cmac key for scope 4.", key_set(cmac=b"\0\2\x10" + bytes(16))),
        ("keys-scope-4-too", "And for scope 0.", key_set(cmac=b"\0\2\x11" + bytes(32))),
        ("keys-shared-id", "A key id of both seals.", key_set(cmac=b"\0\1\1" + bytes(16))),
        ("keys-room-2", "2 before the room key.", key_set(room=b"\2" + bytes(16))),
        ("keys-room-255", "255 before the room key.", key_set(room=b"\xff" + bytes(16))),
        ("keys-room-short", "A room key of 15 bytes.", key_set(room=b"\1" + bytes(15))),
        ("keys-low-order", "A public key of order 1.", key_set(b"\0\1" + one)),
        ("keys-low-order-2", "One of order 2.", key_set(b"\0\1" + (2**255 - 20).to_bytes(32, "little"))),
        ("keys-low-order-4", "One of order 4.", key_set(b"\0\1" + bytes(32))),
        ("keys-low-order-4-signed", "The other one of order 4.", key_set(b"\0\1" + bytes(31) + b"\x80")),
        ("keys-low-order-8", "One of order 8.", key_set(b"\0\1" + y8)),
        ("keys-low-order-second", "A second key of order 1.", key_set(b"\0\3" + public + one)),
        ("keys-not-canonical", "A public key that is p.", key_set(b"\0\1" + p)),
        ("keys-service-low-order", "A service key of order 1.", key_set(by=one)),
        ("keys-service-not-canonical", "A service key above p.", key_set(by=(2**255 - 1).to_bytes(32, "little"))),
        ("door-community-0", "Community 0.", door(0)),
        ("door-community-beyond", "A community of 12 digits.", door(100_000_000_000)),
        ("door-community-all-ones", "The largest number there.", door((1 << 40) - 1)),
        ("door-building-leading-zero", "Building 01.", door(1, b"01", b"4", b"401G", b"L1")),
        ("door-building-65536", "Building 65536.", door(1, b"65536", b"4", b"401G", b"L1")),
        ("door-building-long", "A building of five letters.", door(1, b"ABCDE", b"4", b"401G", b"L1")),
        ("door-building-empty", "No building.", door(1, b"", b"4", b"401G", b"L1")),
        ("door-floor-empty", "No floor.", door(1, b"1", b"", b"401G", b"L1")),
        ("door-floor-lower-case", "A floor in lower case.", door(1, b"1", b"b", b"401G", b"L1")),
        ("door-floor-00", "Floor 00.", door(1, b"1", b"00", b"401G", b"L1")),
        ("door-room-empty", "No room.", door(1, b"1", b"4", b"", b"L1")),
        ("door-room-long", "A room of nine characters.", door(1, b"1", b"4", b"123456789", b"L1")),
        ("door-room-lower-case", "A room in lower case.", door(1, b"1", b"4", b"401g", b"L1")),
        ("door-room-space", "A room with a space.", door(1, b"1", b"4", b"4 1", b"L1")),
        ("door-lock-id-empty", "No lock id.", door(1, b"1", b"4", b"401G", b"")),
        ("door-lock-id-long", "A lock id of 17.", door(1, b"1", b"4", b"401G", b"L" * 17)),
        ("door-lock-id-lower-case", "A lock id in lower case.", door(1, b"1", b"4", b"401G", b"l1")),
        ("door-short", "A placement that ends early.", b"\5" + place[:-1]),
        ("door-no-keys", "A placement without keys.", b"\5" + place),
        ("door-long", "A byte after the keys.", b"\5" + place + keys + b"\0"),
        ("door-length-beyond", "A length beyond the data.", b"\5" + place[:5] + b"\xff"),
        ("keys-three-ed25519-no-key", "Three ed25519 key ids, and no key.", key_set(b"\0\7")),
        ("keys-three-cmac-no-key", "Three cmac key ids, and no key.", key_set(cmac=b"\0\x0e")),
        ("keys-shared-id-no-key", "A key id of both seals, and no second key.", key_set(cmac=b"\0\1")),
        ("keys-scope-4-no-key", "Scope 4 alone, and no key.", key_set(cmac=b"\0\2\x10")),
        ("keys-room-2-no-key", "2 before no room key.", key_set(room=b"\2")),
        *(
            (f"keys-cut-{at}", f"A key set that ends after {what}.", b"\2" + keys_of().to_bytes()[:at])
            for at, what in (
                (1, "half the ed25519 key ids"), (2, "the ed25519 key ids"), (33, "31 bytes of a public key"),
                (34, "the ed25519 keys"), (35, "half the cmac key ids"), (36, "the cmac key ids"),
                (37, "the scopes"), (52, "15 bytes of the first scope's key"), (53, "one scope's key of four"),
                (100, "15 bytes of the last scope's key"), (101, "the cmac keys"), (102, "01 before a room key"),
                (117, "15 bytes of the room key"), (118, "the room key"),
            )
        ),
        ("291-zeros", "As many zeros as a command may have bytes: 355 in all.", bytes(291)),
    )  # fmt: skip
    for id, comment, data in bad:
        flags = ("ServiceCommand", "LowOrder") if "order" in id else ("ServiceCommand",
            "NonCanonical") if "canon" in id \
            else ("ServiceCommand", "ParserLimit")  # fmt: skip
        yield life_of(f"malformed.{id}", comment, serve(data), NO_COMMAND, flags)
    for id, data in (("keys-long", bad[13][2]), ("door-long", b"\5" + place + NEXT.to_bytes() + b"\0"),
                     ("keys-shared-id", bad[20][2])):  # fmt: skip
        yield life_of(f"malformed.{id}.changes-nothing", "It changes no key: the card's one use is there.",
                    [*serve(data), *shows(*[card(times=1)] * 2)], EXHAUSTED)  # fmt: skip
