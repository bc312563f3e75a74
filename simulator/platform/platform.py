"""One platform while it runs: its database, the writer, the keys in its home, and the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from sqlalchemy import Connection

from lockcore import civil
from lockcore.seal import Sealer
from simulator import atomic_file
from simulator.desk.key_store import KeyStore
from simulator.platform.data.communities import Community
from simulator.platform.data.database import Database
from simulator.platform.data.room_tree import RenderedTrees
from simulator.platform.data.writer import Writer
from simulator.platform.key_cache import KeyCache
from simulator.platform.settings import Settings

T = TypeVar("T")


class Platform:
    """All that requests share. `now_s` tells the time in seconds since 1970."""

    def __init__(self, settings: Settings, now_s: Callable[[], float] = time.time) -> None:
        """Open the database, its tables made where they are not there; DatabaseError."""
        if settings.database is None:
            atomic_file.make_folder(settings.home.root)
        self.settings = settings
        self.database = Database(settings.database_url)
        self.database.open()
        self.writer = Writer(self.database)
        self.key_cache = KeyCache(settings.home)
        self.room_trees = RenderedTrees()
        self._now_s = now_s

    def now_s(self) -> int:
        """Whole seconds since 1970."""
        return int(self._now_s())

    def civil_min(self, community: Community) -> int:
        """The minute that it is in the community, as its locks count (lockcore.civil)."""
        return civil_min(self.now_s(), community.utc_offset_min)

    def keys(self, community: Community) -> KeyStore:
        """The community's keys in the home."""
        return self.key_cache.store(community.number)

    def current_key_id(self, community: Community) -> int:
        """The key that seals the community's new cards; KeyRingError if there is none, FileError."""
        return self.key_cache.current_key_id(community.number, community.seal)

    def sealer(self, community: Community, key_id: int) -> Sealer:
        """What seals with this key; KeyRingError if it is retired, FileError if it cannot be read."""
        return self.key_cache.sealer(community.number, key_id)

    def passcode_master(self, community: Community) -> bytes:
        """What the passcode keys of the community's rooms come from; made at first need. FileError."""
        return self.key_cache.passcode_master(community.number)

    def read(self, work: Callable[[Connection], T]) -> T:
        """What `work` reads; it blocks, so it is called in a thread."""
        return self.database.read(work)

    def write(self, work: Callable[[Connection], T]) -> Future[T]:
        """What `work` returns once it is durable; `work` may be called more than once (data/writer.py)."""
        return self.writer.submit(work)

    def close(self) -> None:
        """Finish what is being written, and close the database."""
        self.writer.close()
        self.database.close()


def civil_min(now_s: int, utc_offset_min: int) -> int:
    """The civil minute of a moment, 0 at least."""
    epoch_s = int((civil.EPOCH - _UNIX).total_seconds())
    return max(0, (now_s - epoch_s) // 60 + utc_offset_min)


_UNIX = civil.EPOCH.replace(year=1970)
