"""Logging in with a one-time code, and out."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection
from starlette.responses import Response

from simulator.platform.area_code import DEFAULT_AREA_CODE
from simulator.platform.guest import cookies, login_codes, sessions
from simulator.platform.guest.guest_error import GuestError
from simulator.platform.guest.limits import Limits
from simulator.platform.guest.mobile_number import MobileNumber, mobile_number
from simulator.platform.guest.sessions import Scope
from simulator.platform.guest.visit import Visit

CODES_PER_ADDRESS_HOUR = 60
"""A house's guests share one address in its network."""


class LoginPages:
    """The steps: a number, a code, and the cookie."""

    def __init__(self) -> None:
        self._codes = Limits(CODES_PER_ADDRESS_HOUR, 3600)

    def show(self, visit: Visit) -> Response:
        """Ask for the number; whoever is logged in goes on to the cards."""
        if visit.scope_if_any() is not None:
            return visit.redirect("/guest/cards")
        return _number_page(visit)

    def send_code(self, visit: Visit) -> Response:
        """Send a code to the number, and ask for it. The page is the same whether the number has cards or not."""
        number = mobile_number(visit.form.get("areaCode", ""), visit.form.get("mobile", ""))
        if number is None:
            return _number_page(visit, "bad_number", 400)
        now_s = visit.platform.now_s()
        if not self._codes.allows(visit.address, now_s):
            raise GuestError(429, "too_many_codes")
        drawn = login_codes.draw()
        text = visit.words("sms_code", code=drawn.code)
        if not visit.platform.write(lambda c: login_codes.send(c, number, drawn, text, now_s)).result():
            raise GuestError(429, "too_many_codes")
        return _code_page(visit, number, drawn.ticket.hex())

    def log_in(self, visit: Visit) -> Response:
        """With the right code, a session; with a wrong one, the same page again."""
        number = mobile_number(visit.form.get("areaCode", ""), visit.form.get("mobile", ""))
        ticket = _ticket_of(visit.form.get("ticket", ""))
        if number is None or ticket is None:
            return _number_page(visit, "bad_number" if number is None else "bad_ticket", 400)
        code = "".join(visit.form.get("code", "").split())[:16]
        token = sessions.new_token()
        if not visit.platform.write(partial(_redeem, visit, number, ticket, code, token)).result():
            return _code_page(visit, number, ticket.hex(), "bad_code", 403)
        response = visit.redirect("/guest/cards")
        cookies.set_session(response, token, visit.secure)
        return response

    def log_out(self, visit: Visit) -> Response:
        """End the session, in the database too."""
        token = visit.token
        if token:
            visit.platform.write(lambda connection: sessions.end(connection, token)).result()
        response = visit.redirect("/guest")
        cookies.drop_session(response, visit.secure)
        return response


def _redeem(visit: Visit, number: MobileNumber, ticket: bytes, code: str, token: str, connection: Connection) -> bool:
    now_s = visit.platform.now_s()
    right = login_codes.redeem(connection, number, ticket, code, now_s)
    if right:
        sessions.start(connection, token, Scope(number.area_code, number.mobile), now_s, visit.token)
    return right


def _number_page(visit: Visit, error: str | None = None, status: int = 200) -> Response:
    area_code = visit.form.get("areaCode", DEFAULT_AREA_CODE)[:8]
    return visit.page("login.html", status, error=error, area_code=area_code, mobile=visit.form.get("mobile", "")[:24])


def _code_page(
    visit: Visit, number: MobileNumber, ticket: str, error: str | None = None, status: int = 200
) -> Response:
    return visit.page("code.html", status, error=error, number=number, ticket=ticket)


def _ticket_of(text: str) -> bytes | None:
    try:
        ticket = bytes.fromhex(text)
    except ValueError:
        return None
    return ticket if len(ticket) == 16 else None
