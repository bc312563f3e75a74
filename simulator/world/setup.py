"""The lock of one world, and the keys around it: all that a seed decides before anything happens."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from random import Random

from lockcore import Ed25519Sealer
from lockcore.key_set import KeySet
from lockcore.placement import Placement
from lockcore.secret_pem import public_of
from simulator.flash.geometry import GEOMETRIES, Geometry
from simulator.lock.given import Given
from simulator.lock.profile import PROFILES, Profile

DOOR = Placement(community=1_000_000_001, building="1", floor="4", room="401G", lock_id="W1")
START_MIN = 5_000_000
ALL_IN_ONE = replace(PROFILES["QRA"], model="QRA with a keypad", keypad=True)
"""Whatever any model can do, so that all rules meet."""
_PROFILES = (ALL_IN_ONE, ALL_IN_ONE, ALL_IN_ONE, PROFILES["QRA-C3"], PROFILES["QRB"], PROFILES["QRP"])
_SOON_WORN = 1
"""Erases that some flash endures."""


class Setup:
    """What a seed decides: the lock's profile and flash, two card keys, a service key, any number of room keys."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        random = Random(f"world {seed}")
        self.profile: Profile = replace(random.choice(_PROFILES), entries_max=random.choice((2, 3, 5, 64)))
        geometry = random.choice(list(GEOMETRIES.values()))
        self.geometry: Geometry = replace(geometry, endurance=_SOON_WORN) if random.random() < 0.3 else geometry
        self._privates = [random.randbytes(32) for _ in range(2)]
        self.service_private = random.randbytes(32)

    @cached_property
    def sealers(self) -> tuple[Ed25519Sealer, ...]:
        """By key id."""
        return tuple(Ed25519Sealer(key_id, private) for key_id, private in enumerate(self._privates))

    @cached_property
    def _publics(self) -> tuple[bytes, ...]:
        return tuple(public_of(private) for private in self._privates)

    def keys(self, key_ids: tuple[int, ...], generation: int) -> KeySet:
        """The lock's keys: these card keys, and the room key of this commissioning."""
        return KeySet(
            service=public_of(self.service_private),
            ed25519={key_id: self._publics[key_id] for key_id in key_ids},
            passcode=self.room_key(generation) if self.profile.keypad else None,
        )

    def room_key(self, generation: int) -> bytes:
        """The passcode key of the room in its commissioning `generation`."""
        return Random(f"room {self.seed} {generation}").randbytes(16)

    @property
    def given(self) -> Given:
        """What the lock is commissioned with."""
        return Given(placement=DOOR, keys=self.keys((0,), 0))
