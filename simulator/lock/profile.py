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
    keypad                    whether there is one; it takes passwords of 12 digits
    clock_tolerance_min       how far the clock may read before the high-water mark
    high_water_interval_min   how far the clock may run ahead of the high-water mark before that is committed
    presentation_gap_ms       how long a card is out of sight when its presentation ends
    entries_max               cards and passwords remembered, counted or voided; the last place is for loss reports
    bolt_ms                   how long a single opening holds the bolt
    keypad_pause_ms           after how long without a key the digits so far are forgotten
    wrong_entries_max         wrong entries in a row that begin a lock-out
    lock_out_min              how long the first lock-out lasts at least; each further one in a row twice as long
    lock_out_max_min          but no longer than this
    double_check              whether what decides is done a second time before anything follows from it (steps 1 to
                              10, a keypad's entry, a command's seal), so that one skipped check gains nothing
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
    bolt_ms: int = 5000
    keypad_pause_ms: int = 10_000
    wrong_entries_max: int = 5
    lock_out_min: int = 5
    lock_out_max_min: int = 1440
    double_check: bool = False


PROFILES = {
    profile.model: profile
    for profile in (
        Profile(model="QRA", counts_times=True, passage_mode=True, voids_card=True, keypad=False),
        Profile(model="QRA-C3", counts_times=True, passage_mode=True, voids_card=False, keypad=False),
        Profile(model="QRB", counts_times=False, passage_mode=True, voids_card=False, keypad=False),
        Profile(model="QRM", counts_times=False, passage_mode=True, voids_card=False, keypad=False),
        Profile(model="QRP", counts_times=False, passage_mode=False, voids_card=False, keypad=True),
    )
}
"""By model. QRA is generation C4, the first that can void a single card; QRA-C3 stands for those before it."""


def profile_of(model: str) -> Profile:
    """The profile of a model; ProfileError for any other text."""
    profile = PROFILES.get(model)
    if profile is None:
        raise ProfileError(f"{model[:20]!r} is no model: {', '.join(PROFILES)}")
    return profile
