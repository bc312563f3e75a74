"""Step 2: formats, key ids and kinds of seal that a lock knows or not, and which test comes first."""

from __future__ import annotations

from collections.abc import Iterator

from lockcore import Scope
from lockcore.secret_pem import public_of
from vectors.families import by_the_book as book
from vectors.families.by_the_book import CMAC_SEAL, ED25519, LABELS, SHORT, Fields
from vectors.families.decode_common import WIDTHS, Defect, Width, group, keys_alone, of_sealed
from vectors.families.limits import PLAIN
from vectors.families.site import CMAC_ID, KEY_ID, NEXT_ID, NEXT_PRIVATE, PRIVATE, keys_of
from vectors.pack.vector import Group

FORMAT, UNKNOWN = "UNSUPPORTED_FORMAT", "UNKNOWN_KEY"
CARDS: tuple[Fields, ...] = (
    SHORT,
    {**SHORT, "building": None, "floor": None},
    {**SHORT, "card": "floor", "room": None, **PLAIN},
    {**SHORT, "card": "building", "floor": None, "room": None, **PLAIN},
)
"""A short card of each scope."""
_NAMES = ("room-card", "room-alone-card", "floor-card", "building-card")


def heads(width: Width) -> Iterator[Defect]:
    """Formats and key ids that are not in use, sealed as if they were."""
    for form in (1, 2, 3):
        yield _headed(width, f"format-{form}", f"format {form}", "Downgrade", width.body | form, FORMAT)
    held = book.KEY_IDS[width.kind]
    for key_id in range(16):
        if key_id != held:
            body = width.body & ~(15 << 2) | key_id << 2
            yield _headed(width, f"key-id-{key_id}", f"key id {key_id}", "UnknownKey", body, UNKNOWN)
    body = width.body & ~(15 << 2) | (held ^ 15) << 2 | 1
    yield _headed(width, "format-1-key-unknown", "format 1, under a key that is not held", "Downgrade", body, FORMAT)


def _headed(width: Width, slug: str, comment: str, flag: str, body: int, reason: str) -> Defect:
    data = book.plain(body, width.carrier.digits)
    sealed = data + book.seal(data, width.kind)
    return of_sealed(f"{slug}.{width.name}", comment, (flag,), sealed, width, reason, width.grant)


def orders(width: Width) -> Iterator[Defect]:
    """Two defects, to tell which test comes first: nothing of a body is read before its seal holds."""
    codes = book.codes_of(width.grant)
    bad = book.body({**codes, "above": book.top_of(width.grant, times=255)}, width.kind)
    unknown = bad ^ 8 << 2
    no_community = book.body({**codes, "community": 0}, width.kind)
    for slug, comment, body, reason in (
        ("unsealed-format-1", "format 1 and no seal", width.body | 1, FORMAT),
        ("unsealed-key-unknown", "a key that is not held and no seal", width.body ^ 8 << 2, UNKNOWN),
        ("unsealed-times-255", "times 255 and no seal", bad, "BAD_SEAL"),
        ("unsealed-community-0", "community 0 and no seal", no_community, "BAD_SEAL"),
        ("malformed-key-unknown", "times 255 under a key that is not held", unknown, UNKNOWN),
        ("malformed-format-2", "times 255 in format 2", bad | 2, FORMAT),
    ):
        data = book.plain(body, width.carrier.digits)
        seal = bytes(width.carrier.seal_bytes) if "unsealed" in slug else book.seal(data, width.kind)
        yield of_sealed(f"{slug}.{width.name}", comment, ("Downgrade",), data + seal, width, reason, None)


def groups() -> Iterator[Group]:
    """Locks that hold other keys than one of one seal."""
    yield _alone(ED25519, "ed25519-alone", "A lock that holds no cmac key at all: it does not know such cards.")
    yield _alone(CMAC_SEAL, "cmac-alone", "A lock that holds no ed25519 key at all: it does not know such cards.")
    both = (ED25519, CMAC_SEAL)
    yield group("both-seals", "A lock that holds a key of each seal.", both, keys_of(), _both())
    for scope in Scope:
        yield _one_scope(scope)
    room_only = keys_of(ed25519={}, scopes=(Scope.ROOM, Scope.ROOM_ALONE))
    comment = "A lock that cannot make floor and building cards, for it does not hold their keys."
    yield group("room-only", comment, (CMAC_SEAL,), room_only, _scoped("room-only", (True, True, False, False)))
    yield from _two_keys()


def _alone(kind: str, name: str, comment: str) -> Group:
    keys = keys_alone(ED25519 if kind == ED25519 else CMAC_SEAL)
    defects = [_card_at(width, name, "" if width.kind == kind else FORMAT) for width in WIDTHS]
    needs = (ED25519,) if kind == ED25519 else (CMAC_SEAL,)
    return group(name, comment, needs, keys, defects)


def _card_at(width: Width, name: str, reason: str) -> Defect:
    comment = "a card whose seal the lock does not know" if reason else "a card whose seal the lock knows"
    flag = "Downgrade" if reason else "Good"
    return of_sealed(f"{name}.{width.name}", comment, (flag,), width.sealed, width, reason, width.grant)


def _both() -> Iterator[Defect]:
    for width in WIDTHS:
        yield _card_at(width, "both-seals", "")
        for form in (1, 2, 3):
            yield _headed(width, f"both-seals-format-{form}", f"format {form}", "Downgrade", width.body | form, FORMAT)
        for name, key_id in (("other-seals", KEY_ID if width.kind is CMAC_SEAL else CMAC_ID), ("no", 9)):
            body = width.body & ~(15 << 2) | key_id << 2
            comment = f"key id {key_id}, which is {name.replace('-', ' ').replace('seals', 'seal’s')} key"
            yield _headed(width, f"both-seals-key-of-{name}", comment, "UnknownKey", body, UNKNOWN)


def _scoped(name: str, held: tuple[bool, ...]) -> Iterator[Defect]:
    width = WIDTHS[0]
    for card_name, grant, holds in zip(_NAMES, CARDS, held, strict=True):
        sealed, _ = book.sealed_card(grant, CMAC_SEAL)
        slug = f"{name}-{card_name}.{width.name}"
        comment = f"a {card_name.replace('-', ' ')} at a lock that {'holds' if holds else 'does not hold'} its key"
        flag, reason = ("Good", "") if holds else ("WiderScope", UNKNOWN)
        yield of_sealed(slug, comment, (flag,), sealed, width, reason, grant)


def _one_scope(scope: Scope) -> Group:
    name = f"scope-{scope.value}-only"
    keys = keys_of(ed25519={}, scopes=(scope,))
    held = tuple(scope == each for each in Scope)
    return group(
        name, f"A lock that holds the key of scope {scope.value} alone.", (CMAC_SEAL,), keys, _scoped(name, held)
    )


def _two_keys() -> Iterator[Group]:
    """A lock between two keys: each opens under its own id only."""
    for first, second in ((KEY_ID, NEXT_ID), (7, 8), (15, 4)):
        keys = keys_of(scopes=(), ed25519={first: public_of(PRIVATE), second: public_of(NEXT_PRIVATE)})
        name, comment = f"keys-{first}-{second}", f"A lock that holds ed25519 keys {first} and {second}."
        yield group(f"ed25519-{name}", comment, (ED25519,), keys, _signed_under(f"ed25519-{name}", first, second))
    for first, second in ((CMAC_ID, 3), (7, 8), (15, 4)):
        scopes = {key_id: {scope: _derived(key_id, scope) for scope in Scope} for key_id in (first, second)}
        name, comment = f"keys-{first}-{second}", f"A lock that holds cmac keys {first} and {second}."
        keys = keys_of(ed25519={}, cmac=scopes)
        yield group(f"cmac-{name}", comment, (CMAC_SEAL,), keys, _tagged_under(f"cmac-{name}", first, second))


def _derived(key_id: int, scope: int) -> bytes:
    return book.derived(book.DOOR_ADDRESS, scope, key_id=key_id)


def _signed_under(name: str, first: int, second: int) -> Iterator[Defect]:
    privates = {first: PRIVATE, second: NEXT_PRIVATE}
    for says in (first, second, first ^ 1):
        for key_id, private in privates.items():
            data = _plain(WIDTHS[2], says)
            sealed = data + book.signing(private).sign(LABELS[ED25519] + data)
            yield _under(name, WIDTHS[2], says, key_id, sealed, says in privates)


def _tagged_under(name: str, first: int, second: int) -> Iterator[Defect]:
    for says in (first, second, first ^ 1):
        for key_id in (first, second):
            data = _plain(WIDTHS[0], says)
            sealed = data + book.tag(_derived(key_id, data[-1] >> 6), LABELS[CMAC_SEAL] + data)
            yield _under(name, WIDTHS[0], says, key_id, sealed, says in (first, second))


def _plain(width: Width, key_id: int) -> bytes:
    return book.plain(width.body & ~(15 << 2) | key_id << 2, width.carrier.digits)


def _under(name: str, width: Width, says: int, key_id: int, sealed: bytes, held: bool) -> Defect:
    reason = UNKNOWN if not held else "" if says == key_id else "BAD_SEAL"
    flag = "Good" if not reason else "WrongKey" if held else "UnknownKey"
    comment = f"says key id {says}, sealed by key {key_id}"
    slug = f"{name}-says-{says}-by-{key_id}.{width.name}"
    return of_sealed(slug, comment, (flag,), sealed, width, reason, width.grant)
