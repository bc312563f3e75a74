"""A vector, a group of vectors and a family, as the generators make them and the files have them (FORMAT.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Request = Mapping[str, Any]
"""A request of PROTOCOL.md without its `id`."""

REASON_STEPS = {
    "NOT_A_CARD": 1,
    "UNSUPPORTED_FORMAT": 2,
    "UNKNOWN_KEY": 2,
    "BAD_SEAL": 3,
    "MALFORMED": 4,
    "WRONG_COMMUNITY": 5,
    "WRONG_BUILDING": 5,
    "WRONG_FLOOR": 5,
    "WRONG_ROOM": 5,
    "UNSUPPORTED_TIMES": 6,
    "UNSUPPORTED_OPEN_TYPE": 6,
    "UNSUPPORTED_LOSS_REPORT": 6,
    "CLOCK_UNSET": 7,
    "CLOCK_ROLLED_BACK": 7,
    "SUPERSEDED": 8,
    "NOT_YET_VALID": 9,
    "EXPIRED": 9,
    "COUNT_EXHAUSTED": 10,
    "STORE_FULL": 10,
    "POWER_LOST": 11,
}
"""The step of a presentation (LOCK.md) in which a reason is found. POWER_LOST is the vectors' own: a commit that a cut
ended, after which nothing may have opened."""
OPENING = 12
"""The step in which an accepted card opens."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a vector comes to: `expect` in the file.

    accepted   whether what it shows is to be taken
    reason     "" if accepted; else a reason of the lock, or of a question that is not a lock's (FORMAT.md, section 4)
    step       of the decision order, 1 to 12, where there is one
    """

    accepted: bool
    reason: str = ""
    step: int | None = None

    def record(self) -> dict[str, Any]:
        """As the file has it."""
        fields: dict[str, Any] = {"result": "accepted" if self.accepted else "refused"}
        if self.step is not None:
            fields["step"] = self.step
        return fields | ({"reason": self.reason} if self.reason else {})


def refused(reason: str) -> Verdict:
    """Refused for this reason, in the step where the lock finds it."""
    return Verdict(accepted=False, reason=reason, step=REASON_STEPS.get(reason))


ACCEPTED = Verdict(accepted=True)
"""For questions that are not a lock's."""
OPENS = Verdict(accepted=True, step=OPENING)
"""A lock opens."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One request and what must come back: each member of `expect` must equal the answer's."""

    do: Request
    expect: Mapping[str, Any]

    def record(self) -> dict[str, Any]:
        """As the file has it."""
        return {"do": dict(self.do), "expect": dict(self.expect)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Vector:
    """One test, with one defect at most.

    id       family, then words: lower case, digits, hyphens, joined by dots; never given to another meaning
    comment  a few words: what is wrong, or at which limit it stands
    flags    names of flags.FLAGS: what an attacker gains where this fails
    steps    one for a question; a lock's life for a trace
    expect   what the last deciding step comes to
    now      the minute at which it is decided; None where no clock matters
    stages   what the card was on its way: grant, body, sealed, text, matrix, frame (FORMAT.md, section 5)
    needs    what a device must be able to do besides what the group needs
    """

    id: str
    comment: str
    flags: tuple[str, ...] = ()
    steps: tuple[Step, ...]
    expect: Verdict
    now: int | None = None
    stages: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """As the file has it."""
        fields: dict[str, Any] = {"id": self.id, "comment": self.comment, "flags": list(self.flags)}
        if self.needs:
            fields["needs"] = list(self.needs)
        if self.stages:
            fields["stages"] = dict(self.stages)
        if self.now is not None:
            fields["now"] = self.now
        return fields | {"steps": [step.record() for step in self.steps], "expect": self.expect.record()}


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Vectors that are asked in one setting.

    name    unique in its family
    needs   of PROTOCOL.md, section 2; a device that lacks one is not asked
    given   members that every request takes from here which has them in PROTOCOL.md and does not say them itself:
            profile, geometry, blocks, placement, keys, …
    """

    name: str
    comment: str
    needs: tuple[str, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    vectors: Sequence[Vector] = ()

    def record(self) -> dict[str, Any]:
        """As the file has it."""
        return {
            "name": self.name,
            "comment": self.comment,
            "needs": list(self.needs),
            "given": dict(self.given),
            "tests": [vector.record() for vector in self.vectors],
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """One file of the pack, and the pictures that belong to it.

    name       of the file, and the first word of every id
    algorithm  what is tested, such as "qrlock card v1, steps 1 to 4"
    header     lines for people: what the file is, what its keys are
    pictures   PNG files by their path in the pack
    """

    name: str
    algorithm: str
    header: tuple[str, ...]
    groups: tuple[Group, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def vectors(self) -> list[Vector]:
        """All of them, in the order of the file."""
        return [vector for group in self.groups for vector in group.vectors]
