"""One run of a scenario with a plan of cuts, and what must hold after it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial

from lockcore import Grant
from lockcore.service import seal_command
from lockcore.service_command import Recommission
from simulator.bench.powered import PoweredLock, commission
from simulator.flash.device import Device
from simulator.flash.geometry import Geometry
from simulator.flash.power import Cuts, PowerLoss
from simulator.flash.store import BLOCKS_MIN
from simulator.lock.decisions import EnterPassage, LeavePassage, OpenBolt
from simulator.lock.events import ClockRead, CodeRead, Event, KeyPressed, ServiceAsked, ServiceOpened
from simulator.lock.rows import OPENED, Kind, Row, Service
from simulator.sweep.scenario import (
    GIVEN,
    NOON,
    SERVICE_PRIVATE,
    Act,
    Clock,
    Enter,
    Scenario,
    Serve,
    Show,
    decode_from,
    text_of,
)

_NONCE = bytes(16)
_SEALED: dict[tuple[int, str], bytes] = {}
"""The scenarios' commands, which live as long as this module, sealed once each."""


class Broken(AssertionError):
    """Something that must hold does not; the message is a line that replays the run."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A scenario on one geometry, up to where its acts begin."""

    scenario: Scenario
    geometry: Geometry
    image: bytes
    erases: tuple[int, ...]
    minute: int | None
    openings: int
    """Lines of openings that the log had."""

    def __str__(self) -> str:
        """As a replay names it."""
        return f"{self.scenario.name} on {self.geometry.name}"


class Player:
    """A lock and the hands around it. What it saw is counted over all power cuts."""

    def __init__(self, scenario: Scenario, device: Device, minute: int | None) -> None:
        self.device = device
        self.minute = minute
        self.opened: Counter[int] = Counter()
        self.held = False
        self._at_ms = 0
        self.lock = PoweredLock(scenario.profile, device, partial(decode_from, scenario.cards))

    def tell(self, *events: Event) -> bool:
        """Let these events happen; whether the bolt opened."""
        opened = False
        for decision in self.lock.tell(*events).decisions:
            if isinstance(decision, OpenBolt):
                self.opened[decision.subject] += 1
                opened = True
            elif isinstance(decision, EnterPassage | LeavePassage):
                self.held = isinstance(decision, EnterPassage)
        return opened

    def power_on(self) -> None:
        """Boot, however often the power goes meanwhile."""
        while True:
            self.device.power_on()
            self.held, self._at_ms = False, 0
            try:
                self.lock.restart()
                self.tell(ClockRead(self.minute))
            except PowerLoss:
                continue
            return

    def do(self, act: Act) -> bool:
        """One act; whether it opened the bolt."""
        match act:
            case Show(grant):
                self._at_ms += 5000
                return self.tell(CodeRead(text_of(grant), self._at_ms))
            case Enter(digits):
                return self.tell(*map(KeyPressed, digits))
            case Clock(minute):
                self.minute = minute
                return self.tell(ClockRead(minute))
            case Serve(command):
                lock_id = self.lock.lock.given.placement.lock_id
                if (id(command), lock_id) not in _SEALED:
                    _SEALED[id(command), lock_id] = seal_command(command, lock_id, _NONCE, SERVICE_PRIVATE)
                return self.tell(ServiceOpened(_NONCE), ServiceAsked(_SEALED[id(command), lock_id]))


def staged(scenario: Scenario, geometry: Geometry) -> Stage:
    """Play what came before, and fill the block in use where the scenario wants it to turn over."""
    device = Device(geometry, BLOCKS_MIN)
    commission(device, GIVEN)
    player = Player(scenario, device, NOON)
    player.power_on()
    for act in scenario.before:
        player.do(act)
    if scenario.full:
        _fill(player, device)
    return Stage(scenario, geometry, device.image, tuple(device.erases), player.minute, _log_openings(player))


def _fill(player: Player, device: Device) -> None:
    """Idle rows until every block of the memory was used once and the one in use has no place left."""
    idle = Row(Kind.SERVICE, Service.COLLECTED, 0, 0, 0, player.lock.memory.high_water_min)
    while not any(device.erases) or player.lock.store.places_left:
        player.lock.persist(idle)


def play(stage: Stage, cuts: Cuts) -> int:
    """Play the acts with these cuts; the number of the step after the last. Broken where something does not hold."""
    device = Device(stage.geometry, BLOCKS_MIN, stage.image, list(stage.erases))
    player = Player(stage.scenario, device, stage.minute)
    device.plan(cuts)
    player.power_on()
    for act in stage.scenario.acts:
        while not _done(player, act):
            player.power_on()
    steps = device.step
    device.plan(Cuts(0))
    _check(stage, player, cuts)
    return steps


def _done(player: Player, act: Act) -> bool:
    """Whether the act went through; a recommissioning that is done is not done again."""
    recommissions = isinstance(act, Serve) and isinstance(act.command, Recommission)
    if recommissions and player.lock.lock.given.epoch > 0:
        return True
    try:
        player.do(act)
    except PowerLoss:
        return False
    return True


def _check(stage: Stage, player: Player, cuts: Cuts) -> None:
    scenario, count = stage.scenario, len(cuts.steps)
    for grant in (act.grant for act in scenario.acts if isinstance(act, Show)):
        _hold(player.opened[grant.serial] <= (grant.times or 1 << 30), stage, cuts, "opened too often")
        _hold(_used(player, grant) <= _uses_before(stage, grant) + _asked(scenario, grant) + count, stage, cuts,
              "more than one use lost to a cut")  # fmt: skip
    acknowledged = sum(player.opened.values())
    if player.lock.lock.given.epoch == 0:
        _hold(_log_openings(player) - stage.openings >= acknowledged, stage, cuts, "an opening is not in the log")
    for act in scenario.refused:
        _hold(not player.do(act), stage, cuts, f"opens, and must not: {_named(act)}")
    for act in (act for act in scenario.opens if not _used_up(player, act)):
        _hold(player.do(act), stage, cuts, f"does not open at once: {_named(act)}")
    held = player.lock.memory.passage
    bounded = held is None or (player.minute is not None and player.minute < held.until_min)
    _hold(not player.held or bounded, stage, cuts, "passage mode past its end or without a clock")


def _hold(holds: bool, stage: Stage, cuts: Cuts, what: str) -> None:
    if not holds:
        raise Broken(f"{stage}, {cuts}: {what}")


def _used_up(player: Player, act: Show | Enter) -> bool:
    """Whether cuts have cost a card all its uses: one each at most, as is checked before."""
    return isinstance(act, Show) and 0 < act.grant.times <= _used(player, act.grant)


def _named(act: Show | Enter) -> str:
    return f"card {act.grant.serial}" if isinstance(act, Show) else "a password"


def _used(player: Player, grant: Grant) -> int:
    entry = player.lock.memory.entries.get(grant.serial)
    return 0 if entry is None else entry.used


def _uses_before(stage: Stage, grant: Grant) -> int:
    return sum(isinstance(act, Show) and act.grant.serial == grant.serial for act in stage.scenario.before)


def _asked(scenario: Scenario, grant: Grant) -> int:
    return sum(isinstance(act, Show) and act.grant.serial == grant.serial for act in scenario.acts)


def _log_openings(player: Player) -> int:
    """Openings that the log has."""
    return sum(row.kind in (Kind.CARD, Kind.PASSWORD) and row.effects & OPENED for row in player.lock.store.openings())
