"""The list of cards, and the page of one card with its code."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import Response

from lockcore.keyring import KeyRingError
from simulator import atomic_file
from simulator.platform.data.renditions import record_once
from simulator.platform.guest import card_rows, card_view
from simulator.platform.guest.card_rows import CardRow
from simulator.platform.guest.guest_error import GuestError
from simulator.platform.guest.visit import Visit
from simulator.platform.rendition import CUT_OFF_AHEAD_MIN, password, rendition

REFRESH_S = 60
ONE_TIME = 2
"""`cipher_type` of a password that opens once."""
_CARD_NO = re.compile("[0-9A-Za-z]{1,16}").fullmatch


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code on a page: its picture, the time of day at which it dies, and in how many seconds."""

    svg: Markup
    until: str
    dies_s: int
    refresh_s: int = REFRESH_S


@dataclass(frozen=True, slots=True)
class ShownPassword:
    """Twelve digits in `groups` of four, and `spoken` one by one; `marked` if a loss report must be shown first."""

    groups: tuple[str, ...]
    spoken: str
    once: bool
    marked: bool

    def __repr__(self) -> str:
        return "ShownPassword()"


class CardPages:
    """What whoever is logged in sees."""

    def show_list(self, visit: Visit) -> Response:
        """The cards, 20 a page, newest first."""
        scope = visit.scope()
        before = visit.request.query_params.get("before")
        before = before if before and _CARD_NO(before) else None
        found = visit.platform.read(lambda connection: card_rows.list_of(connection, scope, before))
        views = [card_view.view_of(row, visit.platform.civil_min(row.community), visit.words) for row in found.rows]
        return visit.page("cards.html", cards=views, more=found.more, first=before is None, logged_in=True)

    def show_card(self, visit: Visit) -> Response:
        """One card with its code."""
        row = _row(visit)
        return visit.page(
            "card.html",
            card=_view(visit, row),
            shown=_shown(visit, row),
            password=_password(visit, row),
            logged_in=True,
            refresh_s=REFRESH_S,
        )

    def show_code(self, visit: Visit) -> Response:
        """The part of that page that is fetched again every minute."""
        row = _row(visit)
        view = _view(visit, row)
        response = visit.page("shown.html", card=view, shown=_shown(visit, row))
        response.headers["X-State"] = view.state.value
        return response


def _row(visit: Visit) -> CardRow:
    """The card that the path names, if it is in scope."""
    scope, card_no = visit.scope(), visit.request.path_params["card_no"]
    row = visit.platform.read(lambda c: card_rows.row_of(c, scope, card_no)) if _CARD_NO(card_no) else None
    if row is None:
        raise GuestError(404, "no_card")
    return row


def _view(visit: Visit, row: CardRow) -> card_view.CardView:
    return card_view.view_of(row, visit.platform.civil_min(row.community), visit.words)


def _shown(visit: Visit, row: CardRow) -> ShownCode | None:
    """The code, good for ten minutes and not beyond the card's end; None where there is none to show."""
    platform, now_min = visit.platform, visit.platform.civil_min(row.community)
    if not card_view.has_code(row, now_min):
        return None
    try:
        made = rendition(platform, row.community, row.card, now_min, now_min + CUT_OFF_AHEAD_MIN)
    except (KeyRingError, atomic_file.FileError):
        raise GuestError(503, "no_key") from None
    dies_min = row.card.end_min if made.cut_off_min is None else made.cut_off_min
    _remember(visit, row, made.cut_off_min)
    dies_s = (dies_min - now_min) * 60 - platform.now_s() % 60
    return ShownCode(Markup(made.svg()), visit.words.clock(dies_min), dies_s)


def _remember(visit: Visit, row: CardRow, cut_off_min: int | None) -> None:
    """Write down that the code was shown, once, however often the page is loaded in its minute."""
    now_s = visit.platform.now_s()
    visit.platform.write(lambda c: record_once(c, row.card, cut_off_min, "guest", now_s, REFRESH_S)).result()


def _password(visit: Visit, row: CardRow) -> ShownPassword | None:
    """The card's password, while the card is one to use."""
    state = card_view.state_of(row, visit.platform.civil_min(row.community))
    if row.room is None or state in (card_view.CardState.CANCELLED, card_view.CardState.ENDED):
        return None
    digits = password(visit.platform, row.community, row.room, row.card)
    if digits is None:
        return None
    groups = tuple(digits[at : at + 4] for at in range(0, len(digits), 4))
    once, marked = row.card.cipher_type == ONE_TIME, bool(row.card.cipher_mark)
    return ShownPassword(groups, ", ".join(" ".join(group) for group in groups), once, marked)
