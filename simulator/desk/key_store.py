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
from pathlib import Path

from filelock import FileLock, Timeout

from lockcore import SealKind, secret_pem
from lockcore.keyring import KeyRing, KeyRingError, KeyState
from lockcore.seal import Sealer, SealKeyError
from simulator import atomic_file

LOCK_TIMEOUT_S = 10


class KeyStore:
    """The ring and secrets in `folder`, which belongs to one community."""

    def __init__(self, folder: Path, community: int) -> None:
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
        return KeyRing.from_json(atomic_file.read_text(self._ring_path))

    def make(self, kind: SealKind, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> KeyRing:
        """The ring with a new key, its secret written."""
        with self._writing():
            ring = self.ring() if self._ring_path.exists() else KeyRing(self.community)
            secret = random_bytes(32)
            ring = ring.with_key(kind, secret_pem.public_of(secret) if kind is SealKind.ED25519 else None)
            pem = secret_pem.to_pem(kind, secret)
            atomic_file.replace(self._secret_path(ring.keys[-1].key_id), pem, atomic_file.SECRET_MODE)
            return self._save(ring)

    def rotate(self, kind: SealKind) -> KeyRing:
        """The ring in which the next key seals."""
        with self._writing():
            return self._save(self.ring().rotated(kind))

    def retire(self, key_id: int) -> KeyRing:
        """The ring without the key, whose secret is erased."""
        with self._writing():
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

    def _secret(self, kind: SealKind, key_id: int) -> bytes:
        path = self._secret_path(key_id)
        pem = atomic_file.read_text(path)
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise atomic_file.FileError(f"{path}: others can read this secret key; close it with chmod 600")
        try:
            return secret_pem.from_pem(kind, pem)
        except SealKeyError as error:
            raise atomic_file.FileError(f"{path}: {error}") from None

    def _secret_path(self, key_id: int) -> Path:
        return self.folder / f"secret-{key_id}.pem"

    def _save(self, ring: KeyRing) -> KeyRing:
        atomic_file.replace(self._ring_path, ring.to_json())
        return ring

    @contextmanager
    def _writing(self) -> Iterator[None]:
        atomic_file.make_folder(self.folder)
        try:
            with FileLock(self.folder / ".lock", timeout=LOCK_TIMEOUT_S):
                yield
        except Timeout:
            raise atomic_file.FileError(f"{self.folder}: another command is at work on these keys") from None
        except OSError as error:
            raise atomic_file.FileError(f"{self.folder}: cannot be written: {error.strerror}") from None
