"""One lock on disk, in one closed JSON document: its profile, and its flash with all that is in it.

The flash holds the lock's keys, secrets among them, so only its owner reads the file. Saving is atomic: a crash
leaves the old file or the new one.
"""

from __future__ import annotations

import base64
import binascii
import secrets
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lockcore
from lockcore import QrlockError, civil, document
from lockcore.key_set import KeySet
from lockcore.lock_keys import LockKeyExport
from lockcore.placement import Placement
from simulator import atomic_file
from simulator.bench import profile_file
from simulator.bench.powered import PoweredLock, commission
from simulator.flash.device import Device
from simulator.flash.geometry import geometry_of
from simulator.lock.given import Given
from simulator.lock.lock import Decode
from simulator.lock.profile import Profile

KIND = "lock 2"
UTC_OFFSET_MIN = range(-12 * 60, 14 * 60 + 1)
GEOMETRY = "nor"
BLOCKS = 20
"""80 KiB: room for 1,000 openings whatever else is remembered."""
_FIELDS: dict[str, type] = {"profile": dict, "utc_offset_min": int, "clock_ahead_min": int, "flash": dict}
_FLASH: dict[str, type] = {"geometry": str, "blocks": int, "erases": list, "image": str}


class LockFileError(QrlockError):
    """A lock file that cannot be used; the message names the file, and the field where there is one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LockFile:
    """What a lock file says. QrlockError where the offset cannot be, or no lock was commissioned on the flash.

    `utc_offset_min` is the community's civil time less UTC, for whoever reads a clock on the lock's behalf;
    `clock_ahead_min` how far the lock's own clock is ahead of that, since service set it.
    """

    profile: Profile
    utc_offset_min: int
    device: Device = field(repr=False)
    clock_ahead_min: int = 0

    def __post_init__(self) -> None:
        if self.utc_offset_min not in UTC_OFFSET_MIN:
            raise LockFileError(f"utc_offset_min: {UTC_OFFSET_MIN[0]} to {UTC_OFFSET_MIN[-1]} minutes")
        if abs(self.clock_ahead_min) > civil.LAST_MIN:
            raise LockFileError("clock_ahead_min: beyond the calendar")

    @property
    def clock_offset_min(self) -> int:
        """What the lock's clock reads less UTC."""
        return self.utc_offset_min + self.clock_ahead_min

    def lock(self, decode: Decode = lockcore.decode) -> PoweredLock:
        """The lock, just booted; `decode` as `Lock` takes it."""
        return PoweredLock(self.profile, self.device, decode)


def new_lock_id() -> str:
    """An id that no other lock has."""
    return secrets.token_hex(8).upper()


def create(
    path: Path, *, profile: Profile, lock_id: str, utc_offset_min: int, keys: LockKeyExport,
    geometry: str = GEOMETRY, blocks: int = BLOCKS,
) -> LockFile:  # fmt: skip
    """Write a new lock on a blank flash; LockFileError if there is a file already, QrlockError for bad input."""
    placement = Placement(
        community=keys.community, building=keys.building, floor=keys.floor, room=keys.room, lock_id=lock_id
    )
    held = KeySet.of_export(keys)
    if not profile.keypad:
        held = KeySet(service=held.service, ed25519=held.ed25519, cmac=held.cmac)
    made = LockFile(
        profile=profile, utc_offset_min=utc_offset_min, device=Device(geometry_of(geometry), _blocks(blocks))
    )
    commission(made.device, Given(placement=placement, keys=held))
    made.lock()
    try:
        atomic_file.create(path, _text(made), atomic_file.SECRET_MODE)
    except FileExistsError:
        raise LockFileError(f"{path}: there is a lock already, and it is not overwritten") from None
    return made


def load(path: Path) -> LockFile:
    """What `path` says; LockFileError names the field that is wrong, FileError says why it cannot be read."""
    text = atomic_file.read_text(path)
    try:
        return _parsed(document.read(text, KIND, _FIELDS))
    except QrlockError as error:
        raise LockFileError(f"{path}: {error}") from None


def save(path: Path, lock_file: LockFile) -> None:
    """Put `lock_file` at `path`, durable when this returns; FileError leaves the old file or the new one."""
    atomic_file.replace(path, _text(lock_file), atomic_file.SECRET_MODE)


def _parsed(fields: dict[str, Any]) -> LockFile:
    return LockFile(
        profile=profile_file.from_content(fields["profile"]),
        utc_offset_min=fields["utc_offset_min"],
        clock_ahead_min=fields["clock_ahead_min"],
        device=_device(document.expect(fields["flash"], f"{KIND}: flash", _FLASH)),
    )


def _device(fields: dict[str, Any]) -> Device:
    erases = fields["erases"]
    if not all(type(count) is int and 0 <= count < 1 << 32 for count in erases):
        raise LockFileError(f"{KIND}: flash: 'erases' is not a list of counts")
    try:
        image = zlib.decompress(base64.b64decode(fields["image"], validate=True))
    except (binascii.Error, ValueError, zlib.error):
        raise LockFileError(f"{KIND}: flash: 'image' is not an image in base64") from None
    return Device(geometry_of(fields["geometry"]), _blocks(fields["blocks"]), image, erases)


def _blocks(blocks: int) -> int:
    if not 6 <= blocks <= 4096:
        raise LockFileError(f"{KIND}: flash: 'blocks' is not 6 to 4096")
    return blocks


def _text(lock_file: LockFile) -> str:
    device = lock_file.device
    flash = {
        "geometry": device.geometry.name,
        "blocks": device.block_count,
        "erases": device.erases,
        "image": base64.b64encode(zlib.compress(device.image, 1)).decode(),
    }
    profile = profile_file.content_of(lock_file.profile)
    fields = {
        "profile": profile,
        "utc_offset_min": lock_file.utc_offset_min,
        "clock_ahead_min": lock_file.clock_ahead_min,
        "flash": flash,
    }
    return document.write(KIND, fields, indent=None)
