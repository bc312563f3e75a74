"""A request's body, as much of it as is allowed and no more in memory."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from simulator.platform.codes import Code, PlatformError

READ_S = 20
"""How long a client has to send its body."""
DISCARDED_BYTES_MAX = 16 * 1024 * 1024
"""Of a body that is too large this much is read and thrown away, so that the client gets to read the reply."""


async def read_body(receive: Receive, bytes_max: int) -> bytes:
    """The body; PlatformError (BAD_BODY) if it is larger or comes too slowly, ClientDisconnect if it ends early."""
    try:
        async with asyncio.timeout(READ_S):
            return await _read(receive, bytes_max)
    except TimeoutError:
        raise PlatformError(Code.BAD_BODY, "the body comes too slowly") from None


async def _read(receive: Receive, bytes_max: int) -> bytes:
    body = bytearray()
    size = 0
    more = True
    while more and size <= DISCARDED_BYTES_MAX:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part = message.get("body", b"")
        size += len(part)
        if size <= bytes_max:
            body += part
        else:
            body.clear()
        more = message.get("more_body", False)
    if size > bytes_max:
        raise PlatformError(Code.BAD_BODY, f"the body is larger than {bytes_max} bytes")
    return bytes(body)
