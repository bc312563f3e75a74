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
