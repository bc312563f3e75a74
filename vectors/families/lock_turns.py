"""The block that is full: what a lock remembers goes into the next one, whatever is cut. Needs no rule but FLASH.md.

Each life begins with an image: a block with so many places left, and in it a lock that remembers something of
every kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lockcore import CardType, Lost
from simulator.lock.memory import PASSWORDS_FROM
from simulator.lock.refusals import NO_SUBJECT
from simulator.lock.rows import OPENED, Kind, Row
from vectors.families.flash_images import configuration, load, marks, memory, places_of, refusals
from vectors.families.lock_life import QRA_3, QRP, Life
from vectors.families.lock_requests import END, HOLD, IDLE, LOG, STATE, boot, clock, cut, once, press, show, shows, wait
from vectors.families.site import NOON, card
from vectors.pack.vector import Request, Verdict, refused

NOR_PLACES = places_of("nor")
STAFF = card(60)
USED_UP, VOID, FULL = refused("COUNT_EXHAUSTED"), refused("SUPERSEDED"), refused("STORE_FULL")
REMEMBERED_ALL = (
    marks(room=50, minute=NOON, purged_until=NOON - 500),
    Row(Kind.VOIDS_PURGED, end_min=NOON - 600),
    Row(Kind.PRESENTED, subject=60),
    Row(Kind.PASSAGE, card=CardType.ROOM, revision=1, subject=300, end_min=END),
    Row(Kind.ENTRY, subject=100, end_min=END, used=1),
    Row(Kind.ENTRY, subject=101, end_min=END, valid_from_revision=2),
)
"""A room's mark, a purge, what was presented, passage mode, a card used once and one reported lost."""
OPENING = Row(Kind.CARD, OPENED, subject=60, minute=NOON, end_min=END)
"""Of an uncounted card: it changes nothing but the log."""


def full(places_left: int, snapshot: Sequence[Row] = REMEMBERED_ALL, *, history: bool = False) -> Request:
    """An image whose block has so many places left, the last slot torn; with `history` the other one is older."""
    made = memory("nor", sequence=2, snapshot=snapshot, rows=[OPENING] * 3)
    blocks = {0: configuration("nor").to_bytes(), 4: made.to_bytes({NOR_PLACES - 1 - places_left: b"\0"})}
    if history:
        blocks[5] = memory("nor", sequence=1, snapshot=[marks(minute=NOON - 60)], rows=[OPENING] * 3).to_bytes()
    return load(blocks)


def full_refusals(places_left: int) -> Request:
    """The same of the ring of refusals."""
    refusal = Row(Kind.REFUSED, 11, subject=NO_SUBJECT, minute=NOON)
    rows = [refusal] * (NOR_PLACES - 2 - places_left)
    kept = memory("nor", snapshot=REMEMBERED_ALL, rows=[OPENING])
    return load({
        0: configuration("nor").to_bytes(), 2: refusals("nor", sequence=1, rows=rows).to_bytes(), 4: kept.to_bytes()
    })  # fmt: skip


ASKED: tuple[tuple[str, str, list[Request], Verdict], ...] = (
    ("used-up", "A card used up before it.", shows(card(times=1)), USED_UP),
    ("last-use", "A card with one use left has one.", shows(*[card(times=2)] * 2), USED_UP),
    ("void", "A card below the room's mark.", shows(card(49)), VOID),
    ("not-void", "One at the mark opens.", shows(card(50, times=0), card(49)), VOID),
    ("lost", "A card that was reported lost.", shows(card(101, revision=1)), VOID),
    ("table", "The table is as full as before.", shows(card(102, times=1)), FULL),
    ("purged", "What was purged stays expired.",
     shows(card(103, times=1, start_min=NOON - 900, end_min=NOON - 500)), refused("EXPIRED")),
    ("passage", "Passage mode goes on: its card switches it off.",
     shows(card(300, revision=1, **HOLD), card(room="1")), refused("WRONG_ROOM")),
)  # fmt: skip


def lives() -> Iterator[Life]:
    """All of them."""
    for left in (0, 1, 2):
        for name, comment, requests, expect in ASKED:
            yield Life(
                id=f"turn.{left}-left.{name}", comment=f"{left} places left, and three openings. {comment}",
                flags=("CutInTurn",), setting=QRA_3, expect=expect,
                requests=(full(left), boot(), *shows(*[STAFF] * 3), *requests, STATE),
            )  # fmt: skip
    yield from _cuts()
    yield from _idle()
    yield from _refusals()
    yield from _keypad()
    yield from _lock_out_counts()
    yield from _subjects()


def _cuts() -> Iterator[Life]:
    """An opening that turns: header, six slots of snapshot, seal and row, and first an erase where there is history."""
    slots = len(REMEMBERED_ALL)
    seal, row, end = 6 * (slots + 1), 6 * (slots + 2), 6 * (slots + 3)
    plans = (
        "0b", "2t55", "5a", "6b", "11a", f"{seal - 1}a", f"{seal}t0f", f"{row - 1}b", f"{row - 1}a", f"{row}t33",
        f"{end - 1}b", f"{end - 1}a",
    )  # fmt: skip
    for history in (False, True):
        for plan in ("0t55", *plans) if history else plans:
            shifted = _shift(plan, int(history and plan != "0t55"))
            name = f"{'erase' if history else 'blank'}.{plan}"
            until = (full(0, history=history), boot(), wait(), cut(shifted), show(STAFF))
            says = f"The turn is cut at {shifted}, {'onto an older block' if history else 'onto a blank one'}."
            yield Life(
                id=f"turn.cut.{name}", comment=says, flags=("CutInTurn",), setting=QRA_3, expect=refused("POWER_LOST"),
                requests=(*until, STATE, LOG),
            )  # fmt: skip
            yield Life(
                id=f"turn.cut.{name}.after", comment=f"{says} Then it goes on.", flags=("CutInTurn",), setting=QRA_3,
                expect=USED_UP,
                requests=(*until, boot(), *shows(STAFF, card(49), card(101), card(times=2)), *shows(card(times=2)),
                          STATE, LOG),
            )  # fmt: skip
    for name, plan in (
        ("header-twice", "3t55,5b"), ("header-then-seal", f"3t55,{4 + 1 + seal + 2}t55"),
         ("erase-then-erase", "0t55,1b"),
        ("seal-then-row", f"{1 + row - 1}a,{1 + row + 2}t55"), ("eight", "0t55,1t55,2t55,3t55,4t55,5t55,6t55,7t55"),
    ):  # fmt: skip
        again = [each for _ in range(plan.count(",") + 1) for each in (show(STAFF), boot(), wait())]
        yield Life(
            id=f"turn.nested.{name}", comment=f"The turn onto an older block is cut at {plan}, and goes on each time.",
            flags=("CutRepeated", "CutInTurn"), setting=QRA_3, expect=USED_UP,
            requests=(full(0, history=True), boot(), wait(), cut(plan), *again, *shows(STAFF, card(times=1)), STATE,
                LOG),
        )  # fmt: skip


def _shift(plan: str, by: int) -> str:
    number = plan[: next(at for at, character in enumerate(plan) if not character.isdigit())]
    return f"{int(number) + by}{plan[len(number) :]}"


def _idle() -> Iterator[Life]:
    """Erasing ahead: with eight places left or fewer, once, and only what is history."""
    for left in (9, 8, 1, 0):
        yield Life(
            id=f"turn.idle.{left}-left", flags=("CutInTurn", "AuditLog"), setting=QRA_3, expect=USED_UP,
            comment=f"{left} places left at an idle moment: the older block is {'erased' if left < 9 else 'kept'}.",
            requests=(full(left, history=True), boot(), IDLE, LOG, IDLE, LOG, *shows(card(times=1)), STATE),
        )  # fmt: skip
        yield Life(
            id=f"turn.idle.{left}-left.turn", flags=("CutInTurn", "AuditLog"), setting=QRA_3, expect=USED_UP,
            comment=f"{left} places left, an idle moment, and then more openings than that.",
            requests=(
                full(left, history=True), boot(), IDLE, *shows(*[STAFF] * (left + 2)), boot(), *shows(card(times=1)),
                STATE, LOG,
            ),
        )  # fmt: skip
    for plan in ("0b", "0t55", "0t0f", "0a"):
        yield Life(
            id=f"turn.idle.cut.{plan}", flags=("CutInTurn", "CutRepeated"), setting=QRA_3, expect=USED_UP,
            comment="Erasing ahead is cut: it was history.",
            requests=(
                full(1, history=True), boot(), cut(plan), IDLE, STATE, boot(), *shows(*[STAFF] * 3, card(times=1)),
                STATE, LOG,
            ),
        )  # fmt: skip
    yield Life(
        id="turn.idle.costs-no-erase", flags=("CutInTurn",), setting=QRA_3, expect=refused("POWER_LOST"),
        comment="After erasing ahead the turn has no erase left: its header is cut in its last unit.",
        requests=(full(0, history=True), boot(), IDLE, wait(), cut("5b"), show(STAFF), STATE),
    )  # fmt: skip
    yield Life(
        id="turn.idle.row", flags=("CutInTurn",), setting=QRA_3, expect=refused("POWER_LOST"),
        comment="And its row begins where the seal ends.",
        requests=(full(0, history=True), boot(), IDLE, wait(), cut("53a"), show(STAFF), STATE, LOG),
    )  # fmt: skip


def _refusals() -> Iterator[Life]:
    """The ring of refusals turns by itself, without a snapshot."""
    over = card(66, start_min=NOON - 9, end_min=NOON)
    for left in (0, 1, 2):
        yield Life(
            id=f"turn.refusals.{left}-left", flags=("AuditLog",), setting=QRA_3, expect=refused("EXPIRED"),
            comment=f"{left} places left for refusals, and two of them.",
            requests=(full_refusals(left), boot(), *shows(over, over), LOG, STATE),
        )  # fmt: skip
    for plan in ("0b", "5a", "11b", "11a", "17b", "17a"):
        yield Life(
            id=f"turn.refusals.cut.{plan}", flags=("AuditLog", "CutInTurn"), setting=QRA_3, expect=USED_UP,
            comment="The turn of the refusals' ring is cut: the old ones are there, and counts are as they were.",
            requests=(
                full_refusals(0), boot(), wait(), cut(plan), show(over), LOG, boot(), *shows(over, card(times=1)), LOG
            ),
        )  # fmt: skip
    yield Life(
        id="turn.refusals.idle", flags=("AuditLog",), setting=QRA_3, expect=refused("EXPIRED"),
        comment="At an idle moment nothing of the block in use is erased.",
        requests=(full_refusals(0), boot(), IDLE, LOG, *shows(over), LOG),
    )  # fmt: skip


def _keypad() -> Iterator[Life]:
    """Lock-out, wrong entries and used passcodes in a snapshot."""
    used = Row(Kind.ENTRY, subject=PASSWORDS_FROM + _number(), end_min=END, used=1)
    for name, keypad, expect in (
        ("locked", Row(Kind.KEYPAD, minute=NOON, end_min=NOON + 6, valid_from_revision=1), "LOCKED_OUT"),
        ("four-wrong", Row(Kind.KEYPAD, minute=NOON, used=4), "LOCKED_OUT"),
        ("doubling", Row(Kind.KEYPAD, minute=NOON, valid_from_revision=1), "LOCKED_OUT"),
        ("waits", Row(Kind.KEYPAD, minute=NOON, end_min=0xFFFF_FFFF, valid_from_revision=1), "LOCKED_OUT"),
        ("used", Row(Kind.KEYPAD, minute=NOON, used=1), "PASSWORD_USED"),
    ):
        count = {"four-wrong": 1, "doubling": 5}.get(name, 0)
        wrong = [press("000000000000")] * count + ([clock(NOON + 10)] if name == "doubling" else [])
        yield Life(
            id=f"turn.keypad.{name}", comment="The keypad's state goes into the next block.",
            flags=("CutInTurn", "PasswordGuess"), setting=QRP, expect=Verdict(accepted=False, reason=expect),
            requests=(
                full(0, (marks(minute=NOON), keypad, used)), boot(), *shows(STAFF, STAFF), boot(), *wrong,
                press(once()), STATE, LOG,
            ),
        )  # fmt: skip


def _subjects() -> Iterator[Life]:
    """What a room's report drops, by subject: lower serials, and passcodes from the lowest number to the highest."""
    subjects = (0, 199, 200, 201, 0xFFFF_FFFF, PASSWORDS_FROM, PASSWORDS_FROM + 1, PASSWORDS_FROM + _number())
    entries = [Row(Kind.ENTRY, subject=subject, end_min=END, used=1) for subject in subjects]
    made = memory("nor", snapshot=[marks(minute=NOON), *entries], rows=[])
    image = load({0: configuration("nor").to_bytes(), 4: made.to_bytes()})
    yield Life(
        id="turn.subjects.report", comment="A report drops what it voids, and passcodes; what is left keeps its count.",
        flags=("LossReport", "Password"), setting=QRP, expect=refused("SUPERSEDED"),
        requests=(image, boot(), STATE, *shows(card(200, lost=Lost.ROOM)), STATE, boot(), STATE, *shows(card(199))),
    )  # fmt: skip


def _lock_out_counts() -> Iterator[Life]:
    """Many lock-outs in a row: their number has a byte, and the length does not wrap with it."""
    for count in (8, 9, 10, 31, 32, 33, 40, 63, 64, 254, 255):
        keypad = Row(Kind.KEYPAD, minute=NOON, used=4, valid_from_revision=count)
        for name, minute, expect in (
            ("last-minute", NOON + min(5 << count, 1440), "LOCKED_OUT"),
            ("over", NOON + min(5 << count, 1440) + 1, "PASSWORD_USED"),
        ):  # fmt: skip
            made = memory("nor", snapshot=[marks(minute=NOON), keypad], rows=[])
            yield Life(
                id=f"turn.lock-outs.{count}.{name}", comment=f"After {count} lock-outs in a row, one more.",
                flags=("PasswordGuess",), setting=QRP, expect=Verdict(accepted=False, reason=expect),
                requests=(
                    load({0: configuration("nor").to_bytes(), 4: made.to_bytes()}), boot(), press("000000000000"),
                    STATE, clock(minute), press(once()), press(once()), STATE,
                ),
            )  # fmt: skip


def _number() -> int:
    """Of the passcode `once()`, by PASSCODE.md, section 1."""
    return ((524_288 + NOON // 60) * 744 + 47) * 16
