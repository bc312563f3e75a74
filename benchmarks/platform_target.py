"""A platform that is asked in process, and what is judged of each of its replies."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from defusedxml import ElementTree
from httpx import Response

from benchmarks import platform_oracle
from benchmarks.platform_bodies import FORM, JSON
from tests import platform_site
from tests.asgi_client import Client
from tests.platform_site import NOW_S, Site, batch_of

_BATCHES = 80_000
"""A signature is good for a day: this many seconds of it, each for a request."""


@dataclass
class Seen:
    """What came of many requests. `wrong` names what should not be, a few of it."""

    asked: int = 0
    accepted: int = 0
    wrong: list[str] = field(default_factory=list)

    def tell(self, what: str) -> None:
        """Something that should not be."""
        self.wrong.append(what)


class Target:
    """One application that is asked from here. `cards` are the numbers that it has given."""

    def __init__(self, seeded: Site, client: Client, seen: Seen) -> None:
        self.seen = seen
        self.client = client
        self.cards: set[str] = set()
        self._account = seeded.caller

    def ask(self, call: str, body: bytes, media_type: str, name: str) -> Response:
        """Post to the API, signed rightly and as never before, and judge the reply."""
        at_s = NOW_S - self.seen.asked % _BATCHES
        if media_type == FORM:
            target, headers, body = self._form(call, body, at_s)
        else:
            sig, headers = platform_site.signed(self._account, batch_of(at_s))
            target = f"/?c=Qrcode&a={quote(call, errors='replace')}&sig={sig}"
        headers |= {"Accept": JSON if media_type == FORM else media_type, "Content-Type": media_type}
        response = self.client.post(target, content=body, headers=headers)
        self._judge(call, body, media_type, response, name)
        return response

    def _form(self, call: str, body: bytes, at_s: int) -> tuple[str, dict[str, str], bytes]:
        """Address, headers and body of a form, which is signed as it goes out."""
        signer = {b"accountSid": self._account.sid.encode(), b"timestamp": str(at_s).encode()}
        rest = [pair for pair in body.split(b"&") if pair.partition(b"=")[0] not in signer]
        whole = b"&".join([*(b"%s=%s" % field for field in signer.items()), *rest])
        pairs = [pair.partition("=") for pair in whole.decode(errors="replace").split("&") if pair]
        fields = {name: value for name, _, value in pairs if name not in ("sig", "authToken")}
        fields["authToken"] = self._account.token
        joined = "&".join(f"{name}={value}" for name, value in sorted(fields.items()))
        sig = hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()
        return f"/Home/Records/{quote(call, safe='')}?sig={sig}", {}, whole

    def _judge(self, call: str, body: bytes, media_type: str, response: Response, name: str) -> None:
        self.seen.asked += 1
        reply = reply_of(response)
        if reply is None:
            self.seen.tell(f"{call} {name}: HTTP {response.status_code}, or no reply")
        elif reply["status"] == "200":
            self.seen.accepted += 1
            if not _may_be_accepted(call, body, media_type, self.cards):
                self.seen.tell(f"{call} {name}: accepted")
            if call == "getLink":
                self.cards.add(reply["cardNo"])
        elif reply["status"] == "5003":
            self.seen.tell(f"{call} {name}: failed")


def reply_of(response: Response) -> dict[str, str] | None:
    """The reply's flat members as texts; None if it is none of the protocol's."""
    if response.status_code != 200:
        return None
    try:
        reply: Mapping[str, Any] = (
            json.loads(response.content)
            if response.headers["content-type"].startswith(JSON)
            else {child.tag: child.text for child in ElementTree.fromstring(response.content)}
        )
    except (ValueError, SyntaxError):
        return None
    told = {name: str(value) for name, value in reply.items()}
    return told if told.get("status", "").isdigit() and told.get("info") else None


@contextmanager
def logged(seen: Seen) -> Iterator[None]:
    """Errors that are logged meanwhile should not be."""

    class Telling(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.tell(f"logged by {record.name}: {record.getMessage()[:80]}")

    handler = Telling(logging.ERROR)
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


def _may_be_accepted(call: str, body: bytes, media_type: str, cards: set[str]) -> bool:
    return call in platform_oracle.RULES and platform_oracle.accepts(call, body, media_type, cards)
