"""Which of the deliberately weak locks of simulator/threats no vector finds out.

python -m benchmarks.vector_weak_locks
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from typing import Any

from simulator.lock.profile import PROFILES, Profile
from simulator.threats.design import Design
from simulator.threats.part import fitted
from simulator.threats.row import Threat
from simulator.threats.table import THREATS
from vectors.conform.judge import difference
from vectors.conform.simulated_lock import VECTOR_PROFILES
from vectors.conform.simulator import Simulator
from vectors.pack.families import made
from vectors.pack.flags import FLAGS, OUT_OF_SCOPE
from vectors.pack.request import filled
from vectors.pack.vector import Family, Group, Vector

NOT_IN_A_FILE = {
    "2a": "what is weak is the issuer's keys, and a vector brings the lock's keys itself",
    "2b": "the same",
    "2d": "the same; `lock.cmac.room-only-floor` shows what a room_only lock must do",
    "9e": "no vector wears a flash out",
    "20c": "no vector wears a flash out; that refusals have a ring of their own is seen in the log",
}
"""Weak designs whose weakness a vector cannot meet, each with the reason."""
SEED = 1


def families() -> list[Family]:
    """Those that ask a lock for its life."""
    return [made(name, SEED) for name in ("decode", "card", "lock", "flash")]


def survivors(asked: Sequence[Family] | None = None) -> list[str]:
    """Labels of the weak designs that answer every vector as the reference does, those of `NOT_IN_A_FILE` left out."""
    groups = [group for family in asked or families() for group in family.groups]
    return [threat.label for threat in in_scope() if found_by(threat, groups) is None]


def in_scope() -> Iterator[Threat]:
    """Threats that have a weak lock which a vector could find out."""
    for threat in THREATS:
        if threat.weak is not None and threat.number not in OUT_OF_SCOPE and threat.label not in NOT_IN_A_FILE:
            yield threat


def found_by(threat: Threat, groups: Iterable[Group]) -> str | None:
    """The id of the first vector that the weak lock answers otherwise; those of its threat are asked first."""
    asked = [(group, vector) for group in groups for vector in group.vectors]
    asked.sort(key=lambda each: threat.number not in _threats_of(each[1]))
    assert threat.weak is not None
    with fitted(threat.weak.parts), _profiles_of(threat.weak):
        return next((vector.id for group, vector in asked if _differs(threat.weak, group, vector)), None)


def _threats_of(vector: Vector) -> set[int]:
    return {number for flag in vector.flags for number in FLAGS[flag].threats}


def _differs(design: Design, group: Group, vector: Vector) -> bool:
    """Whether the weak lock gives a wrong answer, as the runner judges it.

    An error of the simulator's, or an exception, is none: it may be this bench that fails, and not the lock.
    """
    device = Simulator(design.decode, design.store)
    for step in vector.steps:
        if "picture" in step.do:
            return False  # no weak lock has a reader of its own
        try:
            answer = device.answer({"id": 0} | filled(step.do, group.given))
        except Exception:
            return False
        if "error" in answer:
            return False
        if difference(step.expect, answer, tells_reasons=True) is not None:
            return True
    return False


@contextmanager
def _profiles_of(design: Design) -> Iterator[None]:
    """Every profile of the vectors with what is weak in this design's."""
    before = dict(VECTOR_PROFILES)
    changed = _changed(design.profile)
    VECTOR_PROFILES.update({name: replace(profile, **changed) for name, profile in before.items()})
    try:
        yield
    finally:
        VECTOR_PROFILES.update(before)


def _changed(profile: Profile) -> dict[str, Any]:
    usual = PROFILES[profile.model]
    names = [each.name for each in fields(Profile)]
    return {name: getattr(profile, name) for name in names if getattr(profile, name) != getattr(usual, name)}


def main() -> None:
    """Print who found out whom."""
    groups = [group for family in families() for group in family.groups]
    for threat in in_scope():
        print(f"{threat.label:4} {threat.weakness:60} {found_by(threat, groups) or 'NOT FOUND OUT'}", flush=True)
    for label, why in NOT_IN_A_FILE.items():
        print(f"{label:4} not in a file: {why}")


if __name__ == "__main__":
    main()
