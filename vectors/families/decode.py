"""What a lock makes of a text in steps 1 to 4: a grant, or the reason of the first test that fails."""

from __future__ import annotations

from collections.abc import Iterator

from lockcore.carrier import CARRIERS, SealKind
from vectors.families import by_the_book as book
from vectors.families import decode_body, decode_head, decode_seal, decode_text
from vectors.families.ask import question
from vectors.families.by_the_book import CMAC_SEAL, ED25519, SHORT, WIDE, Fields
from vectors.families.decode_common import NEEDS, WIDTHS, Width, group, keys_alone
from vectors.families.limits import Limit, limits
from vectors.families.stated import stated
from vectors.pack.vector import ACCEPTED, Family, Group, Vector

HEADER = (
    "A text, shown to a lock: steps 1 to 4 of lockcore/FORMAT.md, section 8. The first test that fails is the reason.",
    "The keys are everybody's: those of the worked examples in lockcore/FORMAT.md.",
    "Under cmac every card is sealed with the keys of the lock that is asked, whatever door it names: which door a "
    "card is for is step 5.",
    "Where one bit of a card is changed, the bits are spread over every byte of body and seal, so that no comparison "
    "of a part passes.",
)


def family(seed: int) -> Family:  # noqa: ARG001  # nothing here is random
    """The vectors of `decode`."""
    return Family(
        name="decode",
        algorithm="qrlock card v1, steps 1 to 4 of a lock",
        header=HEADER,
        groups=(*_groups(CMAC_SEAL, SHORT), *_groups(ED25519, WIDE), *decode_head.groups(), _strangers()),
    )


def _groups(kind: SealKind, base: Fields) -> Iterator[Group]:
    yield _good(kind, base)
    keys, widths = keys_alone(kind), [width for width in WIDTHS if width.kind is kind]
    parts = {
        "text": (each for width in widths for each in decode_text.defects(width)),
        "head": (each for width in widths for each in decode_head.heads(width)),
        "order": (each for width in widths for each in decode_head.orders(width)),
        "flip": (each for width in widths for each in decode_seal.flips(width)),
        "seal": (each for width in widths for each in decode_seal.wrong_seals(width)),
    }
    for name, defects in parts.items():
        yield group(f"{kind}-{name}", _COMMENTS[name], (kind,), keys, defects)
    if kind is CMAC_SEAL:
        scopes = decode_seal.other_scopes(WIDTHS[0], decode_head.CARDS)
        yield group("cmac-scopes", "A card of each scope under the key of each.", (kind,), keys, scopes)
    bodies = (*decode_body.malformed(SHORT, kind, ""), *decode_body.malformed(WIDE, kind, ".wide"))
    yield group(f"{kind}-body", _COMMENTS["body"], (kind,), keys, bodies)
    longer = decode_body.longer_than_needed(SHORT, kind)
    yield group(f"{kind}-longer", "Good bodies in a longer text than they need.", (kind,), keys, longer)


_COMMENTS = {
    "text": "Texts that are no card of this width, made from a good one.",
    "head": "Formats and key ids that this lock does not know.",
    "order": "Two defects each: the test that comes first names the reason.",
    "flip": "A good card with one bit changed.",
    "seal": "A good body under another key, another message, or with another seal.",
    "body": "Bodies that break one rule, sealed with the right key.",
}


def _good(kind: SealKind, base: Fields) -> Group:
    given = {"keys": keys_alone(kind).to_bytes().hex()}
    other = WIDE if base is SHORT else SHORT
    cards = [(limit, base) for limit in limits(base)]
    cards += [(limit, other) for limit in limits(other) if limit.slug in _BOTH]
    return Group(
        name=f"{kind}-good", comment="Good cards at every limit.", needs=(NEEDS[kind],), given=given,
        vectors=[_accepted(limit, from_, kind, given) for limit, from_ in cards],
    )  # fmt: skip


_BOTH = frozenset((
    "room-card", "room-alone", "floor-card", "building-card", "open-type", "times-0", "times-254", "cut-off-none",
    "cut-off-first", "cut-off-last", "body-bits-159", "body-bits-160", "body-bits-207", "body-bits-208", "longest",
    "last-half-hour", "start-minute-29", "end-minute-29", "one-minute",
))  # fmt: skip
"""Limits that are asked of the other card too."""


def _accepted(limit: Limit, base: Fields, kind: SealKind, given: Fields) -> Vector:
    """The lock must read what was written, field by field."""
    grant = {**base, **limit.changes}
    sealed, digits = book.sealed_card(grant, kind)
    width = Width(CARRIERS[digits], grant)
    vector = question(
        f"decode.{limit.slug}.{width.name}{'' if base is SHORT else '.wide'}", limit.comment, limit.flags,
        {"op": "decode", "text": book.text(sealed, digits)}, ACCEPTED,
        given=given, stages=book.stages(sealed, digits, grant),
    )  # fmt: skip
    return stated(vector, {"seal": kind.value, "key_id": book.KEY_IDS[kind], **grant})


def _strangers() -> Group:
    keys = keys_alone(ED25519)
    return group("strangers", "Texts that have nothing to do with a card.", (ED25519,), keys, decode_text.strangers())
