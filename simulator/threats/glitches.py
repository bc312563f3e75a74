"""One check skipped, once: threat 27."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lockcore import Grant, Lost, payload, service
from lockcore.passcode import PasscodeKind
from simulator.flash.store import FlashStore
from simulator.lock import keypad
from simulator.lock import lock as lock_module
from simulator.lock.judge import capability, clock, counter, judge, scope, supersession, window
from simulator.threats.attacked import Attacked
from simulator.threats.design import KEYPAD, REFERENCE, Design
from simulator.threats.forged import any_seal
from simulator.threats.keys import STRANGERS_PUBLIC, install_mode, update
from simulator.threats.part import Part, Step, instead_of, once
from simulator.threats.row import Attack, Expected, Threat
from simulator.threats.sight import FRAME_MS
from simulator.threats.site import KEY_ID, NEXT_DOOR, NOON, STRANGER, STRANGERS_PRIVATE, card, passwords

Prepare = Callable[[Attacked], Any]


def _passes(_case: object) -> None:
    return None


def skipped(step: Step, prepare: Prepare, shown: Grant) -> Attack:
    """Show a card that fails one step only, and have that step skipped the first time that it is done."""

    def attack(lock: Attacked) -> bool:
        prepare(lock)
        lock.glitch(instead_of({step: once(step, _passes)}))
        return lock.show(shown).opened

    return attack


def skipped_seal(lock: Attacked) -> bool:
    """Show a forged card, and have its seal's check skipped."""
    lock.glitch(Part(payload, "_check_seal", once(payload._check_seal, any_seal)))
    return lock.show(card(), by=STRANGER).opened


def flipped_verdict(lock: Attacked) -> bool:
    """Show the next room's card, and have the verdict of all steps turned over."""
    lock.glitch(Part(lock_module, "judge", once(judge, _passes)))
    return lock.show(card(room=NEXT_DOOR.room)).opened


def flipped_entry(lock: Attacked) -> bool:
    """Enter a used one-time password, and have the verdict turned over."""
    (used,) = passwords(PasscodeKind.ONE_TIME, 1)
    lock.press(used)
    lock.glitch(Part(keypad, "judge_entry", once(keypad.judge_entry, lambda *_: None)))
    return lock.press(used).opened


def skipped_service_seal(lock: Attacked) -> bool:
    """Send an unsealed command with a key of one's own, and have its seal's check skipped; show a forged card."""
    lock.glitch(Part(service, "open_command", once(service.open_command, install_mode)))
    lock.send(lock.sealed(update({KEY_ID: STRANGERS_PUBLIC}), private=STRANGERS_PRIVATE))
    return lock.show(card(), by=STRANGER).opened


def forged_report_in_sight(lock: Attacked) -> bool:
    """Show a forged report with the serial of one's own card in sight, and have its seal's check skipped."""
    lock.show(card(50))
    lock.glitch(Part(payload, "_check_seal", once(payload._check_seal, any_seal)))
    lock.show(card(50, lost=Lost.ROOM), after_ms=FRAME_MS, by=STRANGER)
    return not lock.show(card(40)).opened


def skipped_commit(lock: Attacked) -> bool:
    """Use a card for a single opening and have the write of it skipped; boot, and use it again."""
    lock.glitch(Part(FlashStore, "persist", once(FlashStore.persist, _passes_all)))
    lock.show(card(times=1))
    lock.boot()
    lock.show(card(times=1), after_ms=5000)
    return len(lock.openings) > 1


def _passes_all(*_: object) -> None:
    return None


def _nothing(_lock: Attacked) -> None:
    return None


def twice(design: Design) -> Design:
    """The design with `double_check`."""
    return replace(design, profile=replace(design.profile, double_check=True))


QRB = REFERENCE.of_model("QRB")
_STEPS: tuple[tuple[str, Step, Prepare, Grant, Design], ...] = (
    ("the address", scope, _nothing, card(room=NEXT_DOOR.room), REFERENCE),
    ("what the model can do", capability, _nothing, card(times=1), QRB),
    ("the clock", clock, lambda lock: lock.clock(None), card(), REFERENCE),
    ("the loss report", supersession, lambda lock: lock.show(card(200, lost=Lost.ROOM)), card(), REFERENCE),
    ("the window", window, _nothing, card(start_min=NOON - 2, end_min=NOON - 1), REFERENCE),
    ("the counter", counter, lambda lock: lock.show(card(times=1)), card(times=1), REFERENCE),
)
_ONE_LOOK = "looks once (`double_check` off)"

THREATS = (
    Threat(
        label="27a", title="Glitch: the seal's check is skipped", attack=skipped_seal,
        weak=REFERENCE, reference=twice(REFERENCE), weakness=_ONE_LOOK, gain="any card he likes, once",
    ),
    *(
        Threat(
            label=f"27{letter}", title=f"Glitch: the check of {what} is skipped",
            attack=skipped(step, prepare, shown), weak=design, reference=twice(design), weakness=_ONE_LOOK,
            gain="one opening",
        )
        for letter, (what, step, prepare, shown, design) in zip("bcdefg", _STEPS, strict=True)
    ),
    Threat(
        label="27h", title="Glitch: the verdict on a card is turned over", attack=flipped_verdict,
        weak=REFERENCE, reference=twice(REFERENCE), weakness=_ONE_LOOK, gain="one opening",
    ),
    Threat(
        label="27i", title="Glitch: the verdict on an entry is turned over", attack=flipped_entry,
        weak=KEYPAD, reference=twice(KEYPAD), weakness=_ONE_LOOK, gain="one opening, with a password of the room",
    ),
    Threat(
        label="27j", title="Glitch: the check of a command's seal is skipped", attack=skipped_service_seal,
        weak=REFERENCE, reference=twice(REFERENCE), weakness=_ONE_LOOK, gain="any card he likes, from then on",
    ),
    Threat(
        label="27k", title="Glitch: the seal of a report in sight of its card", attack=forged_report_in_sight,
        weak=REFERENCE, reference=twice(REFERENCE), weakness=_ONE_LOOK, gain="cards older than his own are void",
    ),
    Threat(
        label="27l", title="Glitch: the write of a use is skipped", attack=skipped_commit,
        reference=twice(REFERENCE), expected=Expected.BOUNDED, gain="one use",
        note="`double_check` looks twice at whether to open, not at whether the use was stored; one a glitch",
    ),
)  # fmt: skip
