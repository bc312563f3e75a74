"""A lock of the simulator under the requests of PROTOCOL.md, section 4."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import lockcore
from lockcore.byte_cursor import ByteCursor
from lockcore.placement import Placement
from simulator.bench.powered import commission
from simulator.flash.device import FlashError
from simulator.flash.geometry import geometry_of
from simulator.flash.power import PowerLoss
from simulator.flash.store import Contents, FlashStore
from simulator.lock.decisions import (
    Answer,
    Configure,
    Decision,
    EnterPassage,
    HandOver,
    LeavePassage,
    Note,
    OpenBolt,
    Persist,
    Refuse,
    SetClock,
    StartTimer,
)
from simulator.lock.events import (
    ClockRead,
    CodeRead,
    Event,
    KeyPressed,
    ServiceAsked,
    ServiceOpened,
    ShuttingDown,
    Stored,
    Timer,
    TimerFired,
)
from simulator.lock.given import Given
from simulator.lock.lock import Decode, Lock
from simulator.lock.memory import Memory
from simulator.lock.profile import PROFILES
from vectors.conform.cut_flash import CutFlash, PlanError, image_of
from vectors.conform.questions import Question, key_set

POWER_LOST, NOT_COMMISSIONED = "POWER_LOST", "NOT_COMMISSIONED"
SMALL_ENTRIES_MAX = 3
MS_MAX = (1 << 32) - 1
"""Since the boot."""
VECTOR_PROFILES = {
    **PROFILES,
    **{f"{model}/3": replace(PROFILES[model], entries_max=SMALL_ENTRIES_MAX) for model in ("QRA", "QRP")},
}
"""By the names of PROTOCOL.md, section 5."""
Did = list[str]


class SimulatedLock:
    """One lock with its flash and its time, from `new` or `load` on.

    `decode` and `store` are the reference's, or those of a weak lock that the vectors must find out.
    """

    def __init__(self, decode: Decode = lockcore.decode, store: type[FlashStore] = FlashStore) -> None:
        self._decode, self._store_of = decode, store
        self._flash: CutFlash | None = None
        self._lock: Lock | None = None
        self._at_ms, self._due_ms = 0, dict[Timer, int]()
        self._requests: dict[str, Callable[[Question], dict[str, Any]]] = {
            "new": self._new, "load": self._load, "boot": self._boot, "wait": self._wait, "cut": self._cut,
            "idle": self._idle, "state": lambda _: self._state(), "log": lambda _: self._log(),
            "shut_down": self._shut_down,
            "clock": lambda asked: self._told(ClockRead(asked["minute"])),
            "show": lambda asked: self._told(CodeRead(asked["text"], self._at_ms)),
            "press": lambda asked: self._told(*map(KeyPressed, asked["keys"])),
            "port": lambda asked: self._told(ServiceOpened(bytes.fromhex(asked["nonce"]))),
            "command": lambda asked: self._told(ServiceAsked(bytes.fromhex(asked["data"]))),
        }  # fmt: skip

    @property
    def requests(self) -> dict[str, Callable[[Question], dict[str, Any]]]:
        """What it answers, by `op`."""
        return self._requests

    @property
    def flash(self) -> CutFlash:
        """Its flash; PlanError before the first `new` or `load`."""
        if self._flash is None:
            raise PlanError("no lock: new or load comes first")
        return self._flash

    # Power

    def _new(self, asked: Question) -> dict[str, Any]:
        given = Given(placement=_placement(asked["placement"]), keys=key_set(asked["keys"]))
        self._fit(asked, None)
        commission(self.flash, given)
        return {"did": []}

    def _load(self, asked: Question) -> dict[str, Any]:
        size = geometry_of(asked["geometry"]).block_bytes * asked["blocks"]
        self._fit(asked, image_of(asked["image"], size))
        return {"did": []}

    def _fit(self, asked: Question, image: bytes | None) -> None:
        profile = VECTOR_PROFILES[asked["profile"]]
        self._flash = CutFlash(geometry_of(asked["geometry"]), asked["blocks"], image)
        self._profile = profile
        self._off()

    def _boot(self, asked: Question) -> dict[str, Any]:
        read = ClockRead(asked["minute"])
        self.flash.power_on()
        self._off()
        self._store = self._store_of(self.flash)
        contents = self._store.mount()
        if contents is None:
            return {"did": [NOT_COMMISSIONED]}
        lock = self._lock = Lock(self._profile, contents.given, contents.memory, self._decode)
        self._store.memory = lambda: lock.memory
        return self._told(read)

    def _off(self) -> None:
        """No power, and nothing to wait for."""
        self._lock, self._at_ms, self._due_ms = None, 0, {}

    def _shut_down(self, _: Question) -> dict[str, Any]:
        answer = self._told(ShuttingDown())
        self._lock = None
        return answer

    def _cut(self, asked: Question) -> dict[str, Any]:
        self.flash.cut(asked["steps"])
        return {"did": []}

    def _idle(self, _: Question) -> dict[str, Any]:
        return self._while_powered(self._tidy)

    def _tidy(self) -> Did:
        self._store.tidy()
        return []

    # Events

    def _wait(self, asked: Question) -> dict[str, Any]:
        """Timers fire when they are due, in that order, each at its time."""
        self._check_power()
        until_ms = self._at_ms + asked["ms"]
        if until_ms > MS_MAX:
            raise PlanError(f"ms: {MS_MAX} at most since the boot")
        did: Did = []
        for due_ms, timer in sorted((due, timer) for timer, due in self._due_ms.items() if due <= until_ms):
            self._at_ms = due_ms
            del self._due_ms[timer]
            did += self._told(TimerFired(timer))["did"]
            if self._lock is None:
                break
        self._at_ms = until_ms
        return {"did": did}

    def _told(self, *events: Event) -> dict[str, Any]:
        did: Did = []

        def tell() -> Did:
            for event in events:
                self._tell(event, did)
            return did

        return self._while_powered(tell, did)

    def _while_powered(self, act: Callable[[], Did], did: Did | None = None) -> dict[str, Any]:
        self._check_power()
        try:
            return {"did": act()}
        except (PowerLoss, FlashError):
            self._lock = None
            return {"did": [*(did or ()), POWER_LOST]}

    def _check_power(self) -> None:
        if self._lock is None:
            raise PlanError("no power: boot comes first")

    def _tell(self, event: Event, did: Did) -> None:
        """One event, decision by decision: what was done before a cut has been done."""
        assert self._lock is not None
        for decision in self._lock.handle(event):
            if self._stored(decision):
                self._tell(Stored(), did)
            else:
                did += self._outside(decision)

    def _stored(self, decision: Decision) -> bool:
        """Store what is to be stored; whether the lock waits to be told."""
        match decision:
            case Persist(row):
                self._store.persist(row)
            case Configure(given):
                self._store.configure(given)
            case _:
                return False
        return True

    def _outside(self, decision: Decision) -> Iterator[str]:
        match decision:
            case Note(row):
                self._store.note(row)
            case StartTimer(timer, after_ms):
                self._due_ms[timer] = self._at_ms + after_ms
            case _:
                yield said(decision)

    # What is stored

    def _state(self) -> dict[str, Any]:
        contents = self._mounted().mount()
        return {"epoch": None} if contents is None else stored(contents)

    def _log(self) -> dict[str, Any]:
        store = self._mounted()
        if store.mount() is None:
            return {"rows": [], "refusals": []}
        return {
            "rows": [row.to_bytes().hex() for row in store.openings()],
            "refusals": [row.to_bytes().hex() for row in store.refusals()],
        }

    def _mounted(self) -> FlashStore:
        """Another store on a copy of the flash, which reads whether there is power or not."""
        flash = self.flash
        return self._store_of(CutFlash(flash.geometry, flash.block_count, flash.image))


def said(decision: Decision) -> str:
    """A decision as `did` has it."""
    match decision:
        case OpenBolt(_, for_ms):
            return f"OPEN {for_ms}"
        case EnterPassage(until_min):
            return f"HOLD {until_min}"
        case LeavePassage():
            return "RELEASE"
        case Refuse(reason, signal):
            return f"REFUSE {reason} {signal}"
        case SetClock(minute):
            return f"CLOCK {minute}"
        case HandOver():
            return "HAND_OVER"
        case Answer(refused):
            return f"ANSWER {refused or 'DONE'}"
    raise AssertionError(decision)


def stored(contents: Contents) -> dict[str, Any]:
    """What `state` answers for a commissioned lock."""
    given, memory = contents
    return {
        "epoch": given.epoch,
        "placement": given.placement.to_bytes().hex(),
        "keys": given.keys.to_bytes().hex(),
        **_remembered(memory),
    }


def _remembered(memory: Memory) -> dict[str, Any]:
    passage = memory.passage
    return {
        "room_mark": memory.room_mark,
        "high_water": memory.high_water_min,
        "purged_until": memory.purged_until_min,
        "voids_purged_until": memory.voids_purged_until_min,
        "presented": memory.presented,
        "passage": None
        if passage is None
        else _words(passage.until_min, int(passage.card), passage.revision, passage.serial),
        "wrong": memory.keypad.wrong,
        "lock_outs": memory.keypad.lock_outs,
        "locked_until": memory.keypad.until_min,
        "entries": [_words(subject, *entry) for subject, entry in sorted(memory.entries.items())],
    }


def _words(*numbers: int) -> str:
    return " ".join(map(str, numbers))


def _placement(data: str) -> Placement:
    cursor = ByteCursor(bytes.fromhex(data))
    placement = Placement.take(cursor)
    cursor.end("placement")
    return placement
