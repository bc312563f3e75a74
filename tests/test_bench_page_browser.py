"""The bench page in a real browser, and the command line at the same lock beside it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from simulator.bench.session import opened
from simulator.home import Home
from tests.bench_page_case import COMMUNITY, NOON, Page, card, home_with_keys, png
from tests.test_bench_page_events import NOON_MIN

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --use-fake-device-for-media-stream --use-fake-ui-for-media-stream"
)
TIMEOUT_MS = 15_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with keys."""
    return home_with_keys(tmp_path)


@pytest.fixture
def address(home: Home) -> Iterator[str]:
    """A server of the page, on a port of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(Page(home).app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/bench"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.mark.skipif(not CHROMIUM.exists(), reason="chromium is not installed")
def test_an_engineer_at_the_page(home: Home, address: str, tmp_path: Path) -> None:
    """Creates a lock, holds a card before it, cuts its power, and sees what another command does."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    shown = card(home, times=2, room="402")
    picture = tmp_path / "card.png"
    picture.write_bytes(png(shown))
    troubles: list[str] = []
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS.split())
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(TIMEOUT_MS)
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))

        page.goto(address)
        for field, value in (("name", "side"), ("building", "1"), ("floor", "4"), ("room", "402")):
            page.fill(f"#{field}", value)
        page.click("#create button")
        page.wait_for_selector(".live.on")
        assert f"community {COMMUNITY}" in page.inner_text("#door")

        page.select_option("#at", "time")
        page.fill("#at-time", NOON.replace(" ", "T"))
        page.check("#keep")
        page.set_input_files("#photo", str(picture))
        page.wait_for_selector(".verdict.open >> text=OPEN")
        assert "1 of 64" in page.inner_text("#counters") and "verify" in page.inner_text("#stages")
        page.wait_for_selector("#news >> text=OPENED card 1")

        page.select_option("#cut", "torn")
        page.fill("#cut-write", "2")
        page.click("#again")
        page.wait_for_selector(".verdict.odd >> text=POWER CUT")
        assert page.locator("#flash canvas[title*='1 torn']").count() == 1

        with opened(home.lock("side")) as session:
            session.present(shown.text, 2000, NOON_MIN)
        page.wait_for_selector("#remembered td:nth-child(3) >> text=2")
        page.click("#again")
        page.wait_for_selector(".verdict.refused >> text=COUNT_EXHAUSTED")

        page.click("#webcam")
        page.wait_for_selector("#sight >> text=sight")
        page.click("#webcam")
        assert page.is_hidden("#trouble") and troubles == []

        page.fill("#clock-time", "1999-01-01T00:00")
        page.click("#clock-form button")
        page.wait_for_selector("#trouble >> text=outside")
        assert page.inner_text("#verdict") == "–"

        kept = home.lock("side").rename(tmp_path / "kept.json")
        page.wait_for_selector("#live.off >> text=gone")
        kept.rename(home.lock("side"))
        page.wait_for_selector("#live.on")
        assert page.is_hidden("#trouble")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        browser.close()
