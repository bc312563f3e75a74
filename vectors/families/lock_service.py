"""The service port: seals, nonces, every command and every limit of its fields. Rules 26 to 29."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lockcore import Scope, civil, passcode_key, service_command
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from lockcore.secret_pem import public_of
from lockcore.service_command import Collect, EndLockOut, Recommission, SetClock
from vectors.families.lock_life import QRA, QRB, QRP, Life, Setting, kept, no
from vectors.families.lock_requests import (
    END,
    HOLD,
    LOG,
    LOST_ROOM,
    STATE,
    boot,
    clock,
    command,
    digits,
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
    wrong,
)
from vectors.families.site import (
    CMAC_ISSUER,
    DOOR,
    KEY_ID,
    NEXT_DOOR,
    NEXT_ID,
    NEXT_ISSUER,
    NEXT_PRIVATE,
    NOON,
    PASSCODE_MASTER,
    PRIVATE,
    SERVICE_PRIVATE,
    STRANGER,
    STRANGERS_PRIVATE,
    card,
    keys_of,
)
from vectors.pack.vector import ACCEPTED, OPENS, Request, Verdict, refused

NO_NONCE, NO_SEAL, NO_COMMAND = no("NO_NONCE"), no("BAD_SEAL"), no("MALFORMED")
EXHAUSTED, UNKNOWN, VOID = refused("COUNT_EXHAUSTED"), refused("UNKNOWN_KEY"), refused("SUPERSEDED")
SET, COLLECT = SetClock(minute=NOON + 5), Collect()
PUBLIC, NEXT_PUBLIC = public_of(PRIVATE), public_of(NEXT_PRIVATE)
BARE = keys_of(scopes=(), passcode=None)
"""The issuer's key 0 and the service key."""
NEXT = replace(BARE, ed25519={NEXT_ID: NEXT_PUBLIC})
BOTH = replace(BARE, ed25519={KEY_ID: PUBLIC, NEXT_ID: NEXT_PUBLIC})
BACK = [clock(END), *serve(SetClock(minute=NOON))]


def _life(
    id: str, comment: str, requests: Iterable[Request], expect: Verdict,
    flags: tuple[str, ...] = ("ServiceCommand",), setting: Setting = QRA,
) -> Life:  # fmt: skip
    return Life(
        id=f"service.{id}", comment=comment, flags=flags, requests=(*start(), *requests), expect=expect, setting=setting
    )


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _nonces()
    yield from _seals()
    yield from _malformed()
    yield from _limits()
    for life in (*_clock(), *_keys(), *_recommission(), *_rest()):
        yield life
        yield kept(life, STATE, LOG)


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
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"nonce.{id}", comment, requests, expect)
    yield _life("nonce.keypad-pause", "Nor does the keypad's pause.", [port(), press("1"), wait(10_000), sent],
                ACCEPTED, setting=QRP)  # fmt: skip
    yield _life("nonce.given-again", "A nonce of zeros is a nonce.", [port(0), command(SET, 0)], ACCEPTED)


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
        yield _life(f"seal.{id}", comment, [port(), request], NO_SEAL)
        if id in ("strangers", "other-nonce", "next-lock", "unsealed", "minute-changed", "issuers"):
            asked = _life(f"seal.{id}.changes-nothing", f"{comment} The clock stays, and the expired card is over.",
                          [clock(END), port(), request, *shows(card())], refused("EXPIRED"))  # fmt: skip
            yield asked
            yield kept(asked, STATE, LOG)
    for private, name in ((STRANGERS_PRIVATE, "strangers"), (PRIVATE, "issuers")):
        keys = keys_of(ed25519={KEY_ID: public_of(STRANGERS_PRIVATE)})
        yield _life(f"seal.keys-by-{name}", "Keys sealed by who may not: a stranger's card has no seal afterwards.",
                    [*serve(update(keys), private=private), show(card(), STRANGER)], refused("BAD_SEAL"),
                    ("InstallMode", "KeyRotation"))  # fmt: skip
    yield _life("seal.keys-unsealed", "Keys without a seal.",
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
        ("291-zeros", "As many zeros as a command may have bytes: 355 in all.", bytes(291)),
    )  # fmt: skip
    for id, comment, data in bad:
        flags = ("ServiceCommand", "LowOrder") if "order" in id else ("ServiceCommand",
            "NonCanonical") if "canon" in id \
            else ("ServiceCommand", "ParserLimit")  # fmt: skip
        yield _life(f"malformed.{id}", comment, serve(data), NO_COMMAND, flags)
    for id, data in (("keys-long", bad[13][2]), ("door-long", b"\5" + place + NEXT.to_bytes() + b"\0"),
                     ("keys-shared-id", bad[20][2])):  # fmt: skip
        yield _life(f"malformed.{id}.changes-nothing", "It changes no key: the card's one use is there.",
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
        ("longest", "355 bytes.", Recommission(placement=replace(far, floor="YYYY"), keys=longest)),
        ("five-digits", "A floor of five digits.", Recommission(placement=far, keys=longest)),
        ("zero-address", "Building 0, floor 0, room 0.",
         Recommission(placement=Placement(community=1, building="0", floor="0", room="0", lock_id="0"), keys=BARE)),
    ):  # fmt: skip
        life = _life(f"limit.{id}", comment, [*serve(asked), clock(NOON)], ACCEPTED)
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
        life = _life(f"limit.clock-{id}", "The clock is set to an end of its range.", serve(SetClock(minute=minute)),
                     ACCEPTED)  # fmt: skip
        yield kept(life, STATE, LOG)
    last = card(start_min=civil.LAST_MIN - 2, end_min=civil.LAST_MIN)
    yield _life("limit.clock-last.card", "Set to the last minute, every card is over.",
                [*serve(SetClock(minute=civil.LAST_MIN)), show(last)], refused("EXPIRED"))  # fmt: skip


def _clock() -> Iterator[Life]:
    used = shows(card(times=1))
    flags = ("ServiceCommand", "HighWaterMark")
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("back", "Set back to a card's window: it has its one use.", [*BACK, *shows(*[card(times=1)] * 2)], EXHAUSTED),
        ("back.used", "What was used stays used.", [*used, *BACK, *shows(card(times=1))], EXHAUSTED),
        ("back.void", "What was void stays void.", [*shows(card(200, **LOST_ROOM)), *BACK, *shows(card())], VOID),
        ("back.boot", "The mark is durable.", [*BACK, boot(), *shows(*[card(times=1)] * 2)], EXHAUSTED),
        ("back.boot-tolerance", "To the minute: 11 before it is rolled back.",
         [*BACK, boot(NOON - 11), *shows(card())], refused("CLOCK_ROLLED_BACK")),
        ("forth", "Set forth beyond a card's end.", [*serve(SetClock(minute=END)), *shows(card())],
         refused("EXPIRED")),
        ("forth.back", "What is read before it then is rolled back.",
         [*serve(SetClock(minute=END)), clock(NOON), *shows(card())], refused("CLOCK_ROLLED_BACK")),
        ("forth.minute", "By a minute: the mark goes with it.",
         [*serve(SetClock(minute=NOON + 1)), clock(NOON - 10), *shows(card(start_min=0))],
             refused("CLOCK_ROLLED_BACK")),
        ("unset", "It sets a clock that is unset.",
         [clock(None), *serve(SetClock(minute=NOON)), *shows(*[card(times=1)] * 2)], EXHAUSTED),
        ("same-as-now", "Set to what it reads.", [*serve(SetClock(minute=NOON)), *shows(card(start_min=NOON + 1))],
         refused("NOT_YET_VALID")),
        ("passage", "Passage mode goes on when the clock is set back.",
         [*shows(card(**HOLD)), *serve(SetClock(minute=NOON - 60)), clock(END - 1), clock(END), *shows(card(**HOLD))],
         refused("EXPIRED")),
        ("passage.over", "Set beyond its end it is over.",
         [*shows(card(**HOLD)), *serve(SetClock(minute=END)), *shows(card(**HOLD))], refused("EXPIRED")),
        ("presented", "The card in sight stays presented.",
         [show(card(times=2)), *serve(SetClock(minute=NOON + 9)), *shows(card(times=2), after_ms=1999),
          *shows(*[card(times=2)] * 2)], EXHAUSTED),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"clock.{id}", comment, requests, expect, flags)


def _keys() -> Iterator[Life]:
    flags = ("KeyRotation",)
    other_service = replace(BARE, service=NEXT_PUBLIC)
    cmac_now = keys_of(ed25519={NEXT_ID: NEXT_PUBLIC})
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("retired", "A card under the key that was retired.", [*serve(update(NEXT)), show(card())], UNKNOWN),
        ("retired.opened-before", "Also one that opened before.",
         [*shows(card()), *serve(update(NEXT)), *shows(card())],
         UNKNOWN),
        ("retired.in-sight", "Also one that is in sight.",
         [show(card()), *serve(update(NEXT)), *shows(card(), after_ms=100)], UNKNOWN),
        ("retired.boot", "Also after a boot.", [*serve(update(NEXT)), boot(), show(card())], UNKNOWN),
        ("next", "A card under the new one.", [*serve(update(NEXT)), show(card(times=1), NEXT_ISSUER), wait(),
                                               show(card(times=1), NEXT_ISSUER)], EXHAUSTED),
        ("next.boot", "After a boot.", [*serve(update(NEXT)), boot(), show(card(), NEXT_ISSUER), show(card())],
         UNKNOWN),
        ("both.old", "While there are two, the old one holds.", [*serve(update(BOTH)), show(card())], OPENS),
        ("both.new", "And the new one.", [*serve(update(BOTH)), show(card(), NEXT_ISSUER)], OPENS),
        ("both.count", "A card under both has one count.",
         [*serve(update(BOTH)), show(card(times=1)), wait(), show(card(times=1), NEXT_ISSUER)], EXHAUSTED),
        ("both.other-seal", "A stranger's under an id of theirs.",
         [*serve(update(BOTH)), show(card(), STRANGER)], refused("BAD_SEAL")),
        ("none", "No keys: the lock takes no format.",
         [*serve(update(keys_of(ed25519={}, scopes=(), passcode=None))), show(card())], refused("UNSUPPORTED_FORMAT")),
        ("back", "The old key again.", [*serve(update(NEXT)), *serve(update(BARE), 2), show(card(), NEXT_ISSUER)],
         UNKNOWN),
        ("counts-stay", "Counts stay.", [*shows(card(times=1)), *serve(update(BOTH)), *shows(card(times=1))],
         EXHAUSTED),
        ("marks-stay", "Marks stay.", [*shows(card(200, **LOST_ROOM)), *serve(update(BOTH)), *shows(card())], VOID),
        ("passage-stays", "Passage mode stays.",
         [*shows(card(**HOLD)), *serve(update(BOTH)), clock(END), *shows(card(**HOLD))], refused("EXPIRED")),
        ("high-water-stays", "The mark of time stays.",
         [clock(NOON + 60), *serve(update(BOTH)), clock(NOON), *shows(card())], refused("CLOCK_ROLLED_BACK")),
        ("service-key", "Another service key: the old one seals nothing more.",
         [*serve(update(other_service)), *serve(COLLECT, 2)], NO_SEAL),
        ("service-key.new", "The new one does.",
         [*serve(update(other_service)), *serve(COLLECT, 2, private=NEXT_PRIVATE)], ACCEPTED),
        ("service-key.boot", "Also after a boot.",
         [*serve(update(other_service)), boot(), *serve(COLLECT, 2)], NO_SEAL),
        ("same", "The same keys again.", [*serve(update(keys_of())), *shows(*[card(times=1)] * 2)], EXHAUSTED),
        ("twice", "Twice.", [*serve(update(NEXT)), *serve(update(BOTH), 2), *serve(update(NEXT), 3), show(card())],
         UNKNOWN),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"keys.{id}", comment, requests, expect, flags)
    one_time = [press(once())]
    rooms: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("room-key.gone", "No room key: no passcode is right.", [*serve(update(BARE)), press(digits())],
         no("WRONG_PASSWORD")),
        ("room-key.next", "The next generation's: the old passcodes are wrong.",
         [*serve(update(_generation(1))), press(digits())], no("WRONG_PASSWORD")),
        ("room-key.next-used", "A new one, used once.",
         [*serve(update(_generation(1))), *[press(once(generation=1))] * 2], no("PASSWORD_USED")),
        ("room-key.used-stay", "Used marks are not freed by it.",
         [*one_time, *serve(update(_generation(1))), press(once(generation=1))], no("PASSWORD_USED")),
        ("wrong-stay", "Nor are wrong entries.", [*wrong(4), *serve(update(keys_of())), *wrong(1), press(digits())],
         no("LOCKED_OUT")),
        ("lock-out-stays", "Nor a lock-out.", [*wrong(5), *serve(update(keys_of())), press(digits())],
         no("LOCKED_OUT")),
    )  # fmt: skip
    for id, comment, requests, expect in rooms:
        yield _life(f"keys.{id}", comment, requests, expect, flags, QRP)
    cmac = Setting(name="qra-cmac-service", needs=("decode-cmac",))
    yield _life("keys.cmac-stays", "The cmac keys are brought again.", [*serve(update(cmac_now)),
                show(card(times=1), CMAC_ISSUER), wait(), show(card(times=1), CMAC_ISSUER)], EXHAUSTED, flags,
                    cmac)  # fmt: skip
    yield _life("keys.cmac-gone", "They are not: that format is gone.",
                [*serve(update(BARE)), show(card(), CMAC_ISSUER)], refused("UNSUPPORTED_FORMAT"), flags,
                    cmac)  # fmt: skip


def _generation(number: int) -> KeySet:
    """The usual keys with a room key of this generation."""
    address = (DOOR.community, DOOR.building, DOOR.floor, DOOR.room)
    return keys_of(passcode=passcode_key.of_room(PASSCODE_MASTER, *address, generation=number))


def _recommission() -> Iterator[Life]:
    """The clock is read again after each, as a tool has it set then."""
    here = Recommission(placement=DOOR, keys=BARE)
    there = Recommission(placement=NEXT_DOOR, keys=BARE)
    again, moved = [*serve(here), clock(NOON)], [*serve(there), clock(NOON)]
    flags = ("ServiceCommand", "ImageRestored")
    cases: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("counts", "Counts are gone: one use, and no more.",
         [*shows(card(times=1)), *again, *shows(*[card(times=1)] * 2)], EXHAUSTED),
        ("marks", "The room's mark is gone; the next report sets another.",
         [*shows(card(200, **LOST_ROOM)), *again, *shows(card(), card(150, **LOST_ROOM), card())], VOID),
        ("card-marks", "A card's mark is gone.",
         [*shows(card(**lost_card())), *again, *shows(card(times=1), card(times=1))], EXHAUSTED),
        ("passage", "Passage mode ends.", [*shows(card(**HOLD)), *again, *shows(card(room="1"))],
         refused("WRONG_ROOM")),
        ("passage.boot", "For good.", [*shows(card(**HOLD)), *again, boot(), *shows(card(room="1"))],
         refused("WRONG_ROOM")),
        ("high-water.boot", "The mark of time is gone, after a boot.",
         [clock(END), *serve(here), boot(END), *shows(card())], refused("EXPIRED")),
        ("moved", "The old door's card.", [*moved, show(card())], refused("WRONG_ROOM")),
        ("moved.new", "The new door's.", [*moved, *shows(*[card(room="402G", times=1)] * 2)], EXHAUSTED),
        ("moved.boot", "After a boot.", [*moved, boot(), show(card())], refused("WRONG_ROOM")),
        ("moved.lock-id", "Commands for the old lock id have no seal.", [*moved, *serve(COLLECT, 2)], NO_SEAL),
        ("moved.lock-id.new", "Those for the new one do.",
         [*moved, *serve(COLLECT, 2, lock_id=NEXT_DOOR.lock_id)], ACCEPTED),
        ("keys", "Its keys begin.", [*serve(Recommission(placement=DOOR, keys=NEXT)), clock(NOON), show(card())],
         UNKNOWN),
        ("twice", "Twice: what was counted in between is gone, too.",
         [*again, *shows(card(times=1)), *serve(here, 2), clock(NOON), *shows(*[card(times=1)] * 2)], EXHAUSTED),
        ("three-times", "Three lives later.",
         [*again, *serve(here, 2), *serve(here, 3), clock(NOON), boot(), *shows(*[card(times=1)] * 2)], EXHAUSTED),
        ("nonce", "The nonce is gone with it.", [*serve(here), command(COLLECT)], NO_NONCE),
        ("counts-on", "The new life counts across a boot.",
         [*again, *shows(card(times=1)), boot(), *shows(card(times=1))], EXHAUSTED),
        ("refusals", "Refusals before it are gone.", [*shows(card(room="1")), *again, *shows(card(room="2"))],
         refused("WRONG_ROOM")),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield _life(f"recommission.{id}", comment, requests, expect, flags)
    fresh = Recommission(placement=DOOR, keys=keys_of())
    pads: tuple[tuple[str, str, list[Request], Verdict], ...] = (
        ("lock-out", "A lock-out is gone.",
         [*wrong(5), *serve(fresh), clock(NOON), press(once()), press(once())], no("PASSWORD_USED")),
        ("wrong", "So are wrong entries.",
         [*wrong(4), *serve(fresh), clock(NOON), *wrong(4), press(once()), press(once())], no("PASSWORD_USED")),
        ("used", "So are used passcodes, under the same key.",
         [press(once()), *serve(fresh), clock(NOON), press(once()), press(once())], no("PASSWORD_USED")),
        ("digits", "Half an entry is forgotten.",
         [press(digits()[:6]), *serve(fresh), clock(NOON), press(digits()[6:]), press("000000")],
         no("WRONG_PASSWORD")),
        ("mark", "Passcodes are those of mark 0 again.",
         [show(card(200, **LOST_ROOM)), *serve(fresh), clock(NOON), press(once()), press(digits(mark=200))],
         no("WRONG_PASSWORD")),
    )  # fmt: skip
    for id, comment, requests, expect in pads:
        yield _life(f"recommission.keypad.{id}", comment, requests, expect, flags, QRP)


def _rest() -> Iterator[Life]:
    for model in (QRA, QRB, QRP):
        yield _life(f"collect.{model.name}", "The records go out.", [*shows(card(1)), *serve(COLLECT)], ACCEPTED,
                    setting=model)  # fmt: skip
    yield _life("collect.keeps", "Collecting leaves counts alone.", [*shows(card(times=1)), *serve(COLLECT),
                *shows(card(times=1))], EXHAUSTED)  # fmt: skip
    yield _life("collect.unset", "Without a clock.", [clock(None), *serve(COLLECT), *shows(card())],
                refused("CLOCK_UNSET"))  # fmt: skip
    yield _life("end-lock-out.no-keypad", "A lock without a keypad has no lock-out to end, and says that it is done.",
                serve(EndLockOut()), ACCEPTED)  # fmt: skip
    yield _life("end-lock-out.none", "No lock-out to end.", [*serve(EndLockOut()), press(once()), press(once())],
                no("PASSWORD_USED"), setting=QRP)  # fmt: skip
    yield _life("room-key.no-keypad", "A room key for a lock without a keypad is no error.",
                serve(update(keys_of())), ACCEPTED, setting=QRB)  # fmt: skip
    yield _life("late-clock", "A command's row has the later of clock and mark.",
                [clock(NOON + 60), clock(NOON + 55), *serve(COLLECT), *serve(EndLockOut(), 2)], ACCEPTED)  # fmt: skip
