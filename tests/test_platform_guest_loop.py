"""From an order to the guest's screen, through the application as it is served."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simulator.platform import background
from simulator.platform.guest import sessions
from simulator.platform.guest.sessions import Scope
from tests import platform_site
from tests.asgi_client import BASE_URL, Client
from tests.platform_site import COMMUNITY, MOBILE

SVG = re.compile("<svg.*?</svg>", re.DOTALL)
FORM = {"Origin": BASE_URL, "Content-Type": "application/x-www-form-urlencoded"}


def message(client: Client, folder: Path, number: int) -> str:
    """The text of message `number`, as a bench has it, once the application has sent it."""
    path = folder / "home" / "outbox" / f"{number:09d}.txt"
    for _ in range(10_000):
        if path.exists():
            return path.read_text(encoding="utf-8")
        client.get("/guest/static/none")
    raise AssertionError("no message came")


def test_an_order_is_told_and_its_code_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """getLink with sendSms: the guest is told, logs in by the code from the outbox, and has the card's code."""
    monkeypatch.setattr(background, "PAUSE_S", 0.001)
    site = platform_site.site(tmp_path, requests_per_min=10**6, public_url="https://cards.example")
    with site.client() as client:
        ordered = platform_site.call(client, site.caller, "getLink", platform_site.order(sendSms=1)).json()
        told = message(client, tmp_path, 1)
        assert f"community {COMMUNITY}" in told and told.endswith("https://cards.example/guest\n")
        number = {"areaCode": "86", "mobile": MOBILE}
        page = client.post("/guest/code", data=number, headers=FORM)
        ticket = re.findall(r'name="ticket" value="(\w+)"', page.text)[0]
        code = re.findall(r"\d{6}", message(client, tmp_path, 2))[0]
        entered = client.post("/guest/login", data={**number, "ticket": ticket, "code": code}, headers=FORM)
        assert entered.headers["location"] == "/guest/cards"
        shown = client.get(f"/guest/cards/{ordered['cardNo']}")
        assert "<svg" in shown.text and "401G" in shown.text
        assert (
            shown.headers["referrer-policy"] == "same-origin"
            and "script-src" in shown.headers["content-security-policy"]
        )
        assert "/guest" not in str(client.get("/openapi.json").text)


def test_a_test_accounts_card_is_told_to_nobody(tmp_path: Path) -> None:
    """The order is carried out all the same."""
    site = platform_site.site(tmp_path)
    with site.client() as client:
        ordered = platform_site.call(client, site.tester, "getLink", platform_site.order(sendSms=1)).json()
    assert ordered["status"] == 200
    assert not (tmp_path / "home" / "outbox").exists()


def test_a_loss_report_shows_the_same_card_with_a_new_code(tmp_path: Path) -> None:
    """The guest who has a link sees the report on the next renewal; an older card of the room is overtaken."""
    site = platform_site.site(tmp_path)
    with site.client() as client:
        older, lost = (
            platform_site.call(client, site.caller, "getLink", platform_site.order(outInfo=name)).json()["cardNo"]
            for name in ("older", "lost")
        )
        client.cookies.set("qrlock-guest", log_in(client))
        before = client.get(f"/guest/cards/{lost}/code")
        report = platform_site.call(client, site.caller, "reportLost", {"cardNo": lost, "wholeRoom": 1})
        after, overtaken = client.get(f"/guest/cards/{lost}/code"), client.get(f"/guest/cards/{older}/code")
    assert report.json()["status"] == 200
    assert [page.headers["x-state"] for page in (before, after, overtaken)] == ["valid", "loss_report", "overtaken"]
    assert SVG.findall(before.text) != SVG.findall(after.text)


def log_in(client: Client) -> str:
    """A session's token of MOBILE."""
    token = sessions.new_token()
    scope, now_s = Scope("86", MOBILE), client.platform.now_s()
    client.platform.write(lambda connection: sessions.start(connection, token, scope, now_s)).result()
    return token
