"""One lock on disk: what it was given when it was mounted, and its memory, in one closed JSON document.

The keys are a lock's share as `LockKeyExport` has it; where they are `cmac` keys the file holds secrets, so only
its owner reads it. Saving is atomic: a crash leaves the old file or the new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lockcore
from lockcore import QrlockError, document
from lockcore.lock_keys import LockKeyExport
from simulator import atomic_file
from simulator.bench import memory_document
from simulator.lock.door import Door
from simulator.lock.lock import Decode, Lock
from simulator.lock.memory import Memory
from simulator.lock.profile import Profile, profile_of

KIND = "lock 1"
UTC_OFFSET_MIN = range(-12 * 60, 14 * 60 + 1)
_FIELDS: dict[str, type] = {"model": str, "lock_id": str, "utc_offset_min": int, "keys": dict, "memory": dict}


class LockFileError(QrlockError):
    """A lock file that cannot be used; the message names the file, and the field where there is one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LockFile:
    """What a lock file says. QrlockError where lock id or offset cannot be, or a key cannot be one.

    `utc_offset_min` is the community's civil time less UTC, for whoever reads a clock on the lock's behalf.
    """

    profile: Profile
    lock_id: str
    utc_offset_min: int
    keys: LockKeyExport
    memory: Memory = field(default_factory=Memory, repr=False)

    def __post_init__(self) -> None:
        if self.utc_offset_min not in UTC_OFFSET_MIN:
            raise LockFileError(f"utc_offset_min: {UTC_OFFSET_MIN[0]} to {UTC_OFFSET_MIN[-1]} minutes")
        self.lock()

    @property
    def door(self) -> Door:
        """The lock's address, which is that of its keys, and its id."""
        keys = self.keys
        return Door(
            community=keys.community, building=keys.building, floor=keys.floor, room=keys.room, lock_id=self.lock_id
        )

    def lock(self, decode: Decode = lockcore.decode) -> Lock:
        """The lock, just booted; `decode` as `Lock` takes it."""
        return Lock(self.profile, self.door, self.keys.verifiers(), self.memory, decode)


def create(path: Path, *, model: str, lock_id: str, utc_offset_min: int, keys: LockKeyExport) -> LockFile:
    """Write a new lock with an empty memory; LockFileError if there is a file already, QrlockError for bad input."""
    made = LockFile(profile=profile_of(model), lock_id=lock_id, utc_offset_min=utc_offset_min, keys=keys)
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
        profile=profile_of(fields["model"]),
        lock_id=fields["lock_id"],
        utc_offset_min=fields["utc_offset_min"],
        keys=LockKeyExport.from_content(fields["keys"]),
        memory=memory_document.from_content(fields["memory"]),
    )


def _text(lock_file: LockFile) -> str:
    return document.write(
        KIND,
        {
            "model": lock_file.profile.model,
            "lock_id": lock_file.lock_id,
            "utc_offset_min": lock_file.utc_offset_min,
            "keys": lock_file.keys.content(),
            "memory": memory_document.content(lock_file.memory),
        },
    )
