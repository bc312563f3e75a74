"""What sends the messages of the outbox while the platform runs: a loop around `outbox` and `backoff` (SMS.md).

Every process of a platform may run one: a message is claimed by one at a time. A reply never waits for it.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from functools import partial
from typing import Protocol

from anyio.to_thread import run_sync
from sqlalchemy import Connection

from simulator.platform.platform import Platform
from simulator.platform.sms import outbox
from simulator.platform.sms.backoff import Outcome, State
from simulator.platform.sms.outbox import Ended, Message

_LOG = logging.getLogger(__name__)


class Sender(Protocol):
    """Takes one message to its mobile, or says why not; it raises nothing that is to be expected."""

    async def send(self, message: Message) -> Outcome:
        """How it went."""

    async def close(self) -> None:
        """Let go of what is open."""


def sender_of(platform: Platform) -> Sender:
    """A webhook if the settings name one, else files in HOME/outbox."""
    if platform.settings.sms_webhook is not None:
        from simulator.platform.sms.webhook import WebhookSender

        return WebhookSender(platform.settings.sms_webhook)
    from simulator.platform.sms.log_sender import LogSender

    return LogSender(platform.settings.home.root / "outbox")


async def send_due(platform: Platform, sender: Sender, limit: int = 8) -> int:
    """Try what is due now, at most `limit` messages side by side; how many were tried.

    A message goes out before it is written down as sent: a crash between the two sends it again when its claim has run
    out. At least once, never silently not at all.
    """
    if not await run_sync(platform.read, lambda connection: outbox.is_any_due(connection, platform.now_s())):
        return 0
    claimed, given_up = await asyncio.wrap_future(platform.write(partial(_claim, platform, limit)))
    _warn(given_up)
    outcomes = await asyncio.gather(*(_tried(platform, sender, message) for message in claimed))
    _warn(await asyncio.wrap_future(platform.write(partial(_settle, platform, claimed, outcomes))))
    return len(claimed)


def _claim(platform: Platform, limit: int, connection: Connection) -> tuple[list[Message], list[Ended]]:
    given_up: list[Ended] = []
    return outbox.claim(connection, platform.now_s(), limit, given_up), given_up


async def _tried(platform: Platform, sender: Sender, message: Message) -> Outcome:
    """An error of the sender's own is a try that failed, not the end of the loop."""
    try:
        return await sender.send(_with_link(platform, message))
    except Exception as error:
        _LOG.error("message %d: the sender failed: %s", message.id, type(error).__name__)
        return Outcome(f"the sender failed: {type(error).__name__}")


def _with_link(platform: Platform, message: Message) -> Message:
    """What tells of a card ends with where to see it, if the platform knows its own address."""
    url = platform.settings.public_url
    if message.kind != "card" or url is None:
        return message
    return replace(message, text=f"{message.text} {url.rstrip('/')}/guest")


def _settle(
    platform: Platform, messages: list[Message], outcomes: list[Outcome], connection: Connection
) -> list[Ended]:
    """Write down how all of them went; those that have failed for good."""
    now_s = platform.now_s()
    states = [outbox.settle(connection, *tried, now_s) for tried in zip(messages, outcomes, strict=True)]
    ended = zip(messages, states, strict=True)
    return [Ended(message.id, message.kind) for message, state in ended if state is State.FAILED]


def _warn(failed: list[Ended]) -> None:
    """One line each, once that is durable; why is in the outbox."""
    for id, kind in failed:
        _LOG.warning("message %d (%s) has failed and is not tried again", id, kind)
