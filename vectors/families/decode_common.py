"""What the parts of `decode` share: the four widths with a good card each, and how a defect becomes a vector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from lockcore.carrier import CARRIERS, Carrier, SealKind
from lockcore.key_set import KeySet
from vectors.families import by_the_book as book
from vectors.families.ask import question
from vectors.families.by_the_book import CMAC_SEAL, ED25519, SHORT, WIDE, Fields
from vectors.families.site import keys_of
from vectors.pack.vector import ACCEPTED, Group, Vector, refused

NEEDS = {ED25519: "decode", CMAC_SEAL: "decode-cmac"}


class Width(NamedTuple):
    """One of the four widths, and the good card in it that is broken."""

    carrier: Carrier
    grant: Fields

    @property
    def kind(self) -> SealKind:
        """Its seal."""
        return self.carrier.kind

    @property
    def name(self) -> str:
        """As ids end: the seal and the number of digits."""
        return f"{self.kind}-{self.carrier.digits}"

    @property
    def body(self) -> int:
        """The good card's body."""
        return book.body(book.codes_of(self.grant), self.kind)

    @property
    def sealed(self) -> bytes:
        """The good card's body and seal."""
        return book.sealed_card(self.grant, self.kind)[0]

    @property
    def text(self) -> str:
        """The good card's text."""
        return book.text(self.sealed, self.carrier.digits)


WIDTHS = (
    Width(CARRIERS[101], SHORT),
    Width(CARRIERS[149], WIDE),
    Width(CARRIERS[202], SHORT),
    Width(CARRIERS[255], WIDE),
)


class Defect(NamedTuple):
    """A text with one defect, `reason` "" where it is a limit that holds; `stages` what it was on its way."""

    slug: str
    comment: str
    flags: tuple[str, ...]
    text: str
    reason: str
    stages: Mapping[str, Any]


def of_sealed(
    slug: str, comment: str, flags: tuple[str, ...], sealed: bytes, width: Width, reason: str, grant: Fields | None
) -> Defect:
    """The defect of a body with a seal, in its width; `grant` as long as it says what the body says."""
    digits = width.carrier.digits
    return Defect(
        slug, comment, flags, book.text(sealed, digits), reason, book.stages(sealed, digits, grant or width.grant)
    )


def vectors(defects: Iterable[Defect], given: Mapping[str, Any]) -> Iterator[Vector]:
    """The vectors of a group; a text that stands in it already is left out."""
    seen: set[str] = set()
    for slug, comment, flags, text, reason, stages in defects:
        if text in seen:
            continue
        seen.add(text)
        expect = refused(reason) if reason else ACCEPTED
        do = {"op": "decode", "text": text}
        yield question(f"decode.{slug}", comment, flags, do, expect, given=given, stages=stages)


def group(name: str, comment: str, needs: Iterable[SealKind], keys: KeySet, defects: Iterable[Defect]) -> Group:
    """A group of one lock's keys."""
    given = {"keys": keys.to_bytes().hex()}
    return Group(
        name=name, comment=comment, needs=tuple(NEEDS[kind] for kind in needs), given=given,
        vectors=list(vectors(defects, given)),
    )  # fmt: skip


def keys_alone(kind: SealKind) -> KeySet:
    """What the door's lock holds if it takes cards of this seal alone."""
    return keys_of(scopes=()) if kind is ED25519 else keys_of(ed25519={})
