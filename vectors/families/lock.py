"""The family `lock`: traces of a lock's life, most of which end in a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vectors.families import (
    lock_clock,
    lock_commands,
    lock_counting,
    lock_cut_configurations,
    lock_cuts,
    lock_keypad,
    lock_lock_outs,
    lock_loss,
    lock_noted,
    lock_passage,
    lock_presentation,
    lock_service,
    lock_steps,
    lock_turns,
)
from vectors.families.lock_life import Life, groups_of
from vectors.pack.vector import Family

NAME = "lock"
IDEAS: tuple[tuple[str, str, Callable[[], Iterable[Life]]], ...] = (
    ("steps", "One thing wrong, two things wrong, and every kind of card at every kind of door.", lock_steps.lives),
    ("counting", "Uses, the table that counts them, and what goes when it is full.", lock_counting.lives),
    ("presentation", "What is one presentation.", lock_presentation.lives),
    ("noted", "What of refusals is written down.", lock_noted.lives),
    ("loss", "Loss reports, and what must not count as one.", lock_loss.lives),
    ("passage", "Passage mode.", lock_passage.lives),
    ("clock", "The clock, the high-water mark, windows and the calendar.", lock_clock.lives),
    ("keypad", "Entries, right and wrong ones.", lock_keypad.lives),
    ("lock-outs", "How long a lock-out lasts, and what ends it.", lock_lock_outs.lives),
    ("service", "The service port: nonces, seals and what is malformed.", lock_service.lives),
    ("commands", "What each service command does.", lock_commands.lives),
    ("cuts", "Power cuts in everything that a lock stores.", lock_cuts.lives),
    ("cut-configurations", "Cuts in new keys and recommissioning.", lock_cut_configurations.lives),
    ("turns", "Blocks of the flash that are full.", lock_turns.lives),
)  # fmt: skip
RULES: dict[int, tuple[str, ...]] = {}
"""Ids (or their beginnings) that show each rule of LOCK.md."""


def family(seed: int) -> Family:  # noqa: ARG001  # the families' one signature; nothing here is random
    """All traces, each with what the reference answers; DisagreementError where it comes to another verdict."""
    return Family(
        name=NAME,
        algorithm="qrlock lock, steps 1 to 12, keypad, service port and store",
        header=(
            "Lives of one lock: clock, presentations, keypad, service port, reboots and power cuts.",
            "Each begins with `new`, and is judged by its last show, press, command or boot.",
            "Cards are under ed25519 key 0 of lockcore/FORMAT.md, section 10, or cmac key 1 where the group needs it.",
        ),
        groups=tuple(
            group for idea, comment, lives in IDEAS for group in groups_of(NAME, idea, comment, lives())
        ),
    )  # fmt: skip
