"""What an issuer makes of a grant: its one text, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lockcore.carrier import SealKind
from vectors.families import by_the_book as book
from vectors.families.ask import question
from vectors.families.bad_grants import bad_grants
from vectors.families.by_the_book import CMAC_SEAL, ED25519, SHORT, WIDE, Fields
from vectors.families.limits import Limit, limits
from vectors.families.stated import stated
from vectors.pack.vector import ACCEPTED, Family, Group, Vector, refused

HEADER = (
    "A grant, and the one text that it has under a key; or a grant that breaks one rule, of which no card is made.",
    "The keys are everybody's: those of the worked examples in lockcore/FORMAT.md.",
    "An issuer seals deterministically, so the text is the same to the digit.",
)
_SCOPES = 7
"""So many limits come first that are asked of both cards under both seals."""


def family(seed: int) -> Family:  # noqa: ARG001  # nothing here is random
    """The vectors of `encode`."""
    return Family(
        name="encode",
        algorithm="qrlock card v1, an issuer's side",
        header=HEADER,
        groups=(_group(ED25519, 0), _group(CMAC_SEAL, 1)),
    )


def _group(kind: SealKind, first: int) -> Group:
    given = {"seal": kind.value, "key_id": book.KEY_IDS[kind], "secret": book.SECRETS[kind].hex()}
    return Group(
        name=kind.value,
        comment=f"cards under {kind.value} key {given['key_id']}",
        needs=("encode",),
        given=given,
        vectors=list(_vectors(kind, given, first)),
    )


def _vectors(kind: SealKind, given: Fields, first: int) -> Iterator[Vector]:
    """Of the short card every second limit from `first` on, so the two seals have all; of the wide one fewer."""
    short, wide = list(limits(SHORT)), list(limits(WIDE))
    for limit in short[:_SCOPES] + short[_SCOPES + first :: 2]:
        yield _good(limit, SHORT, kind, given)
    for limit in wide[:_SCOPES] + wide[_SCOPES + first :: 4]:
        yield _good(limit, WIDE, kind, given)
    for limit in bad_grants(SHORT):
        yield _bad(limit.slug, limit.comment, limit.flags, {**SHORT, **limit.changes}, kind, given)
    yield from _bad_keys(kind, given)


def _good(limit: Limit, base: Fields, kind: SealKind, given: Fields) -> Vector:
    """The text is also made by the book: the two must be the same."""
    grant = {**base, **limit.changes}
    sealed, digits = book.sealed_card(grant, kind, book.derived(grant, book.scope_of(grant)))
    vector = question(
        f"encode.{limit.slug}.{kind}{'' if base is SHORT else '.wide'}",
        limit.comment, limit.flags, {"op": "encode", **grant}, ACCEPTED,
        given=given, stages=book.stages(sealed, digits, grant),
    )  # fmt: skip
    return stated(vector, {"text": book.text(sealed, digits)})


def _bad(slug: str, comment: str, flags: tuple[str, ...], do: Fields, kind: SealKind, given: Fields) -> Vector:
    return question(f"encode.{slug}.{kind}", comment, flags, {"op": "encode", **do}, refused("NO_GRANT"), given=given)


def _bad_keys(kind: SealKind, given: Fields) -> Iterator[Vector]:
    secret = bytes.fromhex(given["secret"])
    keys: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("key-id-negative", "key id -1", {"key_id": -1}),
        ("key-id-16", "key id 16, which has no four bits", {"key_id": 16}),
        ("key-id-17", "key id 17, whose four lowest bits are 1", {"key_id": 17}),
        ("key-id-256", "key id 256, whose lowest byte is 0", {"key_id": 256}),
        ("secret-empty", "no secret", {"secret": ""}),
        ("secret-16", "a secret of 16 bytes", {"secret": secret[:16].hex()}),
        ("secret-31", "a secret without its last byte", {"secret": secret[:-1].hex()}),
        ("secret-33", "a secret with a byte too many", {"secret": secret.hex() + "00"}),
        ("secret-64", "a secret of 64 bytes", {"secret": (secret + secret).hex()}),
    )
    for slug, comment, changes in keys:
        yield _bad(slug, comment, ("BadGrant",), {**SHORT, **changes}, kind, given)
    last = {"op": "encode", **SHORT, "key_id": 15}
    yield question(f"encode.key-id-15.{kind}", "key id 15, the last", ("Good",), last, ACCEPTED, given=given)
