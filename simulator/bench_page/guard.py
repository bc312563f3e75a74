"""What every request passes before it is looked at, and what every answer carries.

A page of another site can make a browser send requests to this machine. It cannot set a header of ours without being
allowed to, which nobody is; and it cannot be here under a name of its own, for only this machine's names are answered.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable, Collection, Coroutine
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from lockcore.errors import QrlockError
from simulator.bench_page.errors import PageError, status_of

HEADER = "x-qrlock-bench"
"""To be sent with every POST, with any value."""
BODY_S = 20
"""How long a body may take."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "media-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def guarded(hosts: Collection[str], bytes_max: int) -> type[APIRoute]:
    """A kind of route that takes bodies of `bytes_max` bytes under the names `hosts`, and tells errors as JSON."""

    class GuardedRoute(APIRoute):
        def get_route_handler(self) -> Handler:
            inner = super().get_route_handler()

            async def handler(request: Request) -> Response:
                answer = await _answer(request, inner, hosts, bytes_max)
                answer.headers.update(HEADERS)
                return answer

            return handler

    return GuardedRoute


async def _answer(request: Request, inner: Handler, hosts: Collection[str], bytes_max: int) -> Response:
    try:
        _check_host(request, hosts)
        if request.method == "POST":
            _check_origin(request)
            _check_length(request, bytes_max)
            await _arrive(request)
        return await inner(request)
    except QrlockError as error:
        return _error(status_of(error), str(error))
    except RequestValidationError as error:
        return _error(400, "; ".join(map(_rule, error.errors())))
    except HTTPException as error:
        return _error(error.status_code, str(error.detail))
    except ClientDisconnect:
        return _error(400, "the body ended early")
    except OSError as error:
        return _error(400, f"the home cannot be used: {error.strerror or type(error).__name__}")


def _check_host(request: Request, hosts: Collection[str]) -> None:
    """A name that somebody else can point at this machine is not this machine's; an address cannot be pointed."""
    try:
        name = urlsplit("//" + request.headers.get("host", "")).hostname or ""
        if name == "localhost" or name in hosts:
            return
        ipaddress.ip_address(name)
    except ValueError:
        raise PageError(403, "the bench page is not served under this host's name") from None


def _check_origin(request: Request) -> None:
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    if HEADER not in request.headers or site != "same-origin" or origin not in (None, own):
        raise PageError(403, f"only the bench page itself works locks: send {HEADER} from its own origin")


def _check_length(request: Request, bytes_max: int) -> None:
    """Known before anything is read; a server holds a body to it."""
    length = request.headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise PageError(411, "say how long the body is: content-length")
    if int(length) > bytes_max:
        raise PageError(413, f"a body of more than {bytes_max:,} bytes")


async def _arrive(request: Request) -> None:
    """Wait for the whole body, which the request keeps; PageError if it comes too slowly."""
    try:
        async with asyncio.timeout(BODY_S):
            await request.body()
    except TimeoutError:
        raise PageError(408, "the body comes too slowly") from None


def _error(status: int, message: str) -> Response:
    return JSONResponse({"error": message}, status)


def _rule(error: dict[str, Any]) -> str:
    """Which field breaks which rule; what was in it is not repeated."""
    where = [str(part) for part in error["loc"] if part not in ("body", "query", "path")]
    return f"{'.'.join(where) or 'body'}: {error['msg']}"
