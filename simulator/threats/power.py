"""Power cuts, and what someone does to the flash: threats 6 to 8 and 24."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from lockcore.key_set import KeySet
from lockcore.secret_pem import public_of
from lockcore.service_command import UpdateKeys
from simulator.flash.power import Phase
from simulator.lock.log import What
from simulator.threats.attacked import Attacked
from simulator.threats.design import REFERENCE
from simulator.threats.row import Expected, Threat
from simulator.threats.site import NOON, SERVICE_PRIVATE, card
from simulator.threats.stores import (
    ASSUMES_THE_WORST,
    IN_PLACE,
    ONE_BYTE_SEQUENCE,
    OPENS_FIRST,
    InRam,
    Late,
    OneRing,
)

ROW_STEPS = 6
"""Program units of a row: 24 bytes in words of 4."""
CUTS = (None, (0, Phase.BEFORE), (ROW_STEPS // 2, Phase.TORN), (ROW_STEPS - 1, Phase.AFTER))
"""None; before a commit, within it, and between commit and bolt."""
ONCE = card(times=1)
STAFF = card(1)


def cut_around_commits(lock: Attacked) -> bool:
    """Show a card for one opening four times, with a cut or none at each, in every way; then once more after a boot."""
    for cuts in product(CUTS, repeat=3):
        victim = lock.again()
        _show_with(victim, cuts)
        victim.boot()
        victim.show(ONCE, after_ms=5000)
        if victim.openings.count(ONCE.serial) > ONCE.times:
            return True
    return False


def unlogged(lock: Attacked) -> bool:
    """Open with every combination of cuts; look for an opening that the log has not."""
    for cuts in product(CUTS, repeat=3):
        victim = lock.again()
        _show_with(victim, cuts, times=0)
        victim.boot()
        logged = [line for line in victim.log() if line.what is What.OPENED]
        if len(logged) < len(victim.openings):
            return True
    return False


def _show_with(lock: Attacked, cuts: tuple[tuple[int, Phase] | None, ...], times: int = 1) -> None:
    for cut in cuts:
        lock.cut(*([] if cut is None else [cut]))
        lock.show(card(times=times))
    lock.cut()


def eat_uses(lock: Attacked) -> bool:
    """Cut between commit and bolt whenever a guest with three openings stands there; whether he gets none."""
    for _ in range(3):
        lock.cut((ROW_STEPS - 1, Phase.AFTER))
        lock.show(card(times=3))
    lock.cut()
    return not lock.openings and not lock.show(card(times=3)).opened


def eat_more_uses_than_cuts(lock: Attacked) -> bool:
    """The same with two cuts in every way, while the guest has a third opening."""
    for cuts in product(CUTS[1:], repeat=2):
        victim = lock.again()
        _show_with(victim, cuts, times=3)
        if not victim.show(card(times=3)).opened:
            return True
    return False


# 7. The same step again and again


def cut_a_turnover(lock: Attacked) -> bool:
    """Use a card up, fill the block, and cut each step of the turnover to the next one, and the step after it too."""
    image, steps = _before_turnover(lock)
    for step, phase in product(range(steps), Phase):
        lock.restore(image)
        lock.cut((step, phase), (step + 1, Phase.TORN))
        lock.show(STAFF)
        lock.cut()
        if lock.show(ONCE, after_ms=5000).opened:
            return True
    return False


def cut_one_step_300_times(lock: Attacked) -> bool:
    """Cut one step of the turnover 300 times in a row; after each of the last 60, use a card and boot, and again."""
    image, _ = _before_turnover(lock)
    lock.restore(image)
    for count in range(300):
        lock.cut((ROW_STEPS + 2, Phase.BEFORE))
        lock.show(STAFF, after_ms=5000)
        lock.cut()
        if count >= 240 and _opens_twice(lock):
            return True
    return False


def _opens_twice(lock: Attacked) -> bool:
    """On a branch of its own: the flash is put back afterwards."""
    image, fresh = lock.device.image, card(200, times=1)
    lock.openings.clear()
    for _ in range(2):
        lock.show(fresh, after_ms=5000)
        lock.boot()
    opened = lock.openings.count(fresh.serial)
    lock.restore(image)
    return opened > 1


def _before_turnover(lock: Attacked) -> tuple[bytes, int]:
    """A flash on which a card was used up and the next row begins another block; and the steps that this takes."""
    lock.show(ONCE)
    while True:
        image, step = lock.device.image, lock.device.step
        lock.show(STAFF)
        if lock.device.step - step > ROW_STEPS:
            return image, lock.device.step - step


# 8. The flash put back


def put_back(lock: Attacked) -> bool:
    """Copy the flash, use the card, put the copy back, use the card."""
    image = lock.device.image
    lock.show(ONCE)
    lock.restore(image)
    lock.show(ONCE)
    return lock.openings.count(ONCE.serial) > ONCE.times


# 24. The log


def wash(lock: Attacked) -> bool:
    """Open once, then wave an expired card until the opening is out of the log."""
    lock.show(card(66))
    waved = lock.issue(card(67, start_min=NOON - 2, end_min=NOON - 1))
    for _ in range(500):
        lock.show(waved)
    return not any(line.serial == 66 and line.what is What.OPENED for line in lock.log())


def unlogged_update(lock: Attacked) -> bool:
    """As service, give other keys and cut at every step; look for a lock that has them and no line that says so."""
    for step in range(200):
        victim = lock.again()
        victim.cut((step, Phase.AFTER))
        was_cut = victim.ask(UpdateKeys(keys=KeySet(service=public_of(SERVICE_PRIVATE)))).was_cut
        victim.cut()
        has_them = not victim.show(card()).opened
        if has_them and not any(line.what is What.KEYS_UPDATED for line in victim.log()):
            return True
        if not was_cut:
            break
    return False


def _openings() -> Iterator[Threat]:
    """The rows whose attack is the same: only the weakness differs."""
    weaknesses = (
        ("6a", REFERENCE.with_parts(OPENS_FIRST), "opens, then stores"),
        ("6b", replace(REFERENCE, store=Late), "says that it is stored while it is in a buffer"),
        ("6c", replace(REFERENCE, store=InRam), "counts in RAM"),
    )
    for label, weak, weakness in weaknesses:
        yield Threat(
            label=label, title="Cuts before, within and after a commit", attack=cut_around_commits, weak=weak,
            weakness=weakness, gain="more openings than the card has",
        )  # fmt: skip


THREATS = (
    *_openings(),
    Threat(
        label="6d", title="Cuts that eat a guest's uses", attack=eat_uses, expected=Expected.BOUNDED,
        gain="a guest with no use left",
        note="one use a cut, by whoever can cut the power at that instant: a lock that stored after opening would "
        "give uses away instead (6a)",
    ),
    Threat(
        label="6e", title="Cuts that eat more than one use each", attack=eat_more_uses_than_cuts,
        weak=REFERENCE.with_parts(ASSUMES_THE_WORST),
        weakness="after a boot, counts a use for every card that may have been there", gain="guests with no use left",
    ),
    Threat(
        label="7a", title="Cuts at every step of a turnover", attack=cut_a_turnover,
        weak=REFERENCE.with_parts(IN_PLACE),
        weakness="erases the block in use and writes it anew", gain="all counts and marks at zero",
    ),
    Threat(
        label="7b", title="One step cut 300 times in a row", attack=cut_one_step_300_times,
        weak=REFERENCE.with_parts(ONE_BYTE_SEQUENCE),
        weakness="numbers its blocks in one byte", gain="a block that comes back, with the counts of then",
    ),
    Threat(
        label="8", title="Flash put back", attack=put_back, expected=Expected.OUT_OF_SCOPE,
        gain="more openings than the card has",
        note="who has the board has the bolt's wires; without a monotonic counter beside the flash no lock can tell "
        "an old image from a new one. It shows in the log: what was collected in between is gone from it",
    ),
    Threat(
        label="24a", title="Opening without a trace", attack=unlogged, weak=REFERENCE.with_parts(OPENS_FIRST),
        weakness="logs what it has done", gain="an opening that no log has",
    ),
    Threat(
        label="24b", title="Log washed by refusals", attack=wash, weak=replace(REFERENCE, store=OneRing),
        weakness="keeps refusals and openings in one ring", gain="an opening that no log has any more",
    ),
    Threat(
        label="24c", title="Update of the keys without a trace", attack=unlogged_update, expected=Expected.BOUNDED,
        gain="keys that no log says were changed",
        note="who holds the service key can cut the power between the configuration and its row. No opening is "
        "without its row",
    ),
)  # fmt: skip
