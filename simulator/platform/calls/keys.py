"""The keys of a community, for a call: one that cannot be used is an error of the community's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lockcore.keyring import KeyRingError
from lockcore.seal import SealKeyError
from simulator.atomic_file import FileError
from simulator.platform.codes import Code, PlatformError
from simulator.platform.data.communities import Community
from simulator.platform.platform import Platform


def current_key_id(platform: Platform, community: Community) -> int:
    """The key that seals new cards; PlatformError (COMMUNITY)."""
    with usable_keys():
        return platform.current_key_id(community)


@contextmanager
def usable_keys() -> Iterator[None]:
    """What goes wrong with keys within becomes PlatformError (COMMUNITY), which names no file."""
    try:
        yield
    except (KeyRingError, FileError, SealKeyError):
        raise PlatformError(Code.COMMUNITY, "the keys of this community cannot be used") from None
