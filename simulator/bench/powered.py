"""A lock with its flash, from power to power: what the command line, the sweeps and the world all drive."""

from __future__ import annotations

from collections.abc import Callable

import lockcore
from simulator.bench.drive import Outcome, drive
from simulator.flash.device import Device, FlashError
from simulator.flash.store import FlashStore
from simulator.lock.events import ClockRead, Event
from simulator.lock.given import Given
from simulator.lock.lock import Decode, Lock
from simulator.lock.memory import Memory
from simulator.lock.profile import Profile
from simulator.lock.rows import Row


class PoweredLock:
    """The lock whose flash `device` is, and the store that it is driven with.

    `tell` lets PowerLoss through: then `power_on` is all that helps.
    FlashError where nothing was ever commissioned on it.
    """

    def __init__(self, profile: Profile, device: Device, decode: Decode = lockcore.decode) -> None:
        self.profile = profile
        self.device = device
        self._decode = decode
        self.written: Callable[[], None] = lambda: None
        """Called when something was written, before the lock is told."""
        self.restart()

    def restart(self) -> None:
        """Boot with what is stored; the clock has not been read yet."""
        self.store = FlashStore(self.device)
        contents = self.store.mount()
        if contents is None:
            raise FlashError("flash: no lock was commissioned on it")
        self.lock = Lock(self.profile, contents.given, contents.memory, self._decode)
        self.store.memory = lambda: self.lock.memory

    def power_on(self, minute: int | None) -> Outcome:
        """Boot with what is stored, and let the clock be read."""
        self.device.power_on()
        self.restart()
        return self.tell(ClockRead(minute))

    def tell(self, *events: Event) -> Outcome:
        """Let these events happen.

        FlashError where the flash takes no more: then nothing of that commit was opened, and the lock has booted.
        """
        try:
            return drive(self.lock, self, *events)
        except FlashError:
            self.restart()
            raise

    def persist(self, row: Row) -> None:
        """As `FlashStore.persist`."""
        self.store.persist(row)
        self.written()

    def note(self, row: Row) -> None:
        """As `FlashStore.note`."""
        self.store.note(row)
        self.written()

    def configure(self, given: Given) -> None:
        """As `FlashStore.configure`."""
        self.store.configure(given)
        self.written()

    @property
    def memory(self) -> Memory:
        """What is stored."""
        return self.lock.memory


def commission(device: Device, given: Given) -> None:
    """Write a lock's first configuration; FlashError if there is one already, for that is service's to change."""
    store = FlashStore(device)
    if store.mount() is not None:
        raise FlashError("flash: a lock was commissioned on it already")
    store.configure(given)
