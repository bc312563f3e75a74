"""The guest's pages in a real browser: by keyboard alone, in both languages, and what a lock's reader sees of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from lockcore import decode
from simulator.platform.data.cards import Card
from simulator.platform.guest import sessions
from simulator.platform.guest.cookies import session_name
from simulator.platform.guest.sessions import Scope
from simulator.readers import make_reader
from tests.guest_browser import CHROMIUM, browser, served
from tests.guest_site import MOBILE, NUMBER, Site, open_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no Chromium at {CHROMIUM}: apt install chromium")
PHONE: Any = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests here."""
    with browser() as found:
        yield found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A platform without cards."""
    site = open_site(tmp_path / "home", requests_per_min=10_000)
    yield site
    site.platform.close()


class Screen:
    """A phone before the pages; `complaints` are the console's, violations of the policy among them."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def tab_to(self, selector: str) -> None:
        """Press Tab until this has the focus; a page of fewer stops than 30 has it somewhere."""
        for _ in range(30):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab does not lead to {selector}")

    def grey(self) -> Any:
        """What the screen shows, (h, w) uint8."""
        return cv2.imdecode(np.frombuffer(self.page.screenshot(), np.uint8), cv2.IMREAD_GRAYSCALE)

    def text(self) -> str:
        """What the project's reader reads from the screen."""
        (found,) = make_reader("qrlock").read(self.grey())
        return found.text


def code_in(site: Site) -> str:
    """The code of the newest message."""
    return "".join(re.findall(r"\d{6}", site.outbox()[-1]["text"]))


def log_in(screen: Screen, site: Site) -> None:
    """With the keyboard alone, from the first page to the list of cards."""
    screen.page.goto(f"{screen.address}/guest")
    screen.tab_to("#mobile")
    screen.page.keyboard.type(MOBILE)
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_selector("#code:focus")
    screen.page.keyboard.type(code_in(site))
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_selector(".cards")


def open_card(screen: Screen, site: Site, card: Card) -> None:
    """The page of a card, in a session that is there already."""
    token = sessions.new_token()
    scope, now_s = Scope(card.area_code, card.mobile), site.platform.now_s()
    site.platform.write(lambda connection: sessions.start(connection, token, scope, now_s)).result()
    screen.page.context.add_cookies([{"name": session_name(False), "value": token, "url": screen.address + "/guest"}])
    screen.page.goto(f"{screen.address}/guest/cards/{card.card_no}")


@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "light"), ("zh-CN", "dark")])
def test_a_guest_comes_to_a_code_that_a_lock_reads_by_keyboard_alone(
    chromium: Browser, site: Site, locale: str, scheme: Any
) -> None:
    """In both languages, light and dark; the browser complains of nothing."""
    card = site.add_card()
    with served(site) as address:
        context = chromium.new_context(viewport=PHONE, device_scale_factor=2, locale=locale, color_scheme=scheme)
        screen = Screen(context, address)
        log_in(screen, site)
        screen.tab_to(".card a")
        screen.page.keyboard.press("Enter")
        screen.page.wait_for_selector(".symbol svg")
        grant = decode(screen.text(), site.lock_keys()).grant
        assert screen.page.evaluate("document.documentElement.lang") == {"e": "en", "z": "zh-CN"}[locale[0]]
        screen.tab_to("header button")
        screen.page.keyboard.press("Enter")
        screen.page.wait_for_selector("#mobile")
        context.close()
    assert (
        grant == card.grant(NUMBER, grant.cut_off_min)
        and grant.cut_off_min == site.platform.civil_min(site.community) + 10
    )
    assert screen.complaints == []


def test_the_code_is_large_and_nothing_is_cut_off(chromium: Browser, site: Site) -> None:
    """With its quiet zone nine tenths of a phone's width or more, each module the same whole number of pixels."""
    card = site.add_card()
    with served(site) as address:
        context = chromium.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)
        screen = Screen(context, address)
        open_card(screen, site, card)
        for width in (320, 360, 390):
            screen.page.set_viewport_size({"width": width, "height": 640})
            screen.page.wait_for_function(f"document.querySelector('.symbol').clientWidth === {width}")
            check_size(screen, width)
        context.close()
    assert screen.complaints == []


def check_size(screen: Screen, width: int) -> None:
    """The symbol on a phone of this width with two pixels to one of its page's."""
    box = screen.page.locator(".symbol svg").bounding_box()
    assert box is not None
    modules = screen.page.evaluate("document.querySelector('.symbol svg').viewBox.baseVal.width")
    assert box["width"] >= 0.9 * width and (box["width"] * 2) % modules == 0
    row = screen.grey()[int((box["y"] + box["height"] / 2) * 2), int(box["x"] * 2) : int((box["x"] + box["width"]) * 2)]
    assert set(np.unique(row).tolist()) == {0, 255}
    assert screen.page.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_renews_its_code_and_buries_a_dead_one(chromium: Browser, site: Site) -> None:
    """Each minute another; without a network the page says so, and after ten minutes no code is left."""
    card = site.add_card()
    with served(site) as address:
        context = chromium.new_context(viewport=PHONE, device_scale_factor=2, locale="en")
        screen = Screen(context, address)
        screen.page.clock.install()
        open_card(screen, site, card)
        first = screen.text()
        site.clock.now_s += 60
        with screen.page.expect_response("**/code"):
            screen.page.clock.run_for(61_000)
        screen.page.wait_for_function("document.querySelector('.until').textContent.includes('12:11')")
        second = screen.text()
        assert decode(first, site.lock_keys()).grant.cut_off_min != decode(second, site.lock_keys()).grant.cut_off_min
        context.set_offline(True)
        screen.page.clock.run_for(61_000)
        screen.page.wait_for_selector("#trouble:not([hidden])")
        assert "It works until 12:11." in screen.page.inner_text("#trouble")
        assert screen.page.locator(".symbol").count() == 1
        screen.page.clock.run_for(9 * 60_000)
        assert screen.page.locator(".symbol").count() == 0
        assert "This code has ended" in screen.page.inner_text("#trouble")
        context.close()


def test_without_script_the_code_is_there_and_renews_itself(chromium: Browser, site: Site) -> None:
    """By the page's own means."""
    card = site.add_card()
    with served(site) as address:
        context = chromium.new_context(viewport=PHONE, device_scale_factor=2, java_script_enabled=False)
        screen = Screen(context, address)
        open_card(screen, site, card)
        assert decode(screen.text(), site.lock_keys()).grant.serial == card.serial
        assert screen.page.locator("meta[http-equiv=refresh]").get_attribute("content") == "60"
        context.close()
