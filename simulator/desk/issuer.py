"""Who gives a community's serials: the desk of the command line, or a platform, once one has taken that over.

HOME/communities/NUMBER/platform.json says that it has. Two that count serials apart from each other would give one
serial to two cards, and a lock counts, voids and remembers by serial.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lockcore import document
from lockcore.errors import QrlockError
from simulator import atomic_file

MARKER = "platform.json"
KIND = "issued by a platform 1"


class IssuedByPlatform(QrlockError):
    """A card that the desk may not issue: the community's serials are the platform's."""


@contextmanager
def hand_over(folder: Path, database: str) -> Iterator[None]:
    """From now on the platform with this database gives the serials of the community in `folder`; FileError.

    Not so after all if the block fails. `database` is told to people, and has no password in it.
    """
    path = folder / MARKER
    was_there = path.exists()
    atomic_file.replace(path, document.write(KIND, {"database": database}))
    try:
        yield
    except BaseException:
        if not was_there:
            path.unlink()
        raise


def issuing_platform(folder: Path) -> str | None:
    """The database of the platform that gives the serials here; None if the desk does. FileError for a spoilt file."""
    path = folder / MARKER
    if not path.exists():
        return None
    return str(atomic_file.read_as(path, lambda text: document.read(text, KIND, {"database": str}))["database"])


def check_desk_issues(folder: Path, community: int) -> None:
    """IssuedByPlatform if a platform gives the serials of the community in `folder`."""
    if issuing_platform(folder) is not None:
        raise IssuedByPlatform(
            f"community {community}: its cards are issued by the platform; order them with getLink (`qrlock serve`)"
        )
