"""What each model of lock can do, as a table: code asks the profile, never for the model's name."""

from __future__ import annotations

from dataclasses import dataclass

from lockcore.errors import QrlockError


class ProfileError(QrlockError):
    """A model that is not one of `PROFILES`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """The capabilities and limits of one model (FORMAT.md, section 8; LOCK.md).

    counts_times              whether a card may limit how often it opens
    passage_mode              whether a card may hold the door open until its end ("normally open")
    voids_card                whether a loss report for one card is taken; one for the room always is
    keypad                    whether there is one; this lock does not use it yet
    clock_tolerance_min       how far the clock may read before the high-water mark
    high_water_interval_min   how far the clock may run ahead of the high-water mark before that is committed
    presentation_gap_ms       how long a card is out of sight when its presentation ends
    entries_max               serials remembered, counted or voided; the last place is for loss reports
    log_max                   openings and changes of state kept, the oldest goes first
    refusals_max              refusals from step 4 on kept, likewise
    hour_counts_max           hourly counts of earlier refusals kept, one per hour and reason, likewise
    """

    model: str
    counts_times: bool
    passage_mode: bool
    voids_card: bool
    keypad: bool
    clock_tolerance_min: int = 10
    high_water_interval_min: int = 60
    presentation_gap_ms: int = 2000
    entries_max: int = 64
    log_max: int = 1000
    refusals_max: int = 1000
    hour_counts_max: int = 1000


PROFILES = {
    profile.model: profile
    for profile in (
        Profile(model="QRA", counts_times=True, passage_mode=True, voids_card=True, keypad=False),
        Profile(model="QRB", counts_times=False, passage_mode=True, voids_card=False, keypad=False),
        Profile(model="QRM", counts_times=False, passage_mode=True, voids_card=False, keypad=False),
        Profile(model="QRP", counts_times=False, passage_mode=False, voids_card=False, keypad=True),
    )
}
"""By model."""


def profile_of(model: str) -> Profile:
    """The profile of a model; ProfileError for any other text."""
    profile = PROFILES.get(model)
    if profile is None:
        raise ProfileError(f"{model[:20]!r} is no model: {', '.join(PROFILES)}")
    return profile
