"""`qrlock lock press | collect | service`: a lock's keypad and its service port."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.lock import REFUSED_BY_LOCK, AtOption, NameArgument
from simulator.cli.options import HomeOption, home_of, key_store_of

if TYPE_CHECKING:
    from lockcore.service_command import Command
    from simulator.bench.drive import Outcome
    from simulator.bench.session import Session
    from simulator.home import Home

app = typer.Typer(help="Sealed commands for a lock's service port.", no_args_is_help=True)


def press(
    name: NameArgument,
    keys: Annotated[str, typer.Argument(help="Digits, and * to begin anew; the twelfth digit ends an entry.")],
    at: AtOption = None,
    home: HomeOption = None,
) -> None:
    """Press keys on the lock's keypad; exit status 3 if an entry was refused.

    Each command is a boot, so digits without a twelfth are forgotten.
    """
    from lockcore.errors import QrlockError
    from simulator.bench.clock import clock_of
    from simulator.bench.session import opened
    from simulator.lock.events import ClockRead, KeyPressed

    pressed = [KeyPressed(key) for key in keys]
    with opened(home_of(home).lock(name)) as session:
        if not session.stored.profile.keypad:
            raise QrlockError(f"{name}: a {session.stored.profile.model} has no keypad")
        minute = clock_of(at, session.stored.clock_offset_min)
        outcome = session.tell(ClockRead(minute()), *pressed)
    if not outcome.opened and outcome.refusal is None:
        print("no entry: it takes twelve digits")
    _print_outcome(outcome)


def passcode(
    name: NameArgument,
    hours: Annotated[int, typer.Option(help="1 to 744.")] = 24,
    start: Annotated[str | None, typer.Option(help="A full hour; the one that runs if left out.")] = None,
    once: Annotated[bool, typer.Option(help="Opens once, not as often as it is entered.")] = False,
    sequence: Annotated[int, typer.Option(help="0 to 15, tells passwords for the same hours apart.")] = 0,
    home: HomeOption = None,
) -> None:
    """Make a password for the lock's keypad, under its key and its mark as they are now."""
    from lockcore import civil, passcode_key
    from lockcore.errors import QrlockError
    from lockcore.passcode import HOUR_MIN, Passcode, PasscodeKind, digits_of
    from simulator.bench import lock_file
    from simulator.bench.clock import clock_of

    stored = lock_file.load(home_of(home).lock(name))
    lock = stored.lock().lock
    if lock.given.keys.passcode is None:
        raise QrlockError(f"{name}: a {stored.profile.model} has no keypad")
    now_min = clock_of(None, stored.utc_offset_min)()
    start_min = (now_min or 0) // HOUR_MIN * HOUR_MIN if start is None else civil.parse(start)
    if start_min % HOUR_MIN:
        raise QrlockError("--start: a full hour")
    kind = PasscodeKind.ONE_TIME if once else PasscodeKind.PERIOD
    made = Passcode(kind=kind, start_h=start_min // HOUR_MIN, length_h=hours, sequence=sequence)
    print(digits_of(made, passcode_key.derive(lock.given.keys.passcode, lock.memory.room_mark)))


def collect(name: NameArgument, at: AtOption = None, home: HomeOption = None) -> None:
    """Fetch all the lock's records over its service port: JSON lines, openings and changes first, then refusals."""
    import json

    from simulator.bench import service_port
    from simulator.bench.clock import clock_of
    from simulator.bench.session import opened

    bench = home_of(home)
    with opened(bench.lock(name)) as session:
        lines = service_port.collect(bench, session, clock_of(at, session.stored.clock_offset_min))
    for line in lines:
        print(json.dumps(line))


@app.command("set-clock")
def set_clock(
    name: NameArgument,
    time: Annotated[str, typer.Argument(help="Civil time, like '2026-11-23 14:00'.")],
    at: AtOption = None,
    home: HomeOption = None,
) -> None:
    """Set the lock's clock, and its high-water mark with it; it runs on from there."""
    from lockcore import civil
    from simulator.bench import service_port
    from simulator.bench.clock import clock_of
    from simulator.bench.session import opened

    bench, set_min = home_of(home), civil.parse(time)
    with opened(bench.lock(name)) as session:
        service_port.set_clock(bench, session, set_min, clock_of(at, session.stored.clock_offset_min))
    print("done")


@app.command("end-lock-out")
def end_lock_out(name: NameArgument, at: AtOption = None, home: HomeOption = None) -> None:
    """Let the keypad be used again."""
    from lockcore.service_command import EndLockOut

    _command(name, EndLockOut(), at, home)


@app.command("update-keys")
def update_keys(
    name: NameArgument,
    room_only: Annotated[bool, typer.Option(help="No cmac keys for floor and building cards.")] = False,
    at: AtOption = None,
    home: HomeOption = None,
) -> None:
    """Give the lock the community's keys as they are now; cards under keys that are gone open no more."""
    from dataclasses import replace

    from lockcore.key_set import KeySet
    from lockcore.service_command import UpdateKeys
    from simulator.bench.session import opened

    bench = home_of(home)
    with opened(bench.lock(name)) as session:
        placement = session.lock.lock.given.placement
        store = key_store_of(bench, str(placement.community))
        exported = store.lock_keys(placement.building, placement.floor, placement.room, room_only=room_only)
        keys = replace(KeySet.of_export(exported), passcode=session.lock.lock.given.keys.passcode)
        _ask(bench, session, UpdateKeys(keys=keys), at)
    print("done")


@app.command()
def recommission(
    name: NameArgument,
    building: Annotated[str, typer.Option()],
    floor: Annotated[str, typer.Option()],
    room: Annotated[str, typer.Option()],
    at: AtOption = None,
    home: HomeOption = None,
) -> None:
    """Erase everything that the lock remembers and let it begin anew at another door of its community."""
    from dataclasses import replace

    from lockcore import address
    from lockcore.key_set import KeySet
    from lockcore.service_command import Recommission
    from simulator.bench.session import opened

    bench = home_of(home)
    with opened(bench.lock(name)) as session:
        given = session.lock.lock.given
        old, place = given.placement, (address.place(building), address.place(floor), address.room(room))
        store = key_store_of(bench, str(old.community))
        keys = KeySet.of_export(store.lock_keys(*place, generation=given.epoch + 1))  # what was used is forgotten
        if not session.stored.profile.keypad:
            keys = replace(keys, passcode=None)
        there = replace(old, building=place[0], floor=place[1], room=place[2])
        _ask(bench, session, Recommission(placement=there, keys=keys), at)
    print("done")


def _command(name: str, command: Command, at: str | None, home: Path | None) -> None:
    from simulator.bench.session import opened

    bench = home_of(home)
    with opened(bench.lock(name)) as session:
        _ask(bench, session, command, at)
    print("done")


def _ask(bench: Home, session: Session, command: Command, at: str | None) -> None:
    from simulator.bench import service_port
    from simulator.bench.clock import clock_of

    service_port.ask(bench, session, command, clock_of(at, session.stored.clock_offset_min))


def _print_outcome(outcome: Outcome) -> None:
    from simulator.lock.decisions import Refuse

    for decision in outcome.decisions:
        if isinstance(decision, Refuse):
            print(f"refused: {decision.reason.value} (outside: {decision.signal.value})")
    if outcome.opened:
        print("opened")
    if outcome.refusal is not None and not outcome.opened:
        raise typer.Exit(REFUSED_BY_LOCK)
