"""The two cookies: the session's, and the language's (GUEST.md, Sessions)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.platform.guest.sessions import LIFE_S

LANGUAGE = "qrlock-language"
_YEAR_S = 365 * 24 * 3600


def session_name(secure: bool) -> str:
    """Over TLS the name binds the cookie to this very host: no neighbour's domain can set one (RFC 6265bis, 4.1.3)."""
    return "__Host-qrlock-guest" if secure else "qrlock-guest"


def token_in(request: Request, secure: bool) -> str | None:
    """The session's token, if the browser has one."""
    return request.cookies.get(session_name(secure))


def set_session(response: Response, token: str, secure: bool) -> None:
    """Give the browser a session's token; no script sees it, and no other site's request carries it."""
    response.set_cookie(
        session_name(secure), token, max_age=LIFE_S, path=_path(secure), secure=secure, httponly=True, samesite="lax"
    )


def drop_session(response: Response, secure: bool) -> None:
    """Take the token from the browser."""
    response.delete_cookie(session_name(secure), path=_path(secure), secure=secure, httponly=True, samesite="lax")


def set_language(response: Response, language: str, secure: bool) -> None:
    """Let the browser remember the language for a year."""
    response.set_cookie(LANGUAGE, language, max_age=_YEAR_S, path="/", secure=secure, httponly=True, samesite="lax")


def _path(secure: bool) -> str:
    """A cookie of a `__Host-` name must have the path /."""
    return "/" if secure else "/guest"
