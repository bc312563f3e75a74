"""A guest's browser without a screen, for measuring: it logs in by the forms and keeps its cookie."""

from __future__ import annotations

import http.client
import re
from urllib.parse import urlencode

from benchmarks.platform_client import TIMEOUT_S
from benchmarks.platform_phone import Messages, PhoneError


class GuestBrowser:
    """One connection that is kept. Each request comes from an address of its own, as a proxy in front would tell it:
    the limits for one guest's address are not what is measured."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
        self._origin = f"http://127.0.0.1:{port}"
        self._cookie = ""
        self._asked = 0

    def has(self, path: str, text: str) -> bool:
        """Whether the page at this path came and has this text."""
        status, content = self._request("GET", path, None)
        return status == 200 and text.encode() in content

    def post(self, path: str, **fields: str) -> str:
        """The page after a form was sent."""
        return self._request("POST", path, urlencode(fields))[1].decode()

    def _request(self, method: str, path: str, body: str | None) -> tuple[int, bytes]:
        self._asked += 1
        headers = {
            "Cookie": self._cookie,
            "X-Forwarded-For": f"10.{self._asked >> 16}.{self._asked >> 8 & 255}.{self._asked & 255}",
        }
        if body is not None:
            headers |= {"Origin": self._origin, "Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        self._cookie = (answer.getheader("Set-Cookie") or self._cookie).partition(";")[0]
        return answer.status, answer.read()


def logged_in(port: int, mobile: str, messages: Messages) -> GuestBrowser:
    """A browser in which the mobile's cards can be seen; PhoneError."""
    guest = GuestBrowser(port)
    page = guest.post("/guest/code", areaCode="86", mobile=mobile)
    ticket = re.search(r'name="ticket" value="([0-9a-f]{32})"', page)
    code = re.search(r"(?<!\d)\d{6}(?!\d)", messages.next_for(mobile))
    if ticket is None or code is None:
        raise PhoneError("no ticket on the page or no code in the message")
    guest.post("/guest/login", areaCode="86", mobile=mobile, ticket=ticket[1], code=code.group())
    if not guest.has("/guest/cards", 'class="card '):
        raise PhoneError("no cards after logging in")
    return guest
