"""Every step of the ring cut, alone, in pairs and three hundred times in a row, on every geometry.

Blocks are a sixteenth of the real ones, so that all pairs take seconds; the rules of programming and erasing are
those of the geometry. A run that fails names its scene and its cuts: `run(stage(...), parse("seed 7: 12t,30b"))`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import pytest

from simulator.flash.device import Device
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.power import Cuts, Phase, PowerLoss
from simulator.flash.ring import OWN_SLOTS, Ring
from simulator.flash.slot import slot_bytes

BLOCKS = 3
SNAPSHOT_SLOTS = 2
SMALL = {
    "nor": replace(GEOMETRIES["nor"], erase_bytes=256, block_bytes=256),
    "stm32": replace(GEOMETRIES["stm32"], erase_bytes=128, block_bytes=256),
    "eeprom": replace(GEOMETRIES["eeprom"], block_bytes=256),
}
BY_BYTE = replace(SMALL["nor"], name="nor by byte", program_bytes=1)  # the finest that a slot can be torn


class Hand:
    """Boots a ring and writes numbers; `may` is kept to the numbers that a boot may find from now on."""

    def __init__(self, device: Device, tag: bytes, may: set[int], *, history: bool = True) -> None:
        before = device.step
        self.ring = Ring(device, 0, BLOCKS, tag)
        found = self.ring.mount()
        self.may = may
        self.state = _state(found.snapshot, found.rows)
        assert self.state in may
        if history:
            _check_history(list(self.ring.history()), found.rows)
        assert device.step == before, "mounting wrote"
        may.clear()
        may.add(self.state)

    def write(self) -> None:
        """The next number, as a row."""
        self._next(lambda: self.ring.append(_payload(1, self.state + 1), lambda: _snapshot(self.state)))

    def replace(self) -> None:
        """The next number, as a snapshot."""
        self._next(lambda: self.ring.replace(_snapshot(self.state + 1)))

    def _next(self, act: Callable[[], None]) -> None:
        self.may.add(self.state + 1)
        act()
        self.may.discard(self.state)
        self.state += 1


@dataclass(frozen=True)
class Scene:
    """`rows_left` free slots in the block in use, then `acts` by name, each once."""

    rows_left: int | None
    acts: str
    prepared: bool = False
    tag: bytes = b"T"
    """Of the ring from now on; what was written before is under T."""

    @property
    def gain(self) -> int:
        """How much further the number is after the acts."""
        return sum(act in "wr" for act in self.acts)


SCENES = {
    "first row of a blank flash": Scene(None, "w"),
    "append": Scene(3, "w"),
    "turn": Scene(0, "w"),
    "turn onto a blank block": Scene(0, "w", prepared=True),
    "append, prepare, turn": Scene(1, "wpw"),
    "prepare": Scene(1, "p"),
    "replace": Scene(3, "r"),
    "replace twice": Scene(3, "rr"),
    "new epoch": Scene(3, "w", tag=b"U"),
}
ERASED = {"turn": 1, "append, prepare, turn": 1, "prepare": 1, "replace": 1, "replace twice": 2, "new epoch": 1}
"""Blocks that a scene erases where the power stays on; the others none."""
SLOTS = {"append": 1, "append, prepare, turn": 6, "prepare": 0, "replace": 4, "replace twice": 8}
"""Slots that it writes; the others five: header, snapshot, seal, row."""
geometries = pytest.mark.parametrize("geometry", SMALL.values(), ids=SMALL)
scenes = pytest.mark.parametrize("name", SCENES)


@dataclass(frozen=True)
class Stage:
    """A flash on which a scene begins."""

    name: str
    geometry: Geometry
    image: bytes
    start: int

    @property
    def scene(self) -> Scene:
        """What happens now."""
        return SCENES[self.name]

    def device(self) -> Device:
        """The flash, anew."""
        return Device(self.geometry, BLOCKS, self.image)


def stage(name: str, geometry: Geometry) -> Stage:
    """The ring has turned once and a half, and the block in use is as full as the scene has it."""
    scene, device = SCENES[name], Device(geometry, BLOCKS)
    if scene.rows_left is None:
        return Stage(name, geometry, device.image, 0)
    hand = Hand(device, b"T", {0})
    rows = geometry.block_bytes // slot_bytes(geometry) - OWN_SLOTS - SNAPSHOT_SLOTS
    for _ in range((BLOCKS + 1) * rows - scene.rows_left):
        hand.write()
    if scene.prepared:
        hand.ring.prepare()
    return Stage(name, geometry, device.image, hand.state if scene.tag == b"T" else 0)


def run(at: Stage, cuts: Cuts) -> int:
    """Play the scene with these cuts to its end, and a row more; the number of steps that the scene took."""
    device, may, goal = at.device(), {at.start}, at.start + at.scene.gain
    device.plan(cuts)
    hits = 0
    for _ in range(len(cuts.steps) + 1):
        try:
            _play(at, device, may, goal, history=len(cuts.steps) < 2)
            break
        except PowerLoss:
            hits += 1
            device.power_on()
    steps = device.step
    assert hits == len(cuts.steps), f"{at.name} on {at.geometry.name}, {cuts}: {hits} cuts"
    assert may == {goal}, f"{at.name} on {at.geometry.name}, {cuts}: {may}, not {goal}"
    device.plan(Cuts(0))
    hand = Hand(device, at.scene.tag, may)
    hand.write()
    assert Hand(device, at.scene.tag, may, history=False).state == goal + 1, f"{at.name}, {cuts}"
    return steps


def singles(at: Stage, phases: Sequence[Phase] = tuple(Phase)) -> Iterator[tuple[Cuts, int]]:
    """Each single cut in these phases, and the steps of the scene with it."""
    for step in range(run(at, Cuts(0))):
        for phase in phases:
            cuts = Cuts(step, ((step, phase),))
            yield cuts, run(at, cuts)


def pairs(at: Stage, phases: Sequence[Phase] = tuple(Phase)) -> int:
    """Play each pair of cuts in these phases; how many there were. The second may hit the recovery from the first."""
    made = 0
    for first, length in singles(at, phases):
        for step in range(first.steps[0][0] + 1, length):
            for phase in phases:
                run(at, Cuts(first.seed, (*first.steps, (step, phase))))
                made += 1
    return made


@scenes
@pytest.mark.parametrize("geometry", [*SMALL.values(), BY_BYTE], ids=[*SMALL, "by byte"])
def test_any_single_cut_leaves_old_or_new(geometry: Geometry, name: str) -> None:
    """And there are three for every program unit and every erase unit that the scene costs, as FLASH.md counts them."""
    at = stage(name, geometry)
    erases = ERASED.get(name, 0) * geometry.block_bytes // geometry.erase_bytes
    if name == "new epoch":  # the first block is the one in use, and its last pages may still be blank
        pages = range(0, geometry.block_bytes, geometry.erase_bytes)
        erases = sum(at.image[page : page + geometry.erase_bytes].count(0xFF) < geometry.erase_bytes for page in pages)
    steps = erases + SLOTS.get(name, 5) * slot_bytes(geometry) // geometry.program_bytes
    assert len(list(singles(at))) == 3 * steps > 0


@geometries
def test_a_cut_after_a_step_leaves_what_a_cut_before_the_next_one_leaves(geometry: Geometry) -> None:
    """So pairs of cuts before and within steps are all that there are; `-m long` plays the others too."""
    for name in SCENES:
        at = stage(name, geometry)
        for step in range(run(at, Cuts(0)) - 1):
            assert _left(at, step, Phase.AFTER) == _left(at, step + 1, Phase.BEFORE)


@pytest.mark.parametrize("name", [name for name in SCENES if name != "replace twice"])
@geometries
def test_any_two_cuts_leave_old_or_new(geometry: Geometry, name: str) -> None:
    """Every pair of steps, before and within each: at least so many as there are steps to choose two from."""
    steps = run(at := stage(name, geometry), Cuts(0))
    assert pairs(at, (Phase.BEFORE, Phase.TORN)) >= 2 * steps * (steps - 1)


@pytest.mark.long
@scenes
@pytest.mark.parametrize("geometry", [*SMALL.values(), BY_BYTE], ids=[*SMALL, "by byte"])
def test_any_two_cuts_of_all_phases_leave_old_or_new(geometry: Geometry, name: str) -> None:
    """The same with cuts after steps, and torn as finely as can be."""
    steps = run(at := stage(name, geometry), Cuts(0))
    assert pairs(at) >= 9 * steps * (steps - 1) / 2


@pytest.mark.parametrize("name", ["append", "turn", "prepare", "replace"])
@geometries
def test_each_step_of_a_recovery_is_cut_three_hundred_times_in_a_row(geometry: Geometry, name: str) -> None:
    """Whatever each cut left behind; then the next attempt succeeds."""
    _each_step_again_and_again(stage(name, geometry), (Phase.BEFORE, Phase.TORN))


@pytest.mark.long
@scenes
@geometries
def test_each_step_of_every_recovery_is_cut_three_hundred_times_in_a_row(geometry: Geometry, name: str) -> None:
    """The same of every scene, in every phase."""
    _each_step_again_and_again(stage(name, geometry), tuple(Phase))


def _each_step_again_and_again(at: Stage, phases: Sequence[Phase]) -> None:
    most = dict.fromkeys(phases, 0)
    for step in range(run(at, Cuts(0))):
        for phase in phases:
            made = _cut_again_and_again(at, step, phase)
            assert made > 0
            most[phase] = max(most[phase], made)
    assert most[Phase.BEFORE] == 300


def _cut_again_and_again(at: Stage, step: int, phase: Phase) -> int:
    """How often the step could be cut, 300 times at most, before the scene was over in spite of it.

    Fewer where earlier attempts leave fewer steps to do, and where an erase that is torn often enough is done.
    """
    device, may, goal = at.device(), {at.start}, at.start + at.scene.gain
    for made in range(300):
        device.plan(Cuts(made, ((device.step + step, phase),)))
        try:
            _play(at, device, may, goal, history=False)
        except PowerLoss:
            device.power_on()
            continue
        return made
    device.plan(Cuts(0))
    _play(at, device, may, goal)
    assert may == {goal}
    return 300


def _play(at: Stage, device: Device, may: set[int], goal: int, *, history: bool = True) -> None:
    """Boot, and do what is not done yet. Prepare is done again: it must not matter."""
    hand = Hand(device, at.scene.tag, may, history=history)
    done = at.scene.gain - (goal - hand.state)
    for act in at.scene.acts:
        if act == "p":
            hand.ring.prepare()
        elif done:
            done -= 1
        else:
            hand.write() if act == "w" else hand.replace()


def _left(at: Stage, step: int, phase: Phase) -> bytes:
    device = at.device()
    device.plan(Cuts(1, ((step, phase),)))
    with pytest.raises(PowerLoss):
        _play(at, device, {at.start}, at.start + at.scene.gain, history=False)
    return device.image


@cache
def _payload(kind: int, number: int) -> bytes:
    return bytes([kind]) + number.to_bytes(4, "little") + bytes(number * place & 0xFF for place in range(15))


@cache
def _snapshot(number: int) -> list[bytes]:
    return [_payload(16 + place, number) for place in range(SNAPSHOT_SLOTS)]


def _state(snapshot: tuple[bytes, ...], rows: tuple[bytes, ...]) -> int:
    """The number that was written last; every byte is as it was written, and no number is missing."""
    first = int.from_bytes(snapshot[0][1:5], "little") if snapshot else 0
    assert list(snapshot) in ([], _snapshot(first))
    assert list(rows) == [_payload(1, first + 1 + place) for place in range(len(rows))]
    return first + len(rows)


def _check_history(history: list[bytes], rows: tuple[bytes, ...]) -> None:
    numbers = [int.from_bytes(row[1:5], "little") for row in history]
    assert all(row == _payload(1, number) for row, number in zip(history, numbers, strict=True))
    assert all(a < b for a, b in pairwise(numbers))
    assert tuple(history[len(history) - len(rows) :]) == rows
