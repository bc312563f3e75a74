"""The cards that a community has issued, one file a serial: the grant, and the key that seals it.

The text itself is not kept: grant and key make it again, to the digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lockcore import Grant, QrlockError, document, grant_document
from lockcore.grant import SERIAL_MAX
from simulator import atomic_file

KIND = "issued card 1"


class CardStoreError(QrlockError):
    """A card that is not here, or a file that does not hold one."""


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """The latest revision of a card, without a cut-off."""

    grant: Grant
    key_id: int


class CardStore:
    """The cards in `folder`, which belongs to one community."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def serials(self) -> list[int]:
        """The serials issued so far, lowest first."""
        names = (path.stem.removeprefix("card-") for path in self.folder.glob("card-*.json"))
        return sorted(int(name) for name in names if name.isdigit())

    def next_serial(self) -> int:
        """One above the highest serial; 1 at first."""
        serial = max(self.serials(), default=0) + 1
        if serial > SERIAL_MAX:
            raise CardStoreError("this community has used up its serials")
        return serial

    def add(self, card: IssuedCard) -> None:
        """Keep a new card; CardStoreError if its serial was taken since it was chosen."""
        try:
            atomic_file.create(self._path(card.grant.serial), _text(card), atomic_file.SECRET_MODE)
        except FileExistsError:
            raise CardStoreError(f"serial {card.grant.serial} was taken by another command; issue again") from None

    def update(self, card: IssuedCard) -> None:
        """Keep a later revision of a card."""
        atomic_file.replace(self._path(card.grant.serial), _text(card), atomic_file.SECRET_MODE)

    def card(self, serial: int) -> IssuedCard:
        """The card of this serial; CardStoreError if there is none, FileError if its file is spoilt."""
        path = self._path(serial)
        if not path.exists():
            raise CardStoreError(f"no card {serial} was issued here")
        return atomic_file.read_as(path, _parsed)

    def _path(self, serial: int) -> Path:
        return self.folder / f"card-{serial}.json"


def _parsed(text: str) -> IssuedCard:
    fields = document.read(text, KIND, {"grant": dict, "key_id": int})
    return IssuedCard(grant_document.grant_of(fields["grant"], "grant"), fields["key_id"])


def _text(card: IssuedCard) -> str:
    return document.write(KIND, {"grant": grant_document.content(card.grant), "key_id": card.key_id})
