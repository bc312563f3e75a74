"""A lock's life as a vector, and lives as groups: what each needs follows from what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lockcore.key_set import KeySet
from lockcore.placement import Placement
from vectors.families import ask
from vectors.families.site import DOOR, keys_of
from vectors.pack.vector import Group, Request, Step, Vector, Verdict

_NEEDS = {
    "port": "service", "command": "service", "log": "log", "state": "flash", "cut": "flash", "idle": "flash",
    "load": "flash",
}  # fmt: skip
_ORDER = ("decode-cmac", "service", "log", "flash")
_DECIDES = ("show", "press", "command", "boot")


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What lives share.

    name       of the group, with the model in it
    needs      besides `lock` and what the requests need
    geometry   smallest flash by default: `blocks` of it
    """

    name: str
    profile: str = "QRA"
    placement: Placement = DOOR
    keys: KeySet = field(default_factory=lambda: keys_of(scopes=()), repr=False)
    geometry: str = "nor"
    blocks: int = 6
    needs: tuple[str, ...] = ()

    @cached_property
    def given(self) -> Mapping[str, Any]:
        """As a group has it."""
        return {
            "profile": self.profile, "geometry": self.geometry, "blocks": self.blocks,
            "placement": self.placement.to_bytes().hex(), "keys": self.keys.to_bytes().hex(),
        }  # fmt: skip


def _model(profile: str) -> Setting:
    return Setting(name=profile.lower().replace("/", "-"), profile=profile)


QRA, QRA_C3, QRB, QRM, QRP = (_model(profile) for profile in ("QRA", "QRA-C3", "QRB", "QRM", "QRP"))
QRA_3, QRP_3 = _model("QRA/3"), _model("QRP/3")
MODELS = {each.profile: each for each in (QRA, QRA_C3, QRB, QRM, QRP, QRA_3, QRP_3)}
CMAC = Setting(name="qra-cmac", keys=keys_of(), needs=("decode-cmac",))
"""With keys of both seals; where no cmac card is shown a lock has none."""


@dataclass(frozen=True, kw_only=True)
class Life:
    """A vector before the reference was asked. `id` lacks the family; `kept` asks state and log at the end as well."""

    id: str
    comment: str
    flags: tuple[str, ...]
    requests: tuple[Request, ...]
    expect: Verdict
    setting: Setting = QRA

    @property
    def needs(self) -> tuple[str, ...]:
        """What a device must be able to do besides `lock`."""
        asked = {_NEEDS[do["op"]] for do in self.requests if do["op"] in _NEEDS} | set(self.setting.needs)
        return tuple(need for need in _ORDER if need in asked)

    def vector(self, family: str) -> Vector:
        """With what the reference answers."""
        id = f"{family}.{self.id}"
        made = ask.life(id, self.comment, self.flags, self.requests, self.expect, given=self.setting.given)
        return replace(made, now=now_of(made.steps))


def kept(life: Life, *more: Request) -> Life:
    """The same life, and then what it left behind: `more` asks for it."""
    return replace(
        life, id=f"{life.id}.kept", comment=f"{life.comment} What is stored then.", requests=(*life.requests, *more)
    )


def now_of(steps: Iterable[Step]) -> int | None:
    """What the clock reads when the last deciding step is done."""
    minute = now = None
    for step in steps:
        if step.do["op"] in ("boot", "clock"):
            minute = step.do["minute"]
        if step.do["op"] in _DECIDES:
            now = minute
        for text in step.expect.get("did", ()):
            if text.startswith("CLOCK "):
                minute = int(text.split()[1])
    return now


def groups_of(family: str, idea: str, comment: str, lives: Iterable[Life]) -> Iterator[Group]:
    """Lives that share setting and needs in a group, in the order in which they first come."""
    sorted_out: dict[tuple[str, tuple[str, ...]], list[Life]] = {}
    for life in lives:
        sorted_out.setdefault((life.setting.name, life.needs), []).append(life)
    for (name, needs), together in sorted_out.items():
        yield Group(
            name=".".join((idea, name, *needs)),
            comment=comment,
            needs=("lock", *needs),
            given=together[0].setting.given,
            vectors=[life.vector(family) for life in together],
        )


def no(reason: str) -> Verdict:
    """Refused by keypad or port, whose order is not that of a presentation."""
    return Verdict(accepted=False, reason=reason)
