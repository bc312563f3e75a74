"""One request for a page: who asks, in which language, and how to answer."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from simulator.platform.guest import cookies, pages, sessions, words
from simulator.platform.guest.guest_error import NotLoggedIn
from simulator.platform.guest.sessions import Scope
from simulator.platform.platform import Platform

PATH_MAX = 200


class Visit:
    """Handlers get one, in a thread, and give a response. `form` has the fields of a POST, each once."""

    def __init__(self, platform: Platform, request: Request, form: Mapping[str, str]) -> None:
        self.platform = platform
        self.request = request
        self.form = form
        self.words = _words(request)

    @property
    def address(self) -> str:
        """The client's address."""
        return self.request.client.host if self.request.client else ""

    @property
    def secure(self) -> bool:
        """Whether cookies go over TLS alone."""
        return self.platform.settings.secure_cookies

    @property
    def token(self) -> str | None:
        """The session's token, if the browser has one."""
        return cookies.token_in(self.request, self.secure)

    def scope(self) -> Scope:
        """What the guest may see; NotLoggedIn."""
        found = self.scope_if_any()
        if found is None:
            raise NotLoggedIn
        return found

    def scope_if_any(self) -> Scope | None:
        """What the guest may see; None if nobody is logged in."""
        token = self.token
        if not token:
            return None
        return self.platform.read(lambda connection: sessions.scope_of(connection, token, self.platform.now_s()))

    def page(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        """The page of a template, in the guest's language."""
        return HTMLResponse(self.rendered(template, **values), status)

    def rendered(self, template: str, **values: object) -> str:
        """The HTML of a template, in the guest's language."""
        common = {"t": self.words, "languages": words.LANGUAGES, "path": self._path, "logged_in": False}
        return pages.render(template, **(common | values))

    def redirect(self, path: str) -> RedirectResponse:
        """To another page of ours, by GET."""
        return RedirectResponse(path, 303)

    @property
    def _path(self) -> str:
        """Where a switch of language comes back to: this page, if it can be had by GET."""
        path = self.request.url.path
        return path if self.request.method == "GET" and path.startswith("/guest") and len(path) < PATH_MAX else "/guest"


def _words(request: Request) -> words.Words:
    accepted = request.headers.get("accept-language", "")
    return words.words_of(words.choose(request.cookies.get(cookies.LANGUAGE), accepted))
