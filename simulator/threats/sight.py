"""What the camera has in sight, and what the door shows of what it knows: threats 21 and 26."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import lockcore
from lockcore import Card, payload
from simulator.flash.store import Contents, FlashStore
from simulator.lock import refused
from simulator.lock.lock import Lock
from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE, Design
from simulator.threats.floods import EXPIRED
from simulator.threats.forged import UNSEALED, any_seal
from simulator.threats.part import Part, fitted
from simulator.threats.row import Expected, Threat
from simulator.threats.site import NEXT_DOOR, NEXT_ISSUER, STRANGER, card

FRAME_MS = 33


# 21. Codes that change, codes that stay


def two_in_a_frame(lock: Attacked) -> bool:
    """Hold a sealed card that is refused and a forged one before the camera, both in one frame."""
    lock.show(EXPIRED)
    return lock.show(card(), after_ms=0, by=STRANGER).opened


def swapped(lock: Attacked) -> bool:
    """Show an own card that has expired and, a frame later, a forged one of its serial in its place."""
    lock.show(EXPIRED)
    return lock.show(card(EXPIRED.serial), after_ms=FRAME_MS, by=STRANGER).opened


def still_there(lock: Attacked) -> bool:
    """Have a guest with three openings hold his card before the camera for a second."""
    text = lock.issue(card(times=3))
    for _ in range(30):
        lock.show(text, after_ms=FRAME_MS)
    return len(lock.openings) > 1


def still_there_at_a_boot(lock: Attacked) -> bool:
    """Cut the power while the card is still there."""
    text = lock.issue(card(times=3))
    lock.show(text)
    lock.boot()
    lock.show(text, after_ms=FRAME_MS)
    return len(lock.openings) > 1


class NotPresented(FlashStore):
    """Stores all but what was presented last."""

    def mount(self) -> Contents | None:
        """What is stored, without it."""
        contents = super().mount()
        return contents and contents._replace(memory=contents.memory._replace(presented=None))


def _seal_once_a_frame(lock: Lock, event: Any) -> Card:
    """After one seal that holds, the other codes of the frame need none."""
    if event.at_ms == vars(lock).get("_held_at_ms"):
        with fitted((Part(payload, "_check_seal", any_seal),)):
            return lockcore.decode(event.text, lock._given.cards)
    card_read = _card(lock, event)
    vars(lock)["_held_at_ms"] = event.at_ms
    return card_read


def _seal_once_a_serial(lock: Lock, event: Any) -> Card:
    """A serial whose seal held once needs none any more."""
    known: set[int] = vars(lock).setdefault("_known", set())
    with fitted((Part(payload, "_check_seal", any_seal),)):
        claimed = lockcore.decode(event.text, lock._given.cards)
    if claimed.grant.serial in known:
        return claimed
    held = _card(lock, event)
    known.add(held.grant.serial)
    return held


_card = Lock._card


# 26. What the door tells


def tells_why(lock: Attacked) -> bool:
    """Show what fails in steps 2 to 6; whether the door tells them apart."""
    shown = (
        lock.issue(card(), by=STRANGER),
        lock.issue(card(), by=NEXT_ISSUER),
        lock.issue(card(room=NEXT_DOOR.room)),
        lock.issue(card(community=7)),
        lock.issue(card(floor="5")),
    )
    return len({lock.show(text).signals for text in shown}) > 1


def tells_state(lock: Attacked) -> bool:
    """Ask with forged cards what the lock knows: of serials that are void, windows, cards used up."""
    lock.show(card(5, times=1))
    lock.show(card(9, lost=lockcore.Lost.ROOM))
    questions = (card(1), card(5, times=1), card(), EXPIRED)
    return len({lock.show(question, by=STRANGER).signals for question in questions}) > 1


def _weak(owner: Any, name: str, instead: object) -> Design:
    return REFERENCE.with_parts(Part(owner, name, instead))


THREATS = (
    Threat(
        label="21a", title="Two codes in a frame", attack=two_in_a_frame,
        weak=_weak(Lock, "_card", _seal_once_a_frame),
        weakness="checks one seal a frame", gain="any card he likes, beside a real one",
    ),
    Threat(
        label="21b", title="Code swapped after its seal was checked", attack=swapped,
        weak=_weak(Lock, "_card", _seal_once_a_serial),
        weakness="checks a serial's seal once", gain="any card he likes, after a real one",
    ),
    Threat(
        label="21c", title="One code in frame after frame", attack=still_there,
        weak=replace(REFERENCE, profile=replace(REFERENCE.profile, presentation_gap_ms=0)),
        weakness="takes every frame for a presentation", gain="a guest with no use left",
    ),
    Threat(
        label="21d", title="One code before and after a boot", attack=still_there_at_a_boot,
        weak=replace(REFERENCE, store=NotPresented),
        weakness="forgets at a boot what was in sight", gain="a guest with fewer uses left",
    ),
    Threat(
        label="26a", title="What the door says of a refusal", attack=tells_why,
        weak=_weak(refused, "signal_of", lambda reason: reason),
        weakness="shows the reason", gain="which key, which room, how near he is",
    ),
    Threat(
        label="26b", title="What the door says to who has no card", attack=tells_state, weak=UNSEALED,
        weakness="looks at the state before the seal", gain="who was here, and what was reported",
    ),
    Threat(
        label="26c", title="How long a refusal takes", expected=Expected.ELSEWHERE, gain="which step refused",
        note="the clock of a simulation says nothing of a microcontroller's. Tags are compared in constant time, "
        "signatures hold no secret of the lock's, and a firmware can hold the answer back to one instant",
    ),
)  # fmt: skip
