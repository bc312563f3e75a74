"""A lock and all that happens to it in a seeded world, beside the oracle that says what it must do.

One step is one action of somebody: a card before the camera, a minute or a night that passes, a clock that is lost
or wrong, the power that goes. A disagreement is a text that names seed and step: `replay` runs up to it again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from lockcore import Ed25519Sealer, Grant
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from lockcore.secret_pem import public_of
from simulator.bench.drive import Outcome
from simulator.bench.powered import PoweredLock, commission
from simulator.flash.device import Device
from simulator.flash.geometry import GEOMETRIES
from simulator.flash.power import Cuts, Phase, PowerLoss
from simulator.flash.store import BLOCKS_MIN
from simulator.lock.decisions import EnterPassage, LeavePassage
from simulator.lock.events import ClockRead, CodeRead
from simulator.lock.given import Given
from simulator.lock.profile import PROFILES
from simulator.world import oracle
from simulator.world.cast import DAY_MIN, Issuer
from simulator.world.oracle import Oracle


class Disagreement(AssertionError):
    """The lock did what the rules do not allow; the message replays it."""


@dataclass
class Tally:
    """What a world saw."""

    steps: int = 0
    presentations: int = 0
    cuts: int = 0
    hours: int = 0
    """Of the lock's time."""
    answers: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Take another world's figures in."""
        self.steps += other.steps
        self.presentations += other.presentations
        self.cuts += other.cuts
        self.hours += other.hours
        self.answers += other.answers


DOOR = Placement(community=1_000_000_001, building="1", floor="4", room="401G", lock_id="W1")
START_MIN = 5_000_000
CUT_SHARE = 0.1
CUT_WITHIN_STEPS = 30


class World:
    """One lock of one seed. `step` may raise Disagreement."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._random = random = Random(f"world {seed}")
        self.tally = Tally()
        self._profile = replace(PROFILES["QRA"], entries_max=random.choice((2, 3, 5, 64)))
        self._oracle = Oracle(self._profile.entries_max)
        private = random.randbytes(32)
        self._issuer = Issuer(random, DOOR, Ed25519Sealer(0, private))
        public = public_of(private)
        self._device = Device(random.choice(list(GEOMETRIES.values())), BLOCKS_MIN)
        commission(self._device, Given(placement=DOOR, keys=KeySet(service=public, ed25519={0: public})))
        self._lock = PoweredLock(self._profile, self._device)
        self._minute: int | None = START_MIN
        self._true_min = START_MIN
        self._at_ms = 0
        self._held = False
        self._opened: Counter[int] = Counter()
        self._limits: dict[int, int] = {}
        self._boot()

    def step(self) -> None:
        """One action of somebody."""
        self.tally.steps += 1
        actions, weights = zip(*_ACTIONS, strict=True)
        self._random.choices(actions, weights)[0](self)

    def show(self) -> None:
        """Somebody holds a card of the issuer before the camera, for one reading or several."""
        if not self._issuer.cards:
            return self.issue()
        cards = self._issuer.cards
        recent = cards if self._random.random() < 0.2 else cards[-8:]
        grant, text = self._random.choice(recent)
        for _ in range(self._random.choice((1, 1, 1, 2, 4))):
            self._at_ms += self._random.choice((80, 300, 1999, 2000, 5000, 60_000))
            self._present(grant, text)
        return None

    def attack(self) -> None:
        """Somebody shows what is no card of this community's: nothing may come of it."""
        text = self._random.choice(self._issuer.cards)[1] if self._issuer.cards else "0" * 202
        at = self._random.randrange(len(text))
        forged = text[:at] + str((int(text[at]) + self._random.randrange(1, 10)) % 10) + text[at + 1 :]
        self._at_ms += 100
        outcome = self._lock.tell(CodeRead(forged, self._at_ms))
        self._agree(not outcome.opened, "a forged card opened")

    def issue(self) -> None:
        """The issuer makes a card."""
        self._issuer.issue(self._true_min)

    def pass_time(self) -> None:
        """Minutes, hours or days go by; the lock is told of the last one, or of each."""
        minutes = self._random.choice((1, 1, 1, 5, 61, 600, 3 * DAY_MIN))
        self._true_min += minutes
        self.tally.hours = (self._true_min - START_MIN) // 60
        self._at_ms += minutes * 60_000
        if self._minute is not None:
            self._minute += minutes
        self._read_clock()

    def disturb_clock(self) -> None:
        """The clock is lost, or drifts, or is a little late; then service sets it right, by the next disturbance."""
        drift_min = self._random.choice((None, -600, -11, -10, -3, 0, 0, 0, 3))
        self._minute = None if drift_min is None else self._true_min + drift_min
        self._read_clock()

    def reboot(self) -> None:
        """The power goes at a quiet moment."""
        self._boot()

    # What the lock and the oracle are told

    def _present(self, grant: Grant, text: str) -> None:
        self.tally.presentations += 1
        told = (oracle.present, grant, _DOOR, self._at_ms)
        outcome = self._cuttable(CodeRead(text, self._at_ms))
        if outcome is None:
            self._oracle.cut(*told)
            return self._boot()
        refusal = outcome.refusal
        says = "OPENED" if outcome.opened else refusal.reason.value if refusal else None
        expected = self._oracle.answers(*told)
        self._agree(self._oracle.told(says), f"{says}, where {expected} is right")
        self.tally.answers[says or "nothing"] += 1
        self._count(grant, outcome)
        return self._look_at_bolt(outcome)

    def _count(self, grant: Grant, outcome: Outcome) -> None:
        if outcome.opened and grant.times:
            self._opened[grant.serial] += 1
            self._agree(self._opened[grant.serial] <= grant.times, "opened more often than the card says")

    def _read_clock(self) -> None:
        outcome = self._cuttable(ClockRead(self._minute))
        if outcome is None:
            self._oracle.cut(oracle.read_clock, self._minute)
            return self._boot()
        self._oracle.all(oracle.read_clock, self._minute)
        return self._look_at_bolt(outcome)

    def _boot(self) -> None:
        """Power is back. It may go again while the lock stores what the clock makes due."""
        self._oracle.all(oracle.boot)
        self._at_ms = 0
        self._held = False
        self._device.power_on()
        self._lock.restart()
        self._read_clock()

    def _cuttable(self, event: ClockRead | CodeRead) -> Outcome | None:
        """Let it happen, with the power going in the middle now and then: None."""
        if self._random.random() < CUT_SHARE:
            step = self._device.step + self._random.randrange(CUT_WITHIN_STEPS)
            self._device.plan(Cuts(self._random.getrandbits(30), ((step, self._random.choice(list(Phase))),)))
        try:
            return self._lock.tell(event)
        except PowerLoss:
            self.tally.cuts += 1
            return None
        finally:
            self._device.plan(Cuts(0))

    def _look_at_bolt(self, outcome: Outcome) -> None:
        for decision in outcome.decisions:
            if isinstance(decision, EnterPassage | LeavePassage):
                self._held = isinstance(decision, EnterPassage)
        self._agree(self._oracle.held(self._held), f"passage mode is {self._held}, and the rules say it is not")

    def _agree(self, holds: bool, what: str) -> None:
        if not holds:
            raise Disagreement(f"seed {self._seed}, step {self.tally.steps}: {what}")


_DOOR = (DOOR.community, DOOR.building, DOOR.floor, DOOR.room)
_ACTIONS: tuple[tuple[Callable[[World], None], int], ...] = (
    (World.show, 80), (World.issue, 6), (World.attack, 3), (World.pass_time, 8), (World.disturb_clock, 2),
    (World.reboot, 1),
)  # fmt: skip
