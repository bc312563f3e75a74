"""Images at a limit of the layout: the longest snapshot and configuration, a ring's ends, a table that is full.

What lies just beyond the limit must not count, and what lies at it must.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lockcore.placement import Placement
from simulator.flash.geometry import GEOMETRIES
from simulator.lock.rows import OPENED, PURGED, ROOM_VOIDED, Kind, Row
from vectors.families.flash_configuration import NEXT
from vectors.families.flash_images import Block, configuration, marks, memory, places_of, refusals, steps_of
from vectors.families.flash_life import (
    KEYS,
    NONE,
    NOT_STORED,
    STALE,
    STORED,
    Kept,
    at,
    block,
    entry,
    filled,
    history,
    on_each,
    use,
    used,
)
from vectors.families.lock_life import Life, Setting
from vectors.families.lock_requests import END, IDLE, LOG, STATE, boot, cut, show, wait
from vectors.families.site import NEXT_ID, NOON, card, keys_of
from vectors.pack.vector import Request, refused

FAR = Placement(community=99_999_999_999, building="65535", floor="65535", room="ZZZZZZZZ", lock_id="Z" * 16)
"""43 bytes, as many as a placement has."""
ALL_KEYS = keys_of(
    ed25519={0: KEYS.ed25519[0], NEXT_ID: NEXT.ed25519[NEXT_ID]}, cmac={3: keys_of().cmac[1], 4: keys_of().cmac[1]},
    scopes=(),
)  # fmt: skip
"""247 bytes, as many as a key set has."""
EXPIRED = card(66, start_min=NOON - 9, end_min=NOON)
_ON: list[Request] = [boot(), STATE, show(card(104, times=1)), boot(), LOG, STATE]


def lives() -> Iterator[Life]:
    """All of them."""
    for geometry, setting in on_each():
        yield from _snapshots(geometry, setting)
        yield from _configurations(geometry, setting)
        yield from _read_rows(geometry, setting)
        yield from _rings(geometry, setting)
        yield from _idle(geometry, setting)
        yield from _minutes(geometry, setting)


def _snapshots(geometry: str, setting: Setting) -> Iterator[Life]:
    """A snapshot may fill its block; none goes on in the next one."""
    fills = places_of(geometry) - 2
    whole = memory(geometry, snapshot=[marks(minute=NOON)] * (fills - 1) + [entry(100)])
    yield Kept(
        id=f"{geometry}.limit.snapshot-fills", comment="A snapshot that leaves no place for a row: the next one turns.",
        flags=("ParserLimit",), setting=setting, expect=STORED, found=used(100, 104),
        requests=(at(geometry, {4: whole.to_bytes()}), *_ON),
    )  # fmt: skip
    longer = memory(geometry, snapshot=[marks(minute=NOON)] * fills + [entry(100)]).to_bytes()
    yield Kept(
        id=f"{geometry}.limit.snapshot-goes-on", comment="A snapshot whose seal lies in the next block: not whole.",
        flags=("ParserLimit",), setting=setting, expect=STALE, found=used(104),
        requests=(at(geometry, {4: longer[:4096], 5: longer[4096:].ljust(4096, b"\xff")}), *_ON),
    )  # fmt: skip
    old = block(geometry, 100).to_bytes()
    for kind, whole_too in ((0, False), (1, True), (8, True), (254, True), (255, False)):
        newer = memory(geometry, sequence=2, snapshot=[marks(minute=NOON), entry(103)])
        is_one = "a slot" if whole_too else "no slot, so the block is not whole"
        yield Kept(
            id=f"{geometry}.limit.snapshot-kind-{kind}", flags=("TornSlot",), setting=setting,
            comment=f"A newer block, in its snapshot 20 bytes of kind {kind} with all checksums right: {is_one}.",
            expect=STORED if whole_too else STALE, found=used(103 if whole_too else 100, 104),
            requests=(at(geometry, {4: old, 5: _with(newer, bytes([kind]) + bytes(19))}), *_ON),
        )  # fmt: skip


def _with(made: Block, *parts: bytes) -> bytes:
    """The block with more slots in its snapshot."""
    return replace(made, snapshot=(*made.snapshot, *parts)).to_bytes()


def _configurations(geometry: str, setting: Setting) -> Iterator[Life]:
    longest = configuration(geometry, keys=ALL_KEYS, placement=FAR)
    other = configuration(geometry, keys=NEXT, sequence=2).to_bytes()
    now = {"keys": ALL_KEYS.to_bytes().hex(), "placement": FAR.to_bytes().hex()}
    size = int.from_bytes(configuration(geometry, keys=KEYS).snapshot[0][1:3], "little")
    zeros, kind = b"\x80" + bytes(19), b"\1" + bytes(19)
    cases = (
        ("longest", "A configuration of 296 bytes, none longer.", {0: longest.to_bytes()}, now),
        ("slot-more", "A slot of zeros behind it: its length says where it ends.", {0: _with(longest, zeros)}, now),
        ("slot-more-of-usual", "The same behind a shorter one.",
         {0: _with(configuration(geometry, keys=KEYS), zeros)}, {"keys": KEYS.to_bytes().hex()}),
        ("slot-more-said", "The same, and the length has a byte of it: none.",
         {0: _with(configuration(geometry, keys=KEYS, length=size + 1), zeros)}, {"epoch": None}),
        ("slot-more-of-kind-1", "A slot of a row's kind behind it: none.", {0: _with(longest, kind)}, {"epoch": None}),
        ("third-block", "A later one in the third block: no block of this ring.",
         {0: configuration(geometry, keys=KEYS).to_bytes(), 2: other}, {"keys": KEYS.to_bytes().hex()}),
        ("third-block-alone", "One in the third block alone: none.", {0: b"\xff" * 4096, 2: other}, {"epoch": None}),
    )  # fmt: skip
    for id, comment, blocks, found in cases:
        none = found == {"epoch": None}
        yield Kept(
            id=f"{geometry}.limit.configuration.{id}", comment=comment, flags=("ParserLimit", "InstallMode"),
            setting=setting, expect=NONE if none else STORED, found=found,
            requests=(at(geometry, blocks), STATE, boot(), STATE),
        )  # fmt: skip


def _read_rows(geometry: str, setting: Setting) -> Iterator[Life]:
    """What reading rows leaves in the table: what was dropped stays so, whatever is dropped after it."""
    late, ended = use(300), use(400)._replace(minute=NOON - 120, end_min=NOON - 60)
    voids = Row(Kind.CARD, OPENED | ROOM_VOIDED, subject=200, minute=NOON, end_min=END)
    purges = Row(Kind.CARD, OPENED | PURGED, subject=201, minute=NOON, end_min=END)
    for id, comment, rows, until in (
        ("purged-then-voided", "An entry has ended and goes; then a report for the room drops none.",
         [late, ended, purges, voids], NOON - 60),
        ("voided-then-purged", "A report for the room drops a card; then what has ended goes, and there is none.",
         [late, use(100), voids, purges], 0),
    ):  # fmt: skip
        yield Kept(
            id=f"{geometry}.limit.{id}", comment=comment, flags=("LossReport",), setting=setting, expect=STORED,
            found=used(300) | {"room_mark": 200, "purged_until": until},
            requests=(
                at(geometry, {4: memory(geometry, snapshot=[marks(minute=NOON)], rows=rows).to_bytes()}), boot(), STATE
            ),
        )  # fmt: skip
    for id, made in (
        ("entry-65.snapshot", block(geometry, before=range(1, 66))),
        ("entry-65.row", block(geometry, 65, before=range(1, 65))),
        ("entry-in-each-row", block(geometry, *range(1, places_of(geometry) - 2))),
    ):
        yield Life(
            id=f"{geometry}.limit.{id}", flags=("ParserLimit", "FlashFull"), setting=setting,
            comment="An image brings more than 64 cards: the lock boots, and its table is full.",
            expect=refused("STORE_FULL"),
            requests=(at(geometry, {4: made.to_bytes()}), boot(), show(card(500, times=1))),
        )  # fmt: skip
    only = [Row(Kind.MARKS, subject=0, minute=NOON), Row(Kind.ENTRY, subject=100, end_min=END, used=1)]
    yield Kept(
        id=f"{geometry}.limit.rows-of-a-snapshot", flags=("AuditLog",), setting=setting, expect=STORED,
        comment="Rows that have their place in a snapshot, behind it: they are read, and are in the log.",
        found=used(100), requests=(
            at(geometry, {4: memory(geometry, snapshot=[marks(minute=NOON)], rows=only).to_bytes()}), boot(), LOG, STATE
        ),
    )  # fmt: skip
    for id, row, found in (
        ("wrong", Row(Kind.KEYPAD, minute=NOON, used=1), {"wrong": 1}),
        ("lock-outs", Row(Kind.KEYPAD, minute=NOON, valid_from_revision=1), {"lock_outs": 1}),
        ("end", Row(Kind.KEYPAD, minute=NOON, end_min=NOON + 6), {"locked_until": NOON + 6}),
        ("end-1", Row(Kind.KEYPAD, minute=NOON, end_min=1), {"locked_until": 1}),
        ("purged-1", Row(Kind.VOIDS_PURGED, end_min=1), {"voids_purged_until": 1}),
    ):  # fmt: skip
        made = memory(geometry, snapshot=[marks(minute=NOON), row])
        yield Kept(
            id=f"{geometry}.limit.turn-keeps.{id}", flags=("CutInTurn",), setting=setting, expect=STORED,
            comment="One number of the memory is not 0, and goes into the next block.", found=used(104) | found,
            requests=(at(geometry, {4: filled(made, 0)}), *_ON),
        )  # fmt: skip


def _rings(geometry: str, setting: Setting) -> Iterator[Life]:
    """Where a ring begins, and where it ends."""
    per, erases = steps_of(geometry), 4096 // GEOMETRIES[geometry].erase_bytes
    junk = history(geometry, 7, sequence=9)
    junk = b"\0" * 24 + junk[24:]  # without a header
    for id, place, erased in (("first-blank", 5, 0), ("first-written", 4, erases)):
        for phase in ("b", "a"):
            last = erased + 4 * per - 1
            yield Kept(
                id=f"{geometry}.limit.begins.{id}.{phase}", flags=("CutInTurn",), setting=setting,
                comment=f"No block is whole: the first one is begun, and the mark's last step cut at {last}{phase}.",
                expect=STORED if phase == "a" else NOT_STORED, found={"high_water": NOON if phase == "a" else 0},
                requests=(at(geometry, {place: junk}), cut(f"{last}{phase}"), boot(), STATE),
            )  # fmt: skip
    full = refusals(geometry, sequence=2).to_bytes({places_of(geometry) - 1: b"\0"})
    yield Kept(
        id=f"{geometry}.limit.refusals-turn", flags=("AuditLog", "CutInTurn"), setting=setting, expect=STORED,
        comment="The second block of the refusals is full: they turn onto the first one.", found=used(100, 104),
        requests=(
            at(geometry, {2: refusals(geometry).to_bytes(), 3: full, 4: block(geometry, 100).to_bytes()}), boot(),
            show(EXPIRED), LOG, *_ON,
        ),
    )  # fmt: skip
    yield Kept(
        id=f"{geometry}.limit.refusals-in-third", flags=("AuditLog",), setting=setting, expect=STORED,
        comment="A block of refusals where the memory's begin: no block of this ring.", found=used(104),
        requests=(
            at(geometry, {4: refusals(geometry, rows=[Row(Kind.REFUSED, 16, subject=66, minute=NOON)]).to_bytes()}),
            boot(), LOG, *_ON,
        ),
    )  # fmt: skip


def _idle(geometry: str, setting: Setting) -> Iterator[Life]:
    """Erasing ahead where it is seldom due; a cut in its first step shows whether there is one."""
    full = refusals(geometry, sequence=2).to_bytes({places_of(geometry) - 1: b"\0"})
    written = history(geometry, 7, sequence=1)
    for id, minute, comment, blocks, found in (
        ("refusals", NOON, "The refusals' block in use is full: their other one is erased.",
         {2: full, 3: written, 4: block(geometry, 100).to_bytes()}, used(100, 104)),
        ("no-block", None, "No block is whole, so no place is left: the first one is erased.",
         {4: b"\0" * 24 + written[24:]}, used(104)),
    ):  # fmt: skip
        yield Kept(
            id=f"{geometry}.limit.idle.{id}", comment=comment, flags=("CutInTurn",), setting=setting, expect=STORED,
            found=found, requests=(at(geometry, blocks), boot(minute), cut("0b"), IDLE, *_ON),
        )  # fmt: skip
    if geometry != "eeprom":  # the fewest rows
        return
    made = block(geometry, before=range(1, 65), sequence=2)
    rows = places_of(geometry) - made.first_row - 8
    yield Kept(
        id=f"{geometry}.limit.idle.each-block", flags=("CutInTurn",), setting=setting, expect=STORED,
        comment="Erased ahead, turned, and filled up to eight places: the block before is erased in its turn.",
        found={"entries": used(*range(1, 65))["entries"]}, requests=(
            at(geometry, {4: filled(made, 0), 5: history(geometry, 7)}), boot(), IDLE,
            *[each for _ in range(rows) for each in (show(card(200)), wait())], cut("0b"), IDLE, STATE, boot(), STATE,
        ),
    )  # fmt: skip


def _minutes(geometry: str, setting: Setting) -> Iterator[Life]:
    """Minutes that no clock comes to: a sum of 32 bits would wrap, and the clock at noon seem later than the mark."""
    for id, below in (("", 0), ("-less-15", 15), ("-less-59", 59), ("-less-60", 60)):
        made = memory(geometry, snapshot=[marks(minute=0xFFFF_FFFF - below)])
        yield Life(
            id=f"{geometry}.limit.mark-all-ones{id}", flags=("ParserLimit", "ClockRolledBack"), setting=setting,
            comment=f"The mark is at 2^32 - {below + 1}: no reading of the clock lowers it, and nothing opens.",
            expect=refused("CLOCK_ROLLED_BACK"),
            requests=(at(geometry, {4: made.to_bytes()}), boot(), STATE, boot(), show(card(104, times=1)), STATE),
        )  # fmt: skip
