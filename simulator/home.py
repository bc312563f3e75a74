"""Where the bench keeps its communities, cards and locks between commands.

HOME/communities/NUMBER/ring.json          the public half of the key ring
HOME/communities/NUMBER/secret-ID.pem      one secret key, for its owner's eyes
HOME/communities/NUMBER/service.pem        what seals commands to locks, likewise
HOME/communities/NUMBER/passcode.pem       what all rooms' passcode keys come from, likewise
HOME/communities/NUMBER/card-SERIAL.json   one card that was issued
HOME/communities/NUMBER/platform.json      there if a platform issues the community's cards (simulator.desk.issuer)
HOME/locks/NAME.json                       one lock: its profile and its flash
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from lockcore.errors import QrlockError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class HomeError(QrlockError):
    """Something that is not in this home, or a name that nothing in it can have."""


@dataclass(frozen=True)
class Home:
    """One bench's folder; nothing is made before something is written."""

    root: Path

    @classmethod
    def find(cls, given: Path | None) -> Home:
        """The home that was `given`, else the one in QRLOCK_HOME, else the user's own."""
        named = given or os.environ.get("QRLOCK_HOME")
        return cls(Path(named) if named else platformdirs.user_data_path("qrlock", appauthor=False))

    def community(self, number: int) -> Path:
        """The folder of a community."""
        return self.root / "communities" / str(number)

    def communities(self) -> list[int]:
        """The communities that have a key ring here."""
        rings = (self.root / "communities").glob("*/ring.json")
        return sorted(int(ring.parent.name) for ring in rings if ring.parent.name.isdigit())

    def only_community(self) -> int:
        """The one community here, where a command names none; HomeError if there are none or several."""
        found = self.communities()
        if not found:
            raise HomeError("no community yet: make keys for one with `qrlock keys make --community NUMBER`")
        if len(found) > 1:
            raise HomeError(f"several communities here: choose one with --community, of {', '.join(map(str, found))}")
        return found[0]

    def lock(self, name: str) -> Path:
        """The file of a lock; HomeError for a name that no lock can have."""
        if not _NAME.fullmatch(name):
            raise HomeError(f"{name[:20]!r} is no lock's name: letters, digits, dot, dash and underscore, 64 at most")
        return self.root / "locks" / f"{name}.json"

    def locks(self) -> list[str]:
        """The names of the locks here."""
        return sorted(path.stem for path in (self.root / "locks").glob("*.json"))
