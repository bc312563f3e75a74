"""What a device says of itself, and what that lets the runner ask (PROTOCOL.md, sections 1, 2 and 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lockcore import QrlockError

PROTOCOL = 1
CAN = (
    "encode", "decode", "decode-cmac", "verify", "verify-cmac", "passcode", "make-passcode", "draw", "read",
    "read-hard", "lock", "service", "reasons", "log", "flash",
)  # fmt: skip
"""Everything of PROTOCOL.md, section 2."""
DEVICE_NAME_MAX = 200


class StatementError(QrlockError):
    """A device's answer to `hello` that says nothing the runner could go by."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hello:
    """What a device has declared: its name, and what may be asked of it."""

    device: str
    can: frozenset[str]
    profiles: frozenset[str]
    geometries: frozenset[str]

    @property
    def tells_reasons(self) -> bool:
        """Whether it names the reason of a refusal; else the runner compares the rest."""
        return "reasons" in self.can

    def record(self) -> dict[str, Any]:
        """As the results have it."""
        can = [word for word in CAN if word in self.can]
        return {
            "device": self.device,
            "can": can,
            "profiles": sorted(self.profiles),
            "geometries": sorted(self.geometries),
        }

    def lacks(self, needs: Iterable[str], profiles: Iterable[str], geometries: Iterable[str]) -> tuple[str, ...]:
        """What it has not declared of these, as words for people; empty if it can be asked.

        What it cannot do comes first: only who can do it all is told of profiles and geometries. The geometry matters
        to a device with the layout of FLASH.md alone; others have their own.
        """
        wanted = dict.fromkeys(needs)
        asked = dict.fromkeys(geometries) if "flash" in wanted else ()
        return tuple(word for word in wanted if word not in self.can) or (
            *(f"profile {name}" for name in dict.fromkeys(profiles) if name not in self.profiles),
            *(f"geometry {name}" for name in asked if name not in self.geometries),
        )


def hello_of(answer: Mapping[str, Any]) -> Hello:
    """What the answer to `hello` declares; StatementError.

    Unknown words in `can` are an error: a misspelt one would leave its tests unasked, and nobody would notice.
    """
    if type(answer.get("protocol")) is not int or answer["protocol"] != PROTOCOL:
        raise StatementError(f"protocol: it is {PROTOCOL}")
    device = answer.get("device")
    if not isinstance(device, str) or not 0 < len(device) <= DEVICE_NAME_MAX:
        raise StatementError(f"device: a name of at most {DEVICE_NAME_MAX} characters")
    can, profiles, geometries = (_words(answer, name) for name in ("can", "profiles", "geometries"))
    unknown = sorted(can - set(CAN))
    if unknown:
        raise StatementError(f"can: no such word: {unknown[0][:20]!a}")
    return Hello(device=device, can=can, profiles=profiles, geometries=geometries)


def _words(answer: Mapping[str, Any], name: str) -> frozenset[str]:
    words = answer.get(name)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise StatementError(f"{name}: a list of texts")
    return frozenset(words)
