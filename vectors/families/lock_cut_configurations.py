"""Cuts in the commands that bring another configuration: old or new, and never half of each."""

from __future__ import annotations

from collections.abc import Iterator

from lockcore.key_set import KeySet
from lockcore.placement import Placement
from lockcore.secret_pem import public_of
from lockcore.service_command import Recommission
from vectors.families.lock_cuts import _GAP, EXHAUSTED, LOST, ONE
from vectors.families.lock_life import Life
from vectors.families.lock_requests import (
    LOG,
    SHUT_DOWN,
    STATE,
    boot,
    clock,
    cut,
    port,
    serve,
    show,
    shows,
    start,
    update,
)
from vectors.families.lock_requests import command as asked
from vectors.families.site import DOOR, NEXT_DOOR, NEXT_ID, NEXT_ISSUER, NEXT_PRIVATE, NOON, card, keys_of
from vectors.pack.vector import Verdict, refused


def lives() -> Iterator[Life]:
    """All of them."""
    yield from _keys()
    yield from _recommissioned()


NEXT = keys_of(ed25519={NEXT_ID: public_of(NEXT_PRIVATE)}, scopes=(), passcode=None)


BARE = keys_of(scopes=(), passcode=None)


def replace_steps(placement: Placement, keys: KeySet, *, erase: bool) -> int:
    """Of a configuration on `nor`: 6 (s + 2), and 1 where the other block is not blank (FLASH.md, section 6)."""
    payload = 2 + 4 + len(placement.to_bytes()) + len(keys.to_bytes())
    return 6 * (-(-payload // 19) + 2) + erase


def _keys() -> Iterator[Life]:
    last = replace_steps(DOOR, NEXT, erase=False) - 1
    gone = refused("UNKNOWN_KEY")
    for step, phases, expect in (
        (0, "b t55", EXHAUSTED), (5, "a", EXHAUSTED), (7, "t0f", EXHAUSTED), (last // 2, "b a", EXHAUSTED),
        (last - 6, "a", EXHAUSTED), (last, "b t7f", EXHAUSTED), (last, "a t00", gone), (last + 1, "b t33", gone),
        (last + 6, "b a", gone),
    ):  # fmt: skip
        for phase in phases.split():
            yield from _both(f"keys.{step}{phase}", f"{step}{phase}",
                step > last or (step, phase) in ((last, "a"), (last, "t00")),
                             expect)  # fmt: skip
    second = replace_steps(DOOR, BARE, erase=True) - 1
    for step, phase, old in (
        (0, "b", True), (0, "t55", True), (0, "a", True), (6, "b", True), (second, "b", True), (second, "a", False),
        (second + 1, "b", False),
    ):  # fmt: skip
        yield Life(
            id=f"cut.keys-again.{step}{phase}", flags=("KeyRotation", "CutInTurn"),
            comment=f"The second update, whose block has to be erased, is cut at {step}{phase}.",
            expect=gone if old else EXHAUSTED,
            requests=(
                *start(), *serve(update(NEXT)), port(2), cut(f"{step}{phase}"), asked(update(BARE), 2), boot(),
                show(card(times=1)), *shows(ONE), STATE, LOG,
            ),
        )  # fmt: skip
    seal = last - 5
    tries = [each for number in range(1, 5) for each in (port(number), asked(update(NEXT), number), boot())]
    yield Life(
        id="cut.keys-repeated", flags=("KeyRotation", "CutRepeated"), expect=EXHAUSTED,
        comment="An update is cut three times at its seal, where each attempt erases the one before; then it holds.",
        requests=(
            *start(), cut(f"{seal}b,{2 * seal + 2}t55,{3 * seal + 4}b"), *tries, show(ONE, NEXT_ISSUER), _GAP,
            show(ONE, NEXT_ISSUER), STATE,
        ),
    )  # fmt: skip


def _both(name: str, plan: str, new: bool, expect: Verdict) -> Iterator[Life]:
    until = (*start(), port(), cut(plan), asked(update(NEXT)))
    says = f"An update of the keys is cut at {plan}: the {'new' if new else 'old'} ones hold."
    yield Life(
        id=f"cut.{name}", flags=("KeyRotation", "CutInTurn"), comment=says, expect=LOST, requests=(*until, STATE, LOG)
    )
    yield Life(
        id=f"cut.{name}.after", flags=("KeyRotation", "CutInTurn"), comment=f"{says} Cards after the next boot.",
        expect=expect, requests=(*until, boot(), show(card(7), NEXT_ISSUER), show(ONE), *shows(ONE), STATE, LOG),
    )  # fmt: skip


def _recommissioned() -> Iterator[Life]:
    anew = Recommission(placement=NEXT_DOOR, keys=BARE)
    last = replace_steps(NEXT_DOOR, BARE, erase=False) - 1
    here, there = card(times=1), card(times=1, room="402G")
    for step, phase in (
        (0, "b"), (3, "t55"), (5, "a"), (last // 2, "t0f"), (last - 6, "a"), (last, "b"), (last, "t7f"), (last, "t00"),
        (last, "a"),
    ):  # fmt: skip
        new = (step, phase) in ((last, "a"), (last, "t00"))
        until = (*start(), show(here), *shows(card(66, room="1")), port(), cut(f"{step}{phase}"), asked(anew))
        says = f"Recommissioning is cut at {step}{phase}: the {'new' if new else 'old'} lock."
        yield Life(
            id=f"cut.recommission.{step}{phase}", flags=("ImageRestored", "CutInTurn"), comment=says, expect=LOST,
            requests=(*until, STATE, LOG),
        )  # fmt: skip
        yield Life(
            id=f"cut.recommission.{step}{phase}.after", flags=("ImageRestored", "CutInTurn"),
            comment=f"{says} Both doors' cards after the next boot.",
                expect=EXHAUSTED if not new else refused("WRONG_ROOM"),
            requests=(*until, boot(), *shows(there, there, here), STATE, LOG),
        )  # fmt: skip
    fresh = Recommission(placement=DOOR, keys=BARE)
    for plan in ("0b", "3t55", "5b", "5a"):
        yield Life(
            id=f"cut.recommissioned-mark.{plan}", flags=("ImageRestored", "CutRepeated"), expect=EXHAUSTED,
            comment="The first boot of the new life is cut: nothing of the old one comes back.",
            requests=(
                *start(), show(card(times=1)), *serve(fresh), clock(NOON), SHUT_DOWN, cut(plan), boot(NOON + 60),
                boot(NOON + 60), *shows(card(times=1), card(times=1)), STATE,
            ),
        )  # fmt: skip
