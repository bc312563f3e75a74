"""What a lock is built from. The reference is one value; a weak lock is the same value with one part replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import lockcore
from lockcore import Grant, Sealer
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.flash.store import FlashStore
from simulator.lock.lock import Decode
from simulator.lock.profile import PROFILES, Profile
from simulator.threats.part import Part
from simulator.threats.site import ISSUER, ed25519_keys


@dataclass(frozen=True, kw_only=True)
class Design:
    """A lock's parts, and its issuer's.

    keys            what a lock at this address is given
    encode, sealer  how the issuer makes a card for it
    decode          steps 1 to 4
    store           its flash, of `blocks` blocks
    parts           whatever else was replaced
    """

    profile: Profile = PROFILES["QRA"]
    keys: Callable[[Placement], KeySet] = ed25519_keys
    encode: Callable[[Grant, Sealer], str] = lockcore.encode
    sealer: Sealer = ISSUER
    decode: Decode = lockcore.decode
    store: type[FlashStore] = FlashStore
    geometry: Geometry = GEOMETRIES["nor"]
    blocks: int = 6
    parts: tuple[Part, ...] = ()

    def with_parts(self, *parts: Part) -> Design:
        """The same with these parts replaced."""
        return replace(self, parts=(*self.parts, *parts))

    def of_model(self, model: str) -> Design:
        """The same as another model."""
        return replace(self, profile=PROFILES[model])


REFERENCE = Design()
KEYPAD = REFERENCE.of_model("QRP")
