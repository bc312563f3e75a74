"""The keys of communities, read again when their files change: a code a request, and no file read for it."""

from __future__ import annotations

from pathlib import Path

from lockcore.carrier import SealKind
from lockcore.keyring import KeyRing
from lockcore.seal import Sealer
from simulator.desk.key_store import KeyStore
from simulator.home import Home

COMMUNITIES_KEPT = 256


class KeyCache:
    """Of one home. Threads may ask at once: at worst two read the same file.

    A ring is replaced as a whole, so its file's identity says whether it changed; a retired key's sealer goes with it.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._kept: dict[int, _Keys] = {}

    def store(self, community: int) -> KeyStore:
        """The community's keys on disk."""
        return KeyStore(self._home.community(community), community)

    def current_key_id(self, community: int, kind: SealKind) -> int:
        """The key that seals new cards; KeyRingError if there is none, FileError if it cannot be read."""
        return self._keys(community).ring.current(kind).key_id

    def sealer(self, community: int, key_id: int) -> Sealer:
        """What seals with this key; KeyRingError if it is retired or not there, FileError if it cannot be read."""
        keys = self._keys(community)
        if key_id not in keys.sealers:
            keys.sealers[key_id] = self.store(community).sealer(key_id)
        return keys.sealers[key_id]

    def passcode_master(self, community: int) -> bytes:
        """What the rooms' passcode keys come from, which never changes; made at first need."""
        keys = self._keys(community)
        if keys.passcode_master is None:
            keys.passcode_master = self.store(community).passcode_master()
        return keys.passcode_master

    def _keys(self, community: int) -> _Keys:
        store = self.store(community)
        identity = _identity(store.folder / "ring.json")
        kept = self._kept.get(community)
        if kept is None or kept.identity != identity:
            kept = _Keys(identity, store.ring())
            if len(self._kept) >= COMMUNITIES_KEPT:
                self._kept.clear()
            self._kept[community] = kept
        return kept


class _Keys:
    def __init__(self, identity: tuple[int, int, int] | None, ring: KeyRing) -> None:
        self.identity = identity
        self.ring = ring
        self.sealers: dict[int, Sealer] = {}
        self.passcode_master: bytes | None = None


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
