"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lockcore.address import community as community_number
from lockcore.carrier import SealKind

if TYPE_CHECKING:
    from simulator.desk.key_store import KeyStore
    from simulator.home import Home

HomeOption = Annotated[Path | None, typer.Option("--home", help="The bench's folder (or QRLOCK_HOME).")]
CommunityOption = Annotated[
    str | None, typer.Option("--community", help="1 to 11 digits; the only one here if left out.")
]
OfCommunityOption = Annotated[
    str | None, typer.Option("--community", help="1 to 11 digits; of all communities if left out.")
]
SealOption = Annotated[SealKind, typer.Option("--seal", help="How cards are sealed.")]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar="QRLOCK_DATABASE",
        show_envvar=False,
        help="A file, or postgresql://… (or QRLOCK_DATABASE); HOME/platform.db if left out.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")]
SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        help="Images, folders, videos, camera:N, /dev/videoN, rtsp:// or http:// addresses, scenario files (.toml)."
    ),
]


class ReaderName(StrEnum):
    """The readers that a lock can look through."""

    QRLOCK = "qrlock"
    QRLOCK_FAST = "qrlock-fast"
    ZXING = "zxing-cpp"
    ZBAR = "zbar"
    OPENCV = "opencv"
    OPENCV_OLDER = "opencv-older"


ReaderOption = Annotated[ReaderName, typer.Option("--reader", help="What reads the codes.")]


def home_of(given: Path | None) -> Home:
    """The bench that the command works on."""
    from simulator.home import Home

    return Home.find(given)


def key_store_of(home: Home, community: str | None) -> KeyStore:
    """The keys of the community that the command names, or of the only one."""
    from simulator.desk.key_store import KeyStore

    number = home.only_community() if community is None else community_number(community)
    return KeyStore(home.community(number), number)
