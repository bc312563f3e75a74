"""What the platform does by itself while it runs: sends messages, and forgets what has had its time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection, delete
from sqlalchemy.exc import SQLAlchemyError

from simulator.platform.codes import PlatformError
from simulator.platform.data import renditions
from simulator.platform.data.tables import LOGIN_CODES, SESSIONS, USED_LINKS
from simulator.platform.platform import Platform
from simulator.platform.sms import outbox
from simulator.platform.sms.sender import Sender, send_due, sender_of

PAUSE_S = 1.0
"""Between two looks into the outbox."""
TIDY_EVERY_S = 3600
DAY_S = 24 * 3600
_LOG = logging.getLogger(__name__)


@asynccontextmanager
async def background(platform: Platform, sender: Sender | None = None) -> AsyncIterator[None]:
    """Runs beside the app, for its lifespan. At the end it finishes the messages that it is sending."""
    sender = sender or sender_of(platform)
    stop = asyncio.Event()
    task = asyncio.create_task(_run(platform, sender, stop))
    try:
        yield
    finally:
        stop.set()
        await task
        await sender.close()


def tidy(connection: Connection, now_s: int) -> bool:
    """Drop what nobody can use any more: sessions, one-time codes, links, old messages, old renditions.

    False if there is more of it: what is dropped at once is bounded, for other writers wait meanwhile.
    """
    connection.execute(delete(SESSIONS).where(SESSIONS.c.ends_s <= now_s))
    # Codes are counted for a day after they were sent, links are good for a day before and after their time.
    connection.execute(delete(LOGIN_CODES).where(LOGIN_CODES.c.ends_s < now_s - DAY_S))
    connection.execute(delete(USED_LINKS).where(USED_LINKS.c.first_s < now_s - 3 * DAY_S))
    outbox.forget_old(connection, now_s)
    return renditions.forget_old(connection, now_s) < renditions.FORGOTTEN_AT_ONCE


async def _run(platform: Platform, sender: Sender, stop: asyncio.Event) -> None:
    tidied_s = 0
    while not stop.is_set():
        tried = 0
        try:
            if platform.now_s() - tidied_s >= TIDY_EVERY_S:
                tidied_s = platform.now_s()
                if not await asyncio.wrap_future(platform.write(lambda c: tidy(c, platform.now_s()))):
                    tidied_s = 0
            tried = await send_due(platform, sender)
        except (SQLAlchemyError, PlatformError) as error:
            _LOG.error("the outbox cannot be read or written now: %s", type(error).__name__)
        if not tried:
            await _wait(stop)


async def _wait(stop: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(PAUSE_S):
            await stop.wait()
    except TimeoutError:
        return
