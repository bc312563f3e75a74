"""What is in a platform's database, asked from outside: cards, and serials in their order."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from benchmarks.platform_server import Site
from simulator.platform.data.tables import CARDS, SERIALS


@dataclass(frozen=True)
class Kept:
    """The numbers of all cards; the serials that were given, in order."""

    card_nos: frozenset[str]
    serials: list[int]
    sound: str
    """What the database says of itself: "ok"; PostgreSQL is not asked."""

    @property
    def gapless(self) -> bool:
        """Whether the serials are a complete run from 1 on, one for each card."""
        return self.serials == list(range(1, len(self.card_nos) + 1)) and self.sound == "ok"

    @property
    def run(self) -> str:
        """The serials as a line tells them."""
        if not self.serials:
            return "no serial"
        missing = self.serials[-1] - self.serials[0] + 1 - len(set(self.serials))
        damage = "" if self.sound == "ok" else f"; the file is damaged: {self.sound}"
        return f"serials {self.serials[0]} to {self.serials[-1]}, {missing} missing{damage}"


def kept(site: Site) -> Kept:
    """All of it; nobody writes meanwhile."""
    database = site.opened()
    try:
        with database.reading() as connection:
            card_nos = list(connection.execute(select(CARDS.c.card_no)).scalars())
            serials = [int(serial) for serial in connection.execute(select(SERIALS.c.serial)).scalars()]
            sound = "ok"
            if connection.dialect.name == "sqlite":
                sound = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())
    finally:
        database.close()
    return Kept(frozenset(card_nos), sorted(serials), sound)
