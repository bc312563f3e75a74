"""What takes messages away: a webhook, files on a bench, and the loop beside the app."""

from __future__ import annotations

import asyncio
import json
import logging
import stat
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from simulator.platform import background
from simulator.platform.sms.backoff import DELAYS_S, Outcome
from simulator.platform.sms.log_sender import LogSender
from simulator.platform.sms.outbox import Message
from simulator.platform.sms.sender import send_due, sender_of
from simulator.platform.sms.webhook import TIME_LIMIT_S, WebhookSender
from tests.guest_site import AREA_CODE, MOBILE, Site, open_site
from tests.outbox_sender import TEXT, Script, queue, send


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A platform that writes messages into files."""
    site = open_site(tmp_path / "home")
    yield site
    site.platform.close()


def test_without_a_webhook_a_message_is_a_file_for_its_owner(
    site: Site, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names the file and the number's last two digits; it has neither text nor number."""
    caplog.set_level(logging.INFO)
    id = queue(site)
    assert send(site, sender_of(site.platform)) == 1
    path = tmp_path / "home" / "outbox" / f"{id:09d}.txt"
    assert path.read_text(encoding="utf-8") == TEXT + "\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.name in caplog.text and "ending in 00" in caplog.text
    assert MOBILE not in caplog.text and "123456" not in caplog.text


def test_old_files_are_erased(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bench that runs for a year does not fill its disk."""
    monkeypatch.setattr("simulator.platform.sms.log_sender.FILES_MAX", 2)
    sender = LogSender(tmp_path / "outbox")
    for id in range(1, 5):
        asyncio.run(sender.send(Message(id, "code", AREA_CODE, MOBILE, TEXT, 1, 0)))
    assert sorted(path.name for path in (tmp_path / "outbox").iterdir()) == ["000000003.txt", "000000004.txt"]


class Gateway(ThreadingHTTPServer):
    """An SMS gateway on 127.0.0.1 that answers with these statuses in turn, and keeps what it got."""

    daemon_threads = True

    def __init__(self, *statuses: int) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.statuses = list(statuses)
        self.got: list[tuple[Any, Any]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/sms?key=secret"


class _Answer(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.statuses.pop(0))
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """Refuses twice, then takes."""
    with Gateway(503, 302, 204) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_webhook_is_asked_until_it_takes_the_message(
    tmp_path: Path, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    """A redirect is a failure and is not followed; neither log nor error has the address with its key."""
    caplog.set_level(logging.DEBUG, "simulator")
    site = open_site(tmp_path / "home", sms_webhook=gateway.url)
    id = queue(site)
    errors = []

    async def work() -> None:
        sender = sender_of(site.platform)
        for delay_s in (*DELAYS_S[:2], 0):
            assert await send_due(site.platform, sender) == 1
            errors.append(site.outbox()[0]["error"])
            site.clock.now_s += delay_s
        await sender.close()

    asyncio.run(work())
    state = site.outbox()[0]["state"]
    site.platform.close()
    body = {"id": id, "kind": "code", "areaCode": AREA_CODE, "mobile": MOBILE, "text": TEXT}
    assert (errors, state) == (["HTTP 503", "HTTP 302", None], "sent")
    assert [got[1] for got in gateway.got] == [body] * 3
    assert {got[0]["Idempotency-Key"] for got in gateway.got} == {str(id)}
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (httpx.ReadTimeout("https://x/?key=secret"), f"no answer within {TIME_LIMIT_S} s"),
        (httpx.ConnectError("https://x/?key=secret"), "no answer: ConnectError"),
        (OSError("secret"), "no answer: OSError"),
    ],
)
def test_a_gateway_that_is_not_there_is_a_failed_try(raised: Exception, told: str) -> None:
    """What is told of it has no address in it."""

    def fail(_request: httpx.Request) -> httpx.Response:
        raise raised

    async def work() -> Outcome:
        sender = WebhookSender("https://x/?key=secret", httpx.MockTransport(fail))
        outcome = await sender.send(Message(1, "code", AREA_CODE, MOBILE, TEXT, 1, 0))
        await sender.close()
        return outcome

    assert asyncio.run(work()) == Outcome(told)


def test_the_app_sends_beside_its_work_and_closes_the_sender_at_its_end(site: Site) -> None:
    """What was queued is sent without anybody asking."""
    queue(site)
    sender = Script(Outcome())

    async def work() -> None:
        async with background.background(site.platform, sender), asyncio.timeout(10):
            while not sender.sent:
                await asyncio.sleep(0)

    asyncio.run(work())
    assert [message.kind for message in sender.sent] == ["code", "closed"]
    assert site.outbox()[0]["state"] == "sent"
