"""Cuts at each step of what a store does, on each geometry, and what the next mounting finds: FLASH.md, section 4."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from lockcore.secret_pem import public_of
from simulator.flash.geometry import GEOMETRIES
from vectors.families.flash_images import places_of, refusals, steps_of
from vectors.families.flash_life import (
    KEYS,
    LARGER,
    NOT_STORED,
    STORED,
    Kept,
    at,
    block,
    filled,
    history,
    on_each,
    use,
    used,
)
from vectors.families.lock_life import Setting
from vectors.families.lock_requests import IDLE, LOG, STATE, boot, command, cut, port, show, update, wait
from vectors.families.site import NEXT_ID, NEXT_ISSUER, NEXT_PRIVATE, NOON, card, keys_of
from vectors.pack.vector import Request

NEXT = keys_of(ed25519={NEXT_ID: public_of(NEXT_PRIVATE)}, scopes=(), passcode=None)
NEW = card(101, times=1)
_GO_ON: list[Request] = [boot(), STATE, show(card(102, times=1)), boot(), LOG, STATE]
_PHASES = ("b", "t55", "a", "t0f", "taa", "tf0")


def lives() -> Iterator[Kept]:
    """All of them."""
    for geometry, setting in on_each():
        yield from _append(geometry, setting)
        yield from _turn(geometry, setting)
        yield from _prepare(geometry, setting)
        if geometry == "eeprom":  # the smallest block
            yield from _capacity(geometry, setting)
        yield from _replace(geometry, setting)
        yield from _nested(geometry, setting)


def written(slot: bytes, unit: int, step: int, phase: str) -> bool:
    """Whether a slot reads right after a cut in this step: its units before are there, those after it are not."""
    length = -(-len(slot) // unit) * unit
    wanted = slot.ljust(length, b"\xff")
    kept = {"b": 0xFF, "a": 0}.get(phase[0], int(phase[1:] or "0", 16))
    found = bytearray(wanted[: step * unit].ljust(length, b"\xff"))
    found[step * unit : (step + 1) * unit] = bytes(byte | kept for byte in wanted[step * unit : (step + 1) * unit])
    return found[:24] == wanted[:24]


def _append(geometry: str, setting: Setting) -> Iterator[Kept]:
    """One row onto one: it is there exactly when all its units are right."""
    made, unit = block(geometry, 100), GEOMETRIES[geometry].program_bytes
    row = made.slot(use(101).to_bytes(), made.next_place)
    for step in range(steps_of(geometry)):
        for phase in ("b", "t00", "t01", "t55", "taa", "t0f", "tf0", "tff", "a"):
            there = written(row, unit, step, phase)
            yield Kept(
                id=f"{geometry}.append.{step}{phase}", flags=("CutInCommit",), setting=setting,
                comment=f"A row is cut at {step}{phase}: it {'reads right' if there else 'is not there'}.",
                expect=STORED if there else NOT_STORED,
                found=used(100, *([101] if there else []), 102),
                requests=(at(geometry, {4: made.to_bytes()}), boot(), cut(f"{step}{phase}"), show(NEW), STATE, *_GO_ON),
            )  # fmt: skip


def _turn(geometry: str, setting: Setting) -> Iterator[Kept]:
    """A row that turns with two slots of snapshot: header, snapshot, seal, row, and the erase before them."""
    made, unit, slot_steps = block(geometry, before=[100]), GEOMETRIES[geometry].program_bytes, steps_of(geometry)
    new = block(geometry, 101, sequence=2, before=[100])
    row, erases = (
        new.slot(use(101).to_bytes(), new.first_row),
        GEOMETRIES[geometry].block_bytes // GEOMETRIES[geometry].erase_bytes,
    )
    blank, old = (
        {4: filled(made, 0)},
        {4: filled(block(geometry, before=[100], sequence=2), 0), 5: history(geometry, 7)},
    )
    phases = cycle(_PHASES)
    for name, blocks, first in (("blank", blank, 0), ("erase", old, erases)):
        for step in _told(first, slot_steps, len(new.snapshot) + 3):
            phase = next(phases)
            in_row = step - first - slot_steps * (len(new.snapshot) + 2)
            sequence_row = (
                row if name == "blank" else block(geometry, sequence=3, before=[100]).slot(row[:20], new.first_row)
            )
            there = in_row >= 0 and written(sequence_row, unit, in_row, phase)
            yield Kept(
                id=f"{geometry}.turn.{name}.{step}{phase}", flags=("CutInTurn",), setting=setting,
                comment=f"A turn onto {'a blank' if name == 'blank' else 'an older'} block is cut at {step}{phase}.",
                expect=STORED if there else NOT_STORED, found=used(100, *([101] if there else []), 102),
                requests=(at(geometry, blocks), boot(), cut(f"{step}{phase}"), show(NEW), STATE, *_GO_ON),
            )  # fmt: skip


def _told(erases: int, slot_steps: int, slots: int) -> list[int]:
    """Steps worth a vector: all, but of many erases only those at both ends."""
    told = [step for step in range(erases) if step in (0, 1, 63, erases - 2, erases - 1)]
    return told + list(range(erases, erases + slot_steps * slots))


def _capacity(geometry: str, setting: Setting) -> Iterator[Kept]:
    """Rows stand from the seal on, to the last place: with 64 cards in the snapshot there are so many of them."""
    full = block(geometry, before=range(1, 65))
    rows, step = places_of(geometry) - full.first_row, steps_of(geometry)
    for more, turns in ((rows - 1, False), (rows, True)):
        shown = [each for _ in range(more) for each in (show(card(200)), wait())]
        yield Kept(
            id=f"{geometry}.turn.capacity.{'turns' if turns else 'fits'}", flags=("CutInTurn",), setting=setting,
            comment=f"A turn and {more} rows; the next one {'turns' if turns else 'fits'}, as the cut shows.",
            expect=NOT_STORED if turns else STORED, found={"entries": used(*range(1, 65))["entries"]},
            requests=(
                at(geometry, {4: filled(full, 0)}), boot(), *shown, cut(f"{step}b"), show(card(200)), STATE
            ),
        )  # fmt: skip


def _prepare(geometry: str, setting: Setting) -> Iterator[Kept]:
    """Erasing ahead: what is cut was history, and the next turn finishes it."""
    erases = GEOMETRIES[geometry].block_bytes // GEOMETRIES[geometry].erase_bytes
    blocks = {4: filled(block(geometry, before=[100], sequence=2), 0), 5: history(geometry, 7)}
    for step in sorted({0, erases // 2, erases - 1}):
        for phase in ("b", "t55", "t00", "a"):
            yield Kept(
                id=f"{geometry}.prepare.{step}{phase}", flags=("CutInTurn",), setting=setting, expect=STORED,
                comment=f"Erasing ahead is cut at {step}{phase}; the turn after it finds what it needs.",
                found=used(100, 101, 102), requests=(
                    at(geometry, blocks), boot(), cut(f"{step}{phase}"), IDLE, STATE, boot(), show(NEW), *_GO_ON
                ),
            )  # fmt: skip
    for left in (8, 9):
        last = slot_steps_of_turn(geometry) - 1 + (0 if left == 8 else erases)
        for phase in ("b", "a"):
            yield Kept(
                id=f"{geometry}.prepare.{left}-left.{phase}", flags=("CutInTurn",), setting=setting,
                comment=f"Erasing ahead with {left} places left, then a turn that is cut in its last step.",
                expect=STORED if phase == "a" else NOT_STORED,
                found=used(100, *([101] if phase == "a" else []), 102), requests=(
                    at(geometry, {4: filled(block(geometry, before=[100], sequence=2), left), 5: history(geometry, 7)}),
                    boot(), IDLE, *[each for _ in range(left) for each in (show(card(9)), wait())],
                    cut(f"{last}{phase}"), show(NEW), STATE, *_GO_ON,
                ),
            )  # fmt: skip


def slot_steps_of_turn(geometry: str) -> int:
    """Of a turn onto a blank block with marks, what was presented and one card in its snapshot."""
    return steps_of(geometry) * 6


def _replace(geometry: str, setting: Setting) -> Iterator[Kept]:
    """Other keys: a block of the configuration, old or new."""
    data = 2 + 4 + len(setting.placement.to_bytes()) + len(NEXT.to_bytes())
    slots, per = -(-data // 19) + 2, steps_of(geometry)
    last = slots * per - 1
    steps = sorted({0, per - 1, per, last // 2, last - per, last - per + 1, last - 1, last})
    phases = cycle(_PHASES)
    for step in steps:
        for phase in ("b", "t55", "t00", "a") if step == last else (next(phases), next(phases)):
            new = step == last and phase in ("a", "t00")
            keys = (NEXT if new else KEYS).to_bytes().hex()
            yield Kept(
                id=f"{geometry}.replace.{step}{phase}", flags=("KeyRotation", "CutInTurn"), setting=setting,
                comment=f"A new configuration is cut at {step}{phase}: the {'new' if new else 'old'} keys.",
                expect=STORED if new else NOT_STORED, found={"keys": keys} | used(100, 101),
                requests=(
                    at(geometry, {4: block(geometry, 100).to_bytes()}), boot(), port(), cut(f"{step}{phase}"),
                    command(update(NEXT)), STATE, boot(), show(NEW, NEXT_ISSUER), show(NEW), LOG, STATE,
                ),
            )  # fmt: skip


def _nested(geometry: str, setting: Setting) -> Iterator[Kept]:
    """Cuts in what goes on after a cut; and eight at one step in a row."""
    per = steps_of(geometry)
    made, tries = block(geometry, 100), [each for _ in range(8) for each in (show(NEW), boot(), wait())]
    for phase in ("b", "t55", "t0f"):
        plan = ",".join(f"{per * number + per - 1}{phase}" for number in range(8))
        if phase == "b":
            plan = _again_before(per)
        yield Kept(
            id=f"{geometry}.nested.append-eight.{phase}", flags=("CutRepeated",), setting=setting, expect=STORED,
            comment="The last unit of a row is cut eight times in a row; the ninth attempt is stored.",
            found=used(100, 101, 102), requests=(
                at(geometry, {4: made.to_bytes()}), boot(), cut(plan), *tries, show(NEW), *_GO_ON
            ),
        )  # fmt: skip
    nearly = filled(block(geometry, before=[100]), 3)
    yield Kept(
        id=f"{geometry}.nested.append-until-turn", flags=("CutRepeated", "CutInTurn"), setting=setting, expect=STORED,
        comment="Three places left, and three rows that are torn: the fourth attempt turns.", found=used(100, 101, 102),
        requests=(
            at(geometry, {4: nearly}), boot(), cut(",".join(f"{per * number}t0f" for number in range(3))),
            *[each for _ in range(3) for each in (show(NEW), boot(), wait())], show(NEW), *_GO_ON,
        ),
    )  # fmt: skip
    full = {4: filled(block(geometry, before=[100]), 0)}
    if geometry != "eeprom":  # its half-written block has as many erase units that are not blank as were reached
        units = 1  # of two on stm32, the second one is still blank
        for slot_number, name in ((0, "header"), (1, "snapshot"), (3, "seal")):
            step = per * slot_number + 1
            plan = f"{step}t55,{step + 1 + units + step}t0f"
            yield Kept(
                id=f"{geometry}.nested.turn.{name}", flags=("CutRepeated", "CutInTurn"), setting=setting, expect=STORED,
                comment=f"A turn is torn in its {name}, and torn there again in the next attempt; then it goes on.",
                found=used(100, 101, 102), requests=(
                    at(geometry, full), boot(), cut(plan),
                        *[each for _ in range(3) for each in (show(NEW), boot(), wait())],
                    *_GO_ON,
                ),
            )  # fmt: skip
        eight = ",".join(f"{(step := per * 3 + 2) * number + step + (1 + units) * number}t55" for number in range(8))
        yield Kept(
            id=f"{geometry}.nested.turn-eight", flags=("CutRepeated", "CutInTurn"), setting=setting, expect=STORED,
            comment="A turn is torn in its seal eight times in a row, each attempt erasing the one before.",
            found=used(100, 101, 102), requests=(at(geometry, full), boot(), cut(eight), *tries, show(NEW), *_GO_ON),
        )  # fmt: skip
    blocks = {4 + number: history(geometry, 7 + number, sequence=number + 1) for number in range(4)}
    blocks[7] = filled(block(geometry, before=[100], sequence=4), 0)
    yield Kept(
        id=f"{geometry}.nested.turn-ring", flags=("CutInTurn",), setting=LARGER[geometry], expect=STORED,
        comment="The last of four blocks turns onto the first one, the oldest.", found=used(100, 101, 102),
        requests=(at(geometry, blocks, 8), boot(), show(NEW), boot(), LOG, *_GO_ON),
    )  # fmt: skip
    torn_refusals = refusals(geometry, rows=[]).to_bytes({places_of(geometry) - 1: b"\0"})
    expired = card(66, start_min=NOON - 9, end_min=NOON)
    for plan in ("0b", f"{per - 1}a", f"{3 * per - 1}b", f"{3 * per - 1}a"):
        yield Kept(
            id=f"{geometry}.note.{plan}", flags=("AuditLog", "CutInTurn"), setting=setting, expect=STORED,
            comment=f"The ring of refusals turns and is cut at {plan}: rows are as they were.", found=used(100, 102),
            requests=(
                at(geometry, {2: torn_refusals, 4: made.to_bytes()}), boot(), cut(plan), show(expired), LOG, *_GO_ON
            ),
        )  # fmt: skip


def _again_before(per: int) -> str:
    """Eight cuts before the last unit: where there is only one, the place stays blank and is taken again."""
    plan, step = [], per - 1
    for _ in range(8):
        plan.append(f"{step}b")
        step += per
    return ",".join(plan)
