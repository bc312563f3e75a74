"""A guest's browser for tests without one: forms as our pages send them, cookies kept, redirects not followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from fastapi import FastAPI
from httpx import Response

from simulator.platform import guest
from tests.asgi_client import BASE_URL, Client, running
from tests.guest_site import AREA_CODE, MOBILE, Site


@dataclass
class Visitor:
    """One browser at one site."""

    site: Site
    client: Client

    def get(self, path: str, **headers: str) -> Response:
        """The page at this path."""
        return self.client.get(path, headers=headers)

    def post(self, path: str, **fields: str) -> Response:
        """The answer to a form on one of our own pages."""
        headers = {"Origin": BASE_URL, "Content-Type": "application/x-www-form-urlencoded"}
        return self.client.post(path, data=fields, headers=headers)

    def ask_for_code(self, mobile: str = MOBILE, area_code: str = AREA_CODE) -> Response:
        """The page after the number was entered."""
        return self.post("/guest/code", areaCode=area_code, mobile=mobile)

    def enter(self, ticket: str, code: str, mobile: str = MOBILE) -> Response:
        """The page after the code was entered."""
        return self.post("/guest/login", areaCode=AREA_CODE, mobile=mobile, ticket=ticket, code=code)

    def log_in(self, mobile: str = MOBILE) -> Response:
        """Both steps, with the code from the message."""
        return self.enter(ticket_in(self.ask_for_code(mobile)), self.code(), mobile)

    def code(self) -> str:
        """The code in the newest message."""
        found = re.search(r"\d{6}", self.site.outbox()[-1]["text"])
        assert found
        return found.group()


@contextmanager
def visitor(site: Site) -> Iterator[Visitor]:
    """A browser that has never been here."""
    app = FastAPI()
    app.state.platform = site.platform
    app.include_router(guest.router(site.platform))
    with running(app) as client:
        yield Visitor(site, client)


def ticket_in(page: Response) -> str:
    """What the page that asks for a code will send with it."""
    found = re.search(r'name="ticket" value="([0-9a-f]{32})"', page.text)
    assert found
    return found.group(1)
