"""The service port: seals, nonces, every command and every limit of its fields. Rules 26 to 29."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lockcore import Scope, civil, service_command
from lockcore.placement import Placement
from lockcore.secret_pem import public_of
from lockcore.service_command import Collect, Recommission, SetClock
from vectors.families.lock_life import QRA, QRP, Life, Setting, kept, no
from vectors.families.lock_requests import (
    END,
    LOG,
    STATE,
    WRONG,
    boot,
    clock,
    command,
    lost_card,
    once,
    port,
    press,
    send,
    serve,
    show,
    shows,
    start,
    update,
    wait,
)
from vectors.families.site import (
    DOOR,
    KEY_ID,
    NEXT_DOOR,
    NEXT_ID,
    NEXT_PRIVATE,
    NOON,
    PRIVATE,
    SERVICE_PRIVATE,
    STRANGER,
    STRANGERS_PRIVATE,
    card,
    keys_of,
)
from vectors.pack.vector import ACCEPTED, Request, Verdict, refused

NO_NONCE, NO_SEAL, NO_COMMAND = no("NO_NONCE"), no("BAD_SEAL"), no("MALFORMED")
EXHAUSTED, UNKNOWN, VOID = refused("COUNT_EXHAUSTED"), refused("UNKNOWN_KEY"), refused("SUPERSEDED")
SET, COLLECT = SetClock(minute=NOON + 5), Collect()
PUBLIC, NEXT_PUBLIC = public_of(PRIVATE), public_of(NEXT_PRIVATE)
BARE = keys_of(scopes=(), passcode=None)
"""The issuer's key 0 and the service key."""
NEXT = replace(BARE, ed25519={NEXT_ID: NEXT_PUBLIC})
BOTH = replace(BARE, ed25519={KEY_ID: PUBLIC, NEXT_ID: NEXT_PUBLIC})
BACK = [clock(END), *serve(SetClock(minute=NOON))]


def life_of(
    id: str, comment: str, requests: Iterable[Request], expect: Verdict,
    flags: tuple[str, ...] = ("ServiceCommand",), setting: Setting = QRA,
) -> Life:  # fmt: skip
    """A life under `service`, of the usual setting and flags."""
    return Life(
        id=f"service.{id}", comment=comment, flags=flags, requests=(*start(), *requests), expect=expect, setting=setting
    )


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _nonces()
    yield from _seals()
    yield from _malformed()
    yield from _limits()


def _nonces() -> Iterator[Life]:
    sent = command(SET)
    over = no("NO_NONCE")
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("none", "Nobody opened the port.", [sent], over),
        ("once", "A nonce is good for one command.", [port(), sent, sent], over),
        ("once.other", "Whatever the second one is.", [port(), sent, command(COLLECT)], over),
        ("refused", "A command that is refused ends it.", [port(), send(bytes(65)), sent], over),
        ("refused.malformed", "So does a malformed one.", [port(), command(b"\x06"), sent], over),
        ("refused.empty", "So does nothing at all.", [port(), send(b""), sent], over),
        ("59999", "59,999 ms after it was given it is good.", [port(), wait(59_999), sent], ACCEPTED),
        ("60000", "After 60,000 ms it is not.", [port(), wait(60_000), sent], over),
        ("60000.in-parts", "However the time passes.", [port(), wait(59_999), show("x"), wait(1), sent], over),
        ("boot", "A boot forgets it.", [port(), boot(), sent], over),
        ("again", "The port is opened again: the new nonce is good.", [port(), port(2), command(SET, 2)], ACCEPTED),
        ("again.old", "The old one is not.", [port(), port(2), sent], NO_SEAL),
        ("again.time", "Its time begins anew.", [port(), wait(59_999), port(2), wait(59_999), command(SET, 2)],
         ACCEPTED),
        ("again.time-over", "And ends.", [port(), wait(30_000), port(2), wait(60_000), command(SET, 2)], over),
        ("played-back", "A recorded command under a later nonce.", [port(), sent, port(2), sent], NO_SEAL),
        ("played-back.boot", "Also after a boot.", [port(), sent, boot(), port(2), sent], NO_SEAL),
        ("card-between", "A card between does not end it.", [port(), show(card()), sent], ACCEPTED),
        ("refused-card-between", "Nor does a refused one.", [port(), show(card(room="1")), sent], ACCEPTED),
        ("clock-between", "Nor does the clock.", [port(), clock(NOON + 60), sent], ACCEPTED),
        ("refused-report-between", "Nor does a report in sight that is used up, and decides nothing.",
         [show(card(times=1)), port(), show(card(times=1, **lost_card())), sent], ACCEPTED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield life_of(f"nonce.{id}", comment, requests, expect)
    yield life_of("nonce.keypad-pause", "Nor does the keypad's pause.", [port(), press("1"), wait(10_000), sent],
                ACCEPTED, setting=QRP)  # fmt: skip
    for name, keys, comment in (
        ("right", once(), "Nor does a right entry."),
        ("wrong", WRONG, "Nor does a wrong one."),
        ("half", WRONG[:6], "Nor does half an entry."),
    ):
        yield life_of(f"nonce.entry-between.{name}", comment, [port(), press(keys), sent], ACCEPTED,
                      setting=QRP)  # fmt: skip
    yield life_of("nonce.entry-between.refused", "Nor does a refused one.",
                  [press(once()), port(), press(once()), sent], ACCEPTED, setting=QRP)  # fmt: skip
    yield life_of("nonce.given-again", "A nonce of zeros is a nonce.", [port(0), command(SET, 0)], ACCEPTED)


def _seals() -> Iterator[Life]:
    good = bytes.fromhex(command(SET)["data"])
    long = service_command.pack(Recommission(placement=DOOR, keys=keys_of()))

    def at(number: int, bit: int = 1) -> bytes:
        changed = bytearray(good)
        changed[number] ^= bit
        return bytes(changed)

    bad: tuple[tuple[str, str, Request], ...] = (
        ("strangers", "Sealed by a stranger.", command(SET, private=STRANGERS_PRIVATE)),
        ("issuers", "Sealed by the key for cards.", command(SET, private=PRIVATE)),
        ("other-nonce", "Sealed for another nonce.", command(SET, 2)),
        ("zero-nonce", "Sealed for a nonce of zeros.", command(SET, 0)),
        ("next-lock", "Sealed for the next lock.", command(SET, lock_id=NEXT_DOOR.lock_id)),
        ("longer-lock", "Sealed for a lock whose id goes on.", command(SET, lock_id="L00011")),
        ("shorter-lock", "Sealed for a lock whose id stops short.", command(SET, lock_id="L000")),
        ("opcode-changed", "Another opcode under the seal.", send(at(0, 6))),
        ("minute-changed", "Another minute under the seal.", send(at(4))),
        ("r-changed", "A bit of R changed.", send(at(5))),
        ("s-changed", "A bit of S changed.", send(at(37))),
        ("s-top-changed", "The highest bit of S changed.", send(at(68, 128))),
        ("unsealed", "No seal: the command alone.", send(good[:5])),
        ("zero-seal", "A seal of zeros.", send(good[:5] + bytes(64))),
        ("short-63", "63 bytes.", send(good[-63:])),
        ("short-seal", "The last byte of the seal is missing.", send(good[:-1])),
        ("long-seal", "A byte after the seal.", send(good + b"\0")),
        ("empty", "Nothing.", send(b"")),
        ("byte", "One byte.", send(b"\x04")),
        ("356", "356 bytes, sealed: one more than a lock has to take.", command(long + bytes(292 - len(long)))),
        ("1000", "A thousand bytes, sealed.", command(long + bytes(1000))),
    )  # fmt: skip
    for id, comment, request in bad:
        yield life_of(f"seal.{id}", comment, [port(), request], NO_SEAL)
        if id in ("strangers", "other-nonce", "next-lock", "unsealed", "minute-changed", "issuers"):
            asked = life_of(f"seal.{id}.changes-nothing", f"{comment} The clock stays, and the expired card is over.",
                          [clock(END), port(), request, *shows(card())], refused("EXPIRED"))  # fmt: skip
            yield asked
            yield kept(asked, STATE, LOG)
    for private, name in ((STRANGERS_PRIVATE, "strangers"), (PRIVATE, "issuers")):
        keys = keys_of(ed25519={KEY_ID: public_of(STRANGERS_PRIVATE)})
        yield life_of(f"seal.keys-by-{name}", "Keys sealed by who may not: a stranger's card has no seal afterwards.",
                    [*serve(update(keys), private=private), show(card(), STRANGER)], refused("BAD_SEAL"),
                    ("InstallMode", "KeyRotation"))  # fmt: skip
    yield life_of("seal.keys-unsealed", "Keys without a seal.",
                [port(), send(service_command.pack(update(keys_of(ed25519={KEY_ID: public_of(STRANGERS_PRIVATE)})))),
                 show(card(), STRANGER)], refused("BAD_SEAL"), ("InstallMode",))  # fmt: skip


def _malformed() -> Iterator[Life]:
    """Sealed by the service key, and no command."""
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


def _limits() -> Iterator[Life]:
    """Commands at the ends of their fields."""
    a16, full = bytes(range(16)), dict.fromkeys(Scope, bytes(range(16)))
    longest = keys_of(
        ed25519={14: PUBLIC, 15: NEXT_PUBLIC}, cmac={12: full, 13: full}, passcode=a16, scopes=()
    )  # fmt: skip
    far = Placement(community=99_999_999_999, building="ZZZZ", floor="65535", room="ZZZZZZZZ", lock_id="Z" * 16)
    for id, comment, asked in (
        ("shortest-keys", "No keys but the service key's.", update(keys_of(ed25519={}, scopes=(), passcode=None))),
        ("longest-keys", "All keys that a set may have.", update(longest)),
        ("longest", "355 bytes.", Recommission(placement=replace(far, building="65535"), keys=longest)),
        ("five-digits", "A floor of five digits.", Recommission(placement=far, keys=longest)),
        ("zero-address", "Building 0, floor 0, room 0.",
         Recommission(placement=Placement(community=1, building="0", floor="0", room="0", lock_id="0"), keys=BARE)),
    ):  # fmt: skip
        life = life_of(f"limit.{id}", comment, [*serve(asked), clock(NOON)], ACCEPTED)
        yield life
        yield kept(life, STATE)
        yield kept(replace(life, id=f"{life.id}.boot"), boot(), STATE)
    for id, minute in (
        ("first", 0),
        ("second", 1),
        ("last", civil.LAST_MIN),
        ("16-bits", 1 << 16),
        ("24-bits", 1 << 24),
    ):
        life = life_of(f"limit.clock-{id}", "The clock is set to an end of its range.", serve(SetClock(minute=minute)),
                     ACCEPTED)  # fmt: skip
        yield kept(life, STATE, LOG)
    last = card(start_min=civil.LAST_MIN - 2, end_min=civil.LAST_MIN)
    yield life_of("limit.clock-last.card", "Set to the last minute, every card is over.",
                [*serve(SetClock(minute=civil.LAST_MIN)), show(last)], refused("EXPIRED"))  # fmt: skip
