"""The family `flash`: images to be mounted, and a cut at each step of what a store does."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vectors.families import flash_configuration, flash_cuts, flash_good, flash_limits, flash_slots
from vectors.families.lock_life import Life, groups_of
from vectors.pack.vector import Family

NAME = "flash"
IDEAS: tuple[tuple[str, str, Callable[[], Iterable[Life]]], ...] = (
    ("good", "Images with nothing wrong.", flash_good.lives),
    ("slots", "Images with one slot wrong, or one block that is not whole.", flash_slots.lives),
    ("configuration", "Which configuration counts, and when there is none.", flash_configuration.lives),
    ("limits", "Images at a limit of the layout, and just beyond it.", flash_limits.lives),
    ("cuts", "A cut at each step of an append, a turn, erasing ahead and a new configuration.", flash_cuts.lives),
)


def family(seed: int) -> Family:  # noqa: ARG001  # the families' one signature; nothing here is random
    """All of them, each with what the reference answers; DisagreementError where it finds another state."""
    return Family(
        name=NAME,
        algorithm="qrlock flash, layout 1",
        header=(
            "Images are written from simulator/flash/FLASH.md, slot by slot, and not with the reference's store.",
            "The last `state` of a test says whether what was to be stored is there.",
        ),
        groups=tuple(group for idea, comment, lives in IDEAS for group in groups_of(NAME, idea, comment, lives())),
    )
