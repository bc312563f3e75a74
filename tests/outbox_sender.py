"""A sender that answers as it was told, and what tests of the outbox do again and again."""

from __future__ import annotations

import asyncio
from typing import Any

from simulator.platform.sms import outbox
from simulator.platform.sms.backoff import Outcome
from simulator.platform.sms.outbox import Message
from simulator.platform.sms.sender import send_due
from tests.guest_site import AREA_CODE, MOBILE, Site

TEXT = "Your code is 123456"


class Script:
    """A sender that answers as it was told, the last answer again and again."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.sent: list[Message] = []

    async def send(self, message: Message) -> Outcome:
        """The next answer."""
        self.sent.append(message)
        return self.outcomes.pop(0) if len(self.outcomes) > 1 else self.outcomes[0]

    async def close(self) -> None:
        """Remember that it was closed, by a message of that kind."""
        self.sent.append(Message(0, "closed", "", "", "", 0, 0))


def queue(site: Site, text: str = TEXT) -> int:
    """The row of a one-time code that waits."""
    now_s = site.platform.now_s()
    return site.platform.write(lambda c: outbox.queue_code(c, AREA_CODE, MOBILE, text, now_s)).result()


def send(site: Site, sender: Any) -> int:
    """How many messages were tried at once."""
    return asyncio.run(send_due(site.platform, sender))
