"""HTTP around a page's handlers: limits, forms, methods, and a page for whatever goes wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from simulator.platform.guest.guest_error import GuestError, NotLoggedIn
from simulator.platform.guest.limits import Limits
from simulator.platform.guest.pages import with_headers
from simulator.platform.guest.same_origin import is_same_origin
from simulator.platform.guest.visit import Visit
from simulator.platform.platform import Platform

FORM_BYTES_MAX = 4096
FORM_S = 20
"""How long a browser has to send a form."""
ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
Handler = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]
_LOG = logging.getLogger(__name__)


class Server:
    """Makes endpoints of handlers, for one platform."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._limits = Limits(platform.settings.requests_per_min, 60)

    def endpoint(
        self, get: Handler | None, post: Handler | None, referrer_policy: str, *, answers_head: bool = True
    ) -> Endpoint:
        """What answers a path; each handler runs in a thread, and other methods get a page that says 405.

        HEAD is answered as GET, or as other methods where GET does more than to answer.
        """
        handlers = {"GET": get, "HEAD": get if answers_head else None, "POST": post}

        async def served(request: Request) -> Response:
            response = await self._answer(request, handlers.get(request.method), handlers)
            response.headers["Referrer-Policy"] = referrer_policy
            return with_headers(response)

        return served

    async def _answer(self, request: Request, handler: Handler | None, handlers: dict[str, Handler | None]) -> Response:
        visit = Visit(self._platform, request, {})
        try:
            if not self._limits.allows(visit.address, self._platform.now_s()):
                raise GuestError(429, "too_many")
            if handler is None:
                raise GuestError(405, "bad_method")
            if request.method == "POST":
                visit.form = await _form_of(request, self._platform.settings.public_url)
            return await run_in_threadpool(handler, visit)
        except GuestError as error:
            return _page_of(visit, error, handlers)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except Exception as error:  # the database's, a key's, or one that nobody foresaw: never a traceback
            _LOG.error("a guest's page failed: %s", type(error).__name__)
            return _page_of(visit, GuestError(503, "busy"), handlers)


async def _form_of(request: Request, public_url: str | None) -> dict[str, str]:
    """The fields of one of our own forms; GuestError for any other body."""
    if not is_same_origin(request.headers, public_url):
        raise GuestError(403, "foreign_form")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise GuestError(415, "bad_form")
    try:
        async with asyncio.timeout(FORM_S):
            body = await _body_of(request)
    except TimeoutError:
        raise GuestError(408, "bad_form") from None
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=16, errors="strict")
    except ValueError:
        raise GuestError(400, "bad_form") from None
    if len(dict(pairs)) < len(pairs):
        raise GuestError(400, "bad_form")
    return dict(pairs)


async def _body_of(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > FORM_BYTES_MAX:
            raise GuestError(413, "bad_form")
    return body


def _page_of(visit: Visit, error: GuestError, handlers: dict[str, Handler | None]) -> Response:
    if isinstance(error, NotLoggedIn) and visit.request.headers.get("x-fragment") is None:
        return visit.redirect("/guest")
    response = visit.page("message.html", error.status, key=error.key)
    if error.status == 405:
        response.headers["Allow"] = ", ".join(method for method, handler in handlers.items() if handler)
    if error.status in (429, 503):
        response.headers["Retry-After"] = "30"
    return response
