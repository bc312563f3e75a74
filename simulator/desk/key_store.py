"""A community's key ring on disk: the public ring, and each secret in a file of its own that only its owner reads.

A secret is written before the ring that names it, and erased after the ring that no longer does: a crash between
the two leaves a secret too many, never a key that cannot seal. One writer at a time, by a lock file.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from lockcore import SealKind, keyring, passcode_key, secret_pem
from lockcore.keyring import KeyRing, KeyRingError, KeyState
from lockcore.lock_keys import LockKeyExport
from lockcore.seal import Sealer, SealKeyError
from simulator import atomic_file

LOCK_TIMEOUT_S = 10
SECRET_BYTES = 32


class KeyStore:
    """The ring and secrets in `folder`, which belongs to one community; new secrets come from `random_bytes`."""

    def __init__(
        self, folder: Path, community: int, random_bytes: Callable[[int], bytes] = secrets.token_bytes
    ) -> None:
        self._random_bytes = random_bytes
        self.folder = folder
        self.community = community
        self._ring_path = folder / "ring.json"

    def ring(self) -> KeyRing:
        """The ring as it is on disk; KeyRingError if there is none."""
        if not self._ring_path.exists():
            raise KeyRingError(
                f"community {self.community} has no keys here: make them with "
                f"`qrlock keys make --community {self.community}`"
            )
        return atomic_file.read_as(self._ring_path, KeyRing.from_json)

    def make(self, kind: SealKind) -> KeyRing:
        """The ring with a new key, its secret written."""
        with self.writing():
            ring = self.ring() if self._ring_path.exists() else KeyRing(self.community)
            secret = self._random_bytes(SECRET_BYTES)
            ring = ring.with_key(kind, secret_pem.public_of(secret) if kind is SealKind.ED25519 else None)
            pem = secret_pem.to_pem(kind, secret)
            atomic_file.replace(self._secret_path(ring.keys[-1].key_id), pem, atomic_file.SECRET_MODE)
            return self._save(ring)

    def rotate(self, kind: SealKind) -> KeyRing:
        """The ring in which the next key seals."""
        with self.writing():
            return self._save(self.ring().rotated(kind))

    def retire(self, key_id: int) -> KeyRing:
        """The ring without the key, whose secret is erased."""
        with self.writing():
            ring = self._save(self.ring().retired(key_id))
            self._secret_path(key_id).unlink(missing_ok=True)
            return ring

    def sealer(self, key_id: int) -> Sealer:
        """What seals cards with a live key."""
        key = self.ring().key(key_id)
        if key.state is KeyState.RETIRED:
            raise KeyRingError(f"key {key_id} is retired")
        return secret_pem.sealer(key.kind, key_id, self._secret(key.kind, key_id))

    def current_sealer(self, kind: SealKind) -> Sealer:
        """What seals new cards."""
        return self.sealer(self.ring().current(kind).key_id)

    def masters(self) -> dict[int, bytes]:
        """The master keys of the live `cmac` keys, by key id."""
        return {k.key_id: self._secret(k.kind, k.key_id) for k in self.ring().live() if k.kind is SealKind.CMAC}

    def lock_keys(
        self, building: str, floor: str, room: str, *, room_only: bool = False, generation: int = 0
    ) -> LockKeyExport:
        """All that the lock at this address needs; what seals commands and makes passwords is made at first need.

        `generation` is the passcode key's: another one voids all passwords of the room.
        """
        keys = keyring.lock_keys(self.ring(), self.masters(), building, floor, room, room_only=room_only)
        room_key = passcode_key.of_room(
            self.passcode_master(), self.community, building, floor, room, generation=generation
        )
        return replace(keys, service=secret_pem.public_of(self.service_secret()), passcode=room_key)

    def service_secret(self) -> bytes:
        """The 32 bytes of the Ed25519 key that seals service commands, made at first need."""
        return self._single("service.pem", lambda secret: secret_pem.to_pem(SealKind.ED25519, secret), _service_of)

    def passcode_master(self) -> bytes:
        """The 32 bytes that all rooms' passcode keys come from, made at first need."""
        return self._single(
            "passcode.pem",
            lambda secret: secret_pem.block_of(secret_pem.PASSCODE_LABEL, secret),
            lambda pem: secret_pem.read_block(secret_pem.PASSCODE_LABEL, pem),
        )

    def _single(self, name: str, pem_of: Callable[[bytes], str], read: Callable[[str], bytes]) -> bytes:
        path = self.folder / name
        with self.writing():
            if not path.exists():
                atomic_file.replace(path, pem_of(self._random_bytes(SECRET_BYTES)), atomic_file.SECRET_MODE)
            return _secret_in(path, read)

    def _secret(self, kind: SealKind, key_id: int) -> bytes:
        return _secret_in(self._secret_path(key_id), lambda pem: secret_pem.from_pem(kind, pem))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Nobody else writes to the folder meanwhile; FileError where another command does so for too long."""
        atomic_file.make_folder(self.folder)
        try:
            with FileLock(self.folder / ".lock", timeout=LOCK_TIMEOUT_S):
                yield
        except Timeout:
            raise atomic_file.FileError(f"{self.folder}: another command is at work on these keys") from None
        except OSError as error:
            raise atomic_file.FileError(f"{self.folder}: cannot be written: {error.strerror}") from None

    def _secret_path(self, key_id: int) -> Path:
        return self.folder / f"secret-{key_id}.pem"

    def _save(self, ring: KeyRing) -> KeyRing:
        atomic_file.replace(self._ring_path, ring.to_json())
        return ring


def _service_of(pem: str) -> bytes:
    return secret_pem.from_pem(SealKind.ED25519, pem)


def _secret_in(path: Path, read: Callable[[str], bytes]) -> bytes:
    """The 32 bytes in a file that nobody but its owner can read."""
    pem = atomic_file.read_text(path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise atomic_file.FileError(f"{path}: others can read this secret key; close it with chmod 600")
    try:
        secret = read(pem)
    except (SealKeyError, ValueError):
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise atomic_file.FileError(f"{path}: not a PEM of the secret key that should be there")
    return secret
