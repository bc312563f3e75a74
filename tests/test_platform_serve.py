"""`qrlock serve` says what is wrong in one line, and where it is and keeps what, before it serves."""

from __future__ import annotations

import os
import signal
import socket
import urllib.request
from pathlib import Path

import pytest
import uvicorn

from simulator.platform.settings import Settings
from simulator.platform.web import server
from tests.cli_run import Run


@pytest.mark.parametrize(
    ("options", "told"),
    [(("--database", "foo://x"), "foo"), (("--database", "://"), "URL"),
     (("--host", "no.such.host.invalid"), "no.such.host"),
     (("--workers", "2", "--bench"), "--workers 1")],
)  # fmt: skip
def test_what_cannot_be_is_one_line(qrlock: Run, options: tuple[str, ...], told: str) -> None:
    """And status 2."""
    ran = qrlock("serve", "--port", "0", *options)
    assert ran.status == 2 and told in ran.err and ran.err.count("\n") == 1 and ran.out == ""


def test_a_port_that_is_taken_is_told(qrlock: Run) -> None:
    """Before anything is served."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = qrlock("serve", "--port", taken.getsockname()[1])
    assert ran.status == 2 and "in use" in ran.err and ran.err.count("\n") == 1


def test_a_database_that_cannot_be_opened_is_told(qrlock: Run, tmp_path: Path) -> None:
    """With its path."""
    ran = qrlock("serve", "--port", "0", "--database", tmp_path)
    assert ran.status == 2 and "cannot be opened" in ran.err and ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "url"),
    [
        *(("--sms-webhook", url) for url in (
            "x", "", "ftp://hidden.example/", "http://someone:hidden@", "http://hidden.example:port/",
            "http://[hidden/", "https://hidden.example/a b",
        )),
        *(("--public-url", url) for url in (
            "hidden", "", "https://hidden.example/y?z=1", "https://hidden.example/y", "https://a:hidden@x.example",
            "https://hidden.example?", "ftp://hidden.example", "https://",
        )),
    ],
)  # fmt: skip
def test_a_url_that_cannot_be_used_is_one_line(qrlock: Run, option: str, url: str) -> None:
    """Without the URL, in which secrets may be."""
    ran = qrlock("serve", "--port", "0", option, url)
    assert ran.status == 2 and option in ran.err and ran.err.count("\n") == 1 and ran.out == ""
    assert "hidden" not in ran.err


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/sms?key=s", "https://someone:secret@gateway.example"])
def test_a_webhook_may_hold_a_secret(qrlock: Run, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """As gateways have it."""
    assert settings_of(qrlock, monkeypatch, "--sms-webhook", url).sms_webhook == url


@pytest.mark.parametrize(
    ("options", "bench"),
    [
        ((), True), (("--no-bench",), False), (("--host", "0.0.0.0"), False), (("--host", "::1"), True),
        (("--workers", "2"), False), (("--secure-cookies",), False), (("--public-url", "https://x.example"), False),
        (("--secure-cookies", "--bench"), True),
    ],
)  # fmt: skip
def test_the_bench_page_is_for_this_machine_unless_it_is_asked_for(
    qrlock: Run, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], bench: bool
) -> None:
    """Nor where options tell of a proxy, which brings others to this machine's address."""
    assert settings_of(qrlock, monkeypatch, *options).bench is bench


def test_the_platform_is_told_what_the_options_say(qrlock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each option is a setting."""
    told = settings_of(
        qrlock, monkeypatch, "--secure-cookies", "--public-url", "https://x.example", "--requests-per-min", "7"
    )
    assert (told.secure_cookies, told.public_url, told.requests_per_min) == (True, "https://x.example", 7)


def settings_of(qrlock: Run, monkeypatch: pytest.MonkeyPatch, *options: str) -> Settings:
    """What would be served with these options; what serves is left out."""
    seen: list[Settings] = []
    monkeypatch.setattr(server, "run", lambda settings, *_: seen.append(settings))
    assert qrlock("serve", *options).status == 0
    (found,) = seen
    return found


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_tells_where_it_is_and_serves(qrlock: Run, monkeypatch: pytest.MonkeyPatch, told: signal.Signals) -> None:
    """One request comes through the port, and then it ends as it is told to: done, and no error."""
    replies: list[bytes] = []
    before = signal.getsignal(told)

    class OnceServed(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            import asyncio

            host, port = (sockets or [])[0].getsockname()[:2]
            self.asked = asyncio.create_task(asyncio.to_thread(self._ask, f"http://{host}:{port}/"))

        def _ask(self, url: str) -> None:
            asking = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            replies.append(asking.open(url, b"{}", timeout=30).read())
            os.kill(os.getpid(), told)

    monkeypatch.setattr(uvicorn, "Server", OnceServed)
    ran = qrlock("serve", "--port", "0", "--no-bench")
    assert ran.status == 0, ran.err
    assert replies == [b'{"status":4004,"info":"there is no such call"}']
    assert "clients post to http://127.0.0.1:" in ran.out and "platform.db" in ran.out
    assert signal.getsignal(told) is before, "who was there before is asked again"
