"""Messages as HTTP POST requests to whoever sends SMS for the operator (SMS.md, Webhook)."""

from __future__ import annotations

import asyncio
import logging

import httpx

from simulator.platform.sms.backoff import Outcome
from simulator.platform.sms.outbox import Message

TIME_LIMIT_S = 10
"""For all of one try: connecting, sending and the answer's first line."""


class WebhookSender:
    """Posts to one URL, which may hold a secret and is therefore in no log and no error.

    Redirects are failures: what the operator named gets the message, and nobody else. So are proxies of the
    environment left alone. `transport` stands in for the network in tests.
    """

    def __init__(self, url: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs every URL as information
        self._url = url
        self._client = httpx.AsyncClient(
            timeout=TIME_LIMIT_S, follow_redirects=False, trust_env=False, transport=transport
        )

    async def send(self, message: Message) -> Outcome:
        """Any 2xx means that the message was taken; all else, and silence, is told as an error."""
        try:
            async with asyncio.timeout(TIME_LIMIT_S):
                return await self._post(message)
        except (TimeoutError, httpx.TimeoutException):
            return Outcome(f"no answer within {TIME_LIMIT_S} s")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            return Outcome(f"no answer: {type(error).__name__}")

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def _post(self, message: Message) -> Outcome:
        """The answer's body is not read: it could be of any size, and says nothing that counts."""
        body = {
            "id": message.id, "kind": message.kind, "areaCode": message.area_code, "mobile": message.mobile,
            "text": message.text,
        }  # fmt: skip
        headers = {"Idempotency-Key": str(message.id)}
        async with self._client.stream("POST", self._url, json=body, headers=headers) as answer:
            return Outcome(None if answer.is_success else f"HTTP {answer.status_code}")
