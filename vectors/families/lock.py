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
    lock_malformed,
    lock_noted,
    lock_passage,
    lock_presentation,
    lock_quiet,
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
    ("quiet", "What stores nothing.", lock_quiet.lives),
    ("loss", "Loss reports, and what must not count as one.", lock_loss.lives),
    ("passage", "Passage mode.", lock_passage.lives),
    ("clock", "The clock, the high-water mark, windows and the calendar.", lock_clock.lives),
    ("keypad", "Entries, right and wrong ones.", lock_keypad.lives),
    ("lock-outs", "How long a lock-out lasts, and what ends it.", lock_lock_outs.lives),
    ("service", "The service port: nonces, seals and limits.", lock_service.lives),
    ("malformed", "What is sealed for the service port, and no command.", lock_malformed.lives),
    ("commands", "What each service command does.", lock_commands.lives),
    ("cuts", "Power cuts in everything that a lock stores.", lock_cuts.lives),
    ("cut-configurations", "Cuts in new keys and recommissioning.", lock_cut_configurations.lives),
    ("turns", "Blocks of the flash that are full.", lock_turns.lives),
)  # fmt: skip
RULES: dict[int, tuple[str, ...]] = {
    1: ("cut.use.", "cut.purge.", "cut.passage-voided."),
    2: ("turn.cut.", "cut.repeated."),
    3: ("presentation.noted.", "presentation.hourly.", "turn.refusals."),
    4: (
        "presentation.gap-",
        "presentation.prolonged.",
        "presentation.not-prolonged.",
        "presentation.refused-begins-none.",
    ),
    5: ("presentation.boot.", "presentation.turns"),
    6: ("loss.in-sight.", "cut.report-in-sight."),
    7: ("presentation.noted.1999", "presentation.noted.2000", "presentation.noted.two-reasons"),
    8: ("counting.one-count.", "counting.own-count.", "counting.table.uncounted"),
    9: ("counting.table.third", "counting.table.card-report", "counting.table-64."),
    10: ("counting.purge.", "counting.table.room-report.frees"),
    11: ("counting.purge.clock-back.early", "keypad.table.purged"),
    12: ("loss.denied.used-up", "loss.denied.card-used-up", "loss.in-sight.card.used-up"),
    13: ("passage.report.room.holds-itself", "passage.report.card"),
    14: ("passage.other.",),
    15: ("passage.switch.off", "passage.report.card.holds-itself", "passage.switch.off-needs-none"),
    16: ("passage.switch.counts", "passage.other.later.counts"),
    17: ("passage.end.", "passage.clock.", "cut.passage-over."),
    18: ("passage.waits-for-clock", "passage.end.boot"),
    19: ("clock.mark.", "clock.now.read-not-stored", "cut.mark."),
    20: ("keypad.keys.",),
    21: ("keypad.window.", "keypad.once.", "keypad.table.", "keypad.clock.lock-out-first"),
    22: ("keypad.once.report",),
    23: ("keypad.wrong.", "keypad.lock-out.", "cut.fifth-wrong.", "turn.lock-outs."),
    24: ("keypad.clock.unset", "keypad.service.set-clock.", "cut.lock-out-waits."),
    25: ("keypad.wrong.cards-open",),
    26: ("service.nonce.", "service.seal.", "service.malformed."),
    27: ("service.clock.", "keypad.service.set-clock.", "cut.set-clock."),
    28: ("service.keys.", "cut.keys."),
    29: ("service.recommission.", "cut.recommission."),
}
"""How the ids begin that show each rule of simulator/lock/LOCK.md."""


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
