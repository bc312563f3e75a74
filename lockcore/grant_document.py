"""A grant as the fields of a JSON document, in words that people read: for card files, logs and vectors."""

from __future__ import annotations

from typing import Any

from lockcore import address, civil, document
from lockcore.grant import CardType, Grant, Lost, OpenType

_FIELDS: dict[str, type] = {
    "community": str,
    "card": str,
    "building": str,
    "floor": str,
    "room": str,
    "start": str,
    "end": str,
    "cut_off": str,
    "times": int,
    "open_type": str,
    "lost": str,
    "serial": int,
    "revision": int,
}


def content(grant: Grant) -> dict[str, Any]:
    """The fields of a grant; what it does not name is ""."""
    return {
        "community": str(grant.community),
        "card": grant.card.name.lower(),
        "building": grant.building or "",
        "floor": grant.floor or "",
        "room": grant.room or "",
        "start": civil.text_of(grant.start_min),
        "end": civil.text_of(grant.end_min),
        "cut_off": "" if grant.cut_off_min is None else civil.text_of(grant.cut_off_min),
        "times": grant.times,
        "open_type": grant.open_type.name.lower(),
        "lost": grant.lost.name.lower(),
        "serial": grant.serial,
        "revision": grant.revision,
    }


def grant_of(fields: Any, where: str) -> Grant:
    """The grant of fields as `content` gives them; DocumentError, TimeError or GrantError says what is wrong."""
    fields = document.expect(fields, where, _FIELDS)
    return Grant(
        community=address.community(fields["community"]),
        start_min=civil.parse(fields["start"]),
        end_min=civil.parse(fields["end"]),
        serial=fields["serial"],
        card=_member(CardType, fields["card"], where),
        building=fields["building"] or None,
        floor=fields["floor"] or None,
        room=fields["room"] or None,
        cut_off_min=civil.parse(fields["cut_off"]) if fields["cut_off"] else None,
        times=fields["times"],
        open_type=_member(OpenType, fields["open_type"], where),
        lost=_member(Lost, fields["lost"], where),
        revision=fields["revision"],
    )


def _member(kind: Any, name: str, where: str) -> Any:
    try:
        return kind[name.upper()]
    except KeyError:
        known = ", ".join(member.name.lower() for member in kind)
        raise document.DocumentError(f"{where}: {name[:20]!r} is none of {known}") from None
