"""A guest's phone: messages come to it, and its browser, a headless Chromium, is shown the platform's pages."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")
"""Debian's package."""
WIDTH, HEIGHT, PIXEL_RATIO = 390, 844, 3
"""Of a usual phone's page, and how many of the screen's pixels are one of the page's."""
TIMEOUT_S = 30.0
REFRESHED_MS = 61_000
_QUIETLY = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
_IS_ANOTHER = """before => {
    const svg = document.querySelector(".symbol svg");
    return svg !== null && svg.outerHTML !== before;
}"""


class PhoneError(Exception):
    """A message or a page that did not come."""


class Messages:
    """What an operator's gateway for SMS gets at `url`, to be read by mobile number."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/sms"
        self._came: SimpleQueue[dict[str, str]] = SimpleQueue()

    def take(self, message: dict[str, str]) -> None:
        """One more came."""
        self._came.put(message)

    def next_for(self, mobile: str) -> str:
        """The text of the next message to this number; PhoneError if none comes."""
        try:
            while True:
                message = self._came.get(timeout=TIMEOUT_S)
                if message["mobile"] == mobile:
                    return message["text"]
        except Empty:
            raise PhoneError(f"no message came within {TIMEOUT_S:.0f} s") from None


@contextmanager
def gateway() -> Iterator[Messages]:
    """Someone who takes messages over HTTP for the block."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            messages.take(json.loads(content))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Messages are in no log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Taking) as server:
        messages = Messages(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield messages
        finally:
            server.shutdown()
            thread.join()


class Phone:
    """One guest's browser; `complaints` are those of its console."""

    def __init__(self, page: Page, address: str, mobile: str, messages: Messages) -> None:
        self.complaints: list[str] = []
        self._page = page
        self._address = address
        self._mobile = mobile
        self._messages = messages
        page.set_default_timeout(1000 * TIMEOUT_S)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def log_in(self) -> int:
        """Prove the number with the code of the message; how many cards the page lists then."""
        page = self._page
        page.goto(f"{self._address}/guest")
        page.fill("#mobile", self._mobile)
        page.keyboard.press("Enter")
        page.wait_for_selector("#code")
        found = re.search(r"(?<!\d)\d{6}(?!\d)", self._messages.next_for(self._mobile))
        if found is None:
            raise PhoneError("no code in the message")
        page.fill("#code", found.group())
        page.keyboard.press("Enter")
        page.wait_for_selector(".cards")
        return page.locator(".cards .card").count()

    def open_card(self, card_no: str) -> None:
        """From the list to the page of a card, with its code."""
        self._page.goto(f"{self._address}/guest/cards")
        self._page.click(f"a[href$='/{card_no}']")
        self._page.wait_for_selector(".symbol svg")

    def await_another_code(self, change: str) -> str:
        """Let the minute pass after which the page asks for a code anew, and tell the card's state as it shows it.

        PhoneError names `change` if the code stays the same.
        """
        before = self._code()
        self._page.clock.fast_forward(REFRESHED_MS)
        try:
            self._page.wait_for_function(_IS_ANOTHER, arg=before)
        except Exception as error:
            raise PhoneError(f"{change}: the page shows the same code ({type(error).__name__})") from None
        return self._page.inner_text(".state").split("\n")[-1]  # before it stands what only a screen reader says

    def password(self) -> str:
        """The twelve digits on the card's page, which then is where they are in view."""
        self._page.locator(".password").scroll_into_view_if_needed()
        return re.sub(r"\D", "", self._page.inner_text(".password"))

    def screenshot(self, path: Path) -> None:
        """What the whole screen shows."""
        self._page.screenshot(path=path)

    def _code(self) -> str:
        return str(self._page.eval_on_selector(".symbol svg", "svg => svg.outerHTML"))


@contextmanager
def phone(address: str, mobile: str, messages: Messages) -> Iterator[Phone]:
    """A phone with a browser that has never been here; its clock is turned by hand from then on."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_QUIETLY.split())
        try:
            context = chromium.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=PIXEL_RATIO, is_mobile=True
            )
            page = context.new_page()
            page.clock.install()
            yield Phone(page, address, mobile, messages)
        finally:
            chromium.close()
