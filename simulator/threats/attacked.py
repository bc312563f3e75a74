"""A lock under attack: what someone before the door can do to it, and what he can see of it."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from lockcore import Grant, Sealer, service
from lockcore.placement import Placement
from lockcore.service_command import Command
from simulator.flash.device import Device, FlashError
from simulator.flash.power import Cuts, Phase, PowerLoss
from simulator.lock.decisions import (
    Answer,
    Configure,
    Decision,
    EnterPassage,
    LeavePassage,
    Note,
    OpenBolt,
    Persist,
    Refuse,
    SetClock,
)
from simulator.lock.events import (
    Booted,
    ClockRead,
    CodeRead,
    Event,
    EventError,
    KeyPressed,
    ServiceAsked,
    ServiceOpened,
    Stored,
)
from simulator.lock.given import Given
from simulator.lock.lock import Lock
from simulator.lock.log import Line, lines_of
from simulator.threats.design import Design
from simulator.threats.part import Part, fitted
from simulator.threats.site import DOOR, GAP_MS, NOON, SERVICE_PRIVATE


class Seen(NamedTuple):
    """What one act brought: openings, what the door showed, what the service port said, and whether power went."""

    openings: int
    signals: tuple[str, ...]
    answers: tuple[str, ...]
    was_cut: bool

    @property
    def opened(self) -> bool:
        """Whether the bolt opened."""
        return self.openings > 0


class Attacked:
    """A lock of a design, new from the factory, at `door` and `minute`.

    An attacker's view: `openings` by subject in order, `is_held` while passage mode holds the bolt, `is_dead` if it
    finds no configuration any more, and `crashes` of its firmware, which a watchdog answers by a boot; those of locks
    made by `again` are among them.
    """

    def __init__(
        self, design: Design, door: Placement = DOOR, minute: int | None = NOON, crashes: list[Exception] | None = None
    ) -> None:
        self.design, self.door, self.minute = design, door, minute
        self.openings: list[int] = []
        self.crashes = [] if crashes is None else crashes
        self.is_held = False
        self._signals: list[str] = []
        self._answers: list[str] = []
        self._parts = design.parts
        self._nonces = Random(1)
        self.device = Device(design.geometry, design.blocks)
        with fitted(self._parts):
            given = Given(placement=door, keys=design.keys(door))
            design.store(self.device).configure(given)
        self.boot(after_ms=GAP_MS)

    def again(self, door: Placement = DOOR, minute: int | None = NOON) -> Attacked:
        """Another new lock of the same design."""
        return Attacked(self.design, door, minute, self.crashes)

    # What he can do

    def show(self, shown: Grant | str, after_ms: int = GAP_MS, by: Sealer | None = None) -> Seen:
        """Show a text, or the card that the site's issuer (or `by`) makes of a grant, so long after the last one."""
        self.at_ms += after_ms
        return self._tell(CodeRead(shown if isinstance(shown, str) else self.issue(shown, by), self.at_ms))

    def issue(self, grant: Grant, by: Sealer | None = None) -> str:
        """The text of a card."""
        return self.design.encode(grant, by or self.design.sealer)

    def press(self, digits: str) -> Seen:
        """Press these keys."""
        return self._tell(*(KeyPressed(digit) for digit in digits))

    def clock(self, minute: int | None) -> Seen:
        """Let the clock read this."""
        self.minute = minute
        return self._tell(ClockRead(minute))

    def hours(self, count: int) -> None:
        """Let so many hours pass, hour by hour."""
        for _ in range(count):
            assert self.minute is not None
            self.clock(self.minute + 60)

    def boot(self, after_ms: int = 0) -> None:
        """Take the power away and give it back, `after_ms` before anything else happens; the clock runs on."""
        self.at_ms = after_ms
        while not self._started():
            pass

    def boot_at(self, minute: int | None) -> None:
        """Boot with a clock that was turned meanwhile."""
        self.minute = minute
        self.boot(after_ms=GAP_MS)

    def cut(self, *steps: tuple[int, Phase]) -> None:
        """Let the power go in these of the next steps of the flash, 0 being the very next."""
        self.device.plan(Cuts(1, tuple((self.device.step + step, phase) for step, phase in steps)))

    def glitch(self, *parts: Part) -> None:
        """Disturb the processor: from now on these parts are in place; `once` makes one that lasts for a call."""
        self._parts = (*self._parts, *parts)

    def ask(self, command: Command) -> Seen:
        """Have the site's service give a command."""
        return self.send(self.sealed(command))

    def sealed(self, command: Command, private: bytes = SERVICE_PRIVATE, lock_id: str = "") -> bytes:
        """A command for this lock (or `lock_id`) and the nonce that it shows now, sealed by whoever has `private`."""
        nonce = self.nonce()
        with fitted(self._parts):
            return service.seal_command(command, lock_id or self.door.lock_id, nonce, private)

    def nonce(self) -> bytes:
        """Plug into the service port; what it asks to have sealed."""
        nonce = self._nonces.randbytes(service.NONCE_BYTES)
        self._tell(ServiceOpened(nonce))
        return nonce

    def send(self, command: bytes) -> Seen:
        """Send these bytes to the service port."""
        return self._tell(ServiceAsked(command))

    def readout(self) -> Given:
        """Open the case and read the chips: all that the lock was ever told."""
        with fitted(self._parts):
            contents = self.design.store(self.device).mount()
        assert contents is not None
        return contents.given

    def restore(self, image: bytes) -> None:
        """Open the case and put an image of the flash back that was taken before."""
        self.device = Device(self.design.geometry, self.design.blocks, image, self.device.erases)
        self.boot(after_ms=GAP_MS)

    # What is written down

    def log(self) -> list[Line]:
        """The openings and changes of state that the lock would hand over."""
        return [line for row in self._store.openings() for line in lines_of(row)]

    def refusals(self) -> list[Line]:
        """The refusals that it would hand over."""
        return [line for row in self._store.refusals() for line in lines_of(row)]

    # How the lock goes on

    def _tell(self, *events: Event) -> Seen:
        before, self._signals, self._answers = len(self.openings), [], []
        if self.is_dead:
            return Seen(0, (), (), was_cut=False)
        goes_on = self._ran(*events)
        if not goes_on:
            self.boot()
        return Seen(len(self.openings) - before, tuple(self._signals), tuple(self._answers), not goes_on)

    def _ran(self, *events: Event) -> bool:
        """Let the events happen; whether power, flash and firmware outlived them."""
        try:
            with fitted(self._parts):
                for event in events:
                    self._handle(event)
        except (PowerLoss, FlashError):
            return False
        except EventError:  # the attack is wrong, not the lock
            raise
        except Exception as crash:  # whatever firmware dies of is the attacker's gain
            self.crashes.append(crash)
            return False
        return True

    def _started(self) -> bool:
        self.device.power_on()
        self.is_held = False
        with fitted(self._parts):
            self._store = self.design.store(self.device)
            contents = self._store.mount()
            self.is_dead = contents is None
            if contents is None:
                return True
            self.lock = Lock(self.design.profile, contents.given, contents.memory, self.design.decode)
        self._store.memory = lambda: self.lock.memory
        return self._ran(Booted(contents.memory), ClockRead(self.minute))

    def _handle(self, event: Event) -> None:
        """One event, decision by decision: what was done before a cut has been done."""
        for decision in self.lock.handle(event):
            if self._carried_out(decision):
                self._handle(Stored())

    def _carried_out(self, decision: Decision) -> bool:
        """Do it; whether the lock waits to be told that it is stored."""
        match decision:
            case Persist(row):
                self._store.persist(row)
            case Configure(given):
                self._store.configure(given)
            case Note(row):
                self._store.note(row)
            case OpenBolt(subject):
                self.openings.append(subject)
            case EnterPassage() | LeavePassage():
                self.is_held = isinstance(decision, EnterPassage)
            case Refuse(_, signal):
                self._signals.append(signal)
            case Answer(refused):
                self._answers.append(refused)
            case SetClock(minute):
                self.minute = minute
                self._handle(ClockRead(minute))
        return isinstance(decision, Persist | Configure)
