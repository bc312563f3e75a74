"""A door that judges what a reader said: by the card's seal alone, and by the whole lock."""

from __future__ import annotations

from benchmarks import keys
from benchmarks.camera_damage import DOOR, NOON_MIN, card_text
from lockcore import DecodeError, decode
from lockcore.key_set import KeySet
from simulator.bench.powered import PoweredLock, commission
from simulator.flash.device import Device
from simulator.flash.geometry import GEOMETRIES
from simulator.lock.events import ClockRead, CodeRead
from simulator.lock.given import Given
from simulator.lock.profile import PROFILES

_GAP_MS = 3000
_KEYS = KeySet(service=keys.PUBLIC, ed25519={keys.ED25519_ID: keys.PUBLIC}, cmac={keys.CMAC_ID: keys.SCOPE_KEYS})
_BLOCKS = 20


class Door:
    """The door that the cards of `camera_damage` are for, at noon of the day on which they begin."""

    def __init__(self) -> None:
        device = Device(GEOMETRIES["nor"], _BLOCKS)
        commission(device, Given(placement=DOOR, keys=_KEYS))
        self._lock = PoweredLock(PROFILES["QRA"], device)
        self._lock.tell(ClockRead(NOON_MIN))
        self._at_ms = 0

    def opens(self, text: str) -> bool:
        """Whether the lock opens, or would if all else than the seal were right."""
        return _is_sealed(text) or self.opened(text)

    def opened(self, text: str) -> bool:
        """Whether the lock opens to a text, as a presentation of its own."""
        self._at_ms += _GAP_MS
        return self._lock.tell(CodeRead(text, self._at_ms)).opened

    def opens_to_its_card(self) -> bool:
        """The control: what is refused is not refused because nothing would open."""
        return self.opened(card_text(0)) and self.opened(card_text(1))


def _is_sealed(text: str) -> bool:
    try:
        decode(text, keys.LOCK_KEYS)
    except DecodeError:
        return False
    return True
