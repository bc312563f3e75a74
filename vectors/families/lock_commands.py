"""What each service command does, and what it leaves alone. Rules 27 to 29."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lockcore import passcode_key
from lockcore.key_set import KeySet
from lockcore.service_command import EndLockOut, Recommission, SetClock
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
    press,
    serve,
    show,
    shows,
    update,
    wait,
    wrong,
)
from vectors.families.lock_service import (
    BACK,
    BARE,
    BOTH,
    COLLECT,
    EXHAUSTED,
    NEXT,
    NEXT_PUBLIC,
    NO_NONCE,
    NO_SEAL,
    UNKNOWN,
    VOID,
    life_of,
)
from vectors.families.site import (
    CMAC_ISSUER,
    DOOR,
    NEXT_DOOR,
    NEXT_ID,
    NEXT_ISSUER,
    NEXT_PRIVATE,
    NOON,
    PASSCODE_MASTER,
    STRANGER,
    card,
    keys_of,
)
from vectors.pack.vector import ACCEPTED, OPENS, Request, Verdict, refused


def lives() -> Iterator[Life]:
    """All of them."""
    for life in (*_clock(), *_keys(), *_recommission(), *_rest()):
        yield life
        yield kept(life, STATE, LOG)


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
        yield life_of(f"clock.{id}", comment, requests, expect, flags)


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
        ("same", "The same keys again.", [*serve(update(keys_of(scopes=()))), *shows(*[card(times=1)] * 2)], EXHAUSTED),
        ("twice", "Twice.", [*serve(update(NEXT)), *serve(update(BOTH), 2), *serve(update(NEXT), 3), show(card())],
         UNKNOWN),
    )  # fmt: skip
    for id, comment, requests, expect in cases:
        yield life_of(f"keys.{id}", comment, requests, expect, flags)
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
        ("wrong-stay", "Nor are wrong entries.",
         [*wrong(4), *serve(update(keys_of(scopes=()))), *wrong(1), press(digits())],
         no("LOCKED_OUT")),
        ("lock-out-stays", "Nor a lock-out.", [*wrong(5), *serve(update(keys_of(scopes=()))), press(digits())],
         no("LOCKED_OUT")),
    )  # fmt: skip
    for id, comment, requests, expect in rooms:
        yield life_of(f"keys.{id}", comment, requests, expect, flags, QRP)
    cmac = Setting(name="qra-cmac-service", keys=keys_of(), needs=("decode-cmac",))
    yield life_of("keys.cmac-stays", "The cmac keys are brought again.", [*serve(update(cmac_now)),
                show(card(times=1), CMAC_ISSUER), wait(), show(card(times=1), CMAC_ISSUER)], EXHAUSTED, flags,
                    cmac)  # fmt: skip
    yield life_of("keys.cmac-gone", "They are not: that format is gone.",
                [*serve(update(BARE)), show(card(), CMAC_ISSUER)], refused("UNSUPPORTED_FORMAT"), flags,
                    cmac)  # fmt: skip


def _generation(number: int) -> KeySet:
    """The usual keys with a room key of this generation."""
    address = (DOOR.community, DOOR.building, DOOR.floor, DOOR.room)
    return keys_of(scopes=(), passcode=passcode_key.of_room(PASSCODE_MASTER, *address, generation=number))


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
        yield life_of(f"recommission.{id}", comment, requests, expect, flags)
    fresh = Recommission(placement=DOOR, keys=keys_of(scopes=()))
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
        yield life_of(f"recommission.keypad.{id}", comment, requests, expect, flags, QRP)


def _rest() -> Iterator[Life]:
    for model in (QRA, QRB, QRP):
        yield life_of(f"collect.{model.name}", "The records go out.", [*shows(card(1)), *serve(COLLECT)], ACCEPTED,
                    setting=model)  # fmt: skip
    yield life_of("collect.keeps", "Collecting leaves counts alone.", [*shows(card(times=1)), *serve(COLLECT),
                *shows(card(times=1))], EXHAUSTED)  # fmt: skip
    yield life_of("collect.unset", "Without a clock.", [clock(None), *serve(COLLECT), *shows(card())],
                refused("CLOCK_UNSET"))  # fmt: skip
    yield life_of("end-lock-out.no-keypad", "A lock without a keypad has no lock-out to end, and says that it is done.",
                serve(EndLockOut()), ACCEPTED)  # fmt: skip
    yield life_of("end-lock-out.none", "No lock-out to end.", [*serve(EndLockOut()), press(once()), press(once())],
                no("PASSWORD_USED"), setting=QRP)  # fmt: skip
    yield life_of("room-key.no-keypad", "A room key for a lock without a keypad is no error.",
                serve(update(keys_of(scopes=()))), ACCEPTED, setting=QRB)  # fmt: skip
    yield life_of("late-clock", "A command's row has the later of clock and mark.",
                [clock(NOON + 60), clock(NOON + 55), *serve(COLLECT), *serve(EndLockOut(), 2)], ACCEPTED)  # fmt: skip
