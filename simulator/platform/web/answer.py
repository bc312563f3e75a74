"""A call is carried out for a request that was authenticated, and its bytes go out: status 200, whatever came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.types import Send

from simulator.platform.calls.asked import Asked, Call, Outcome
from simulator.platform.codes import Code, PlatformError
from simulator.platform.platform import Platform
from simulator.platform.protocol.form import Form
from simulator.platform.protocol.reply import Reply, failure, write

_LOG = logging.getLogger(__name__)
_CONTENT_TYPES = {form: f"{form.value}; charset=utf-8".encode() for form in Form}


Answer: TypeAlias = Reply | bytes
"""A reply, or its bytes in the form that was asked for."""


async def reply_to(platform: Platform, call: Call, asked: Asked) -> Answer:
    """What the call comes to, once that is durable; PlatformError."""
    outcome = await _outcome(platform, call, asked)
    if isinstance(outcome, PlatformError):
        raise outcome
    return await run_in_threadpool(outcome) if callable(outcome) else outcome


async def _outcome(platform: Platform, call: Call, asked: Asked) -> Outcome:
    if call.writes:
        return await asyncio.wrap_future(platform.write(lambda connection: call.carry_out(platform, asked, connection)))
    return await run_in_threadpool(platform.read, lambda connection: call.carry_out(platform, asked, connection))


async def told(form: Form, work: Callable[[], Awaitable[Answer]]) -> bytes:
    """The bytes of what `work` replies or raises. Of an error that nobody foresaw, its type alone is logged."""
    try:
        answer = await work()
        return answer if isinstance(answer, bytes) else write(answer, form)
    except PlatformError as error:
        return write(failure(error, form), form)
    except ClientDisconnect:
        raise
    except Exception as error:
        _LOG.error("a call failed: %s", type(error).__name__)
        busy = PlatformError(Code.BUSY, "this did not work now and the same request may be sent again")
        return write(failure(busy, form), form)


async def send_bytes(send: Send, form: Form, content: bytes) -> None:
    """Reply with these bytes."""
    headers = [(b"content-type", _CONTENT_TYPES[form]), (b"content-length", str(len(content)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})
