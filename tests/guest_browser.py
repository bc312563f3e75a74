"""A platform's pages over HTTP on 127.0.0.1, and a headless Chromium before them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI

from simulator.platform import guest
from tests.guest_site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = "/usr/bin/chromium"
"""Debian's package."""
_QUIETLY = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address at which the guest's pages are served meanwhile."""
    app = FastAPI()
    app.include_router(guest.router(site.platform))
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_level="warning", lifespan="off"))
    sockets = [server.config.bind_socket()]
    sockets[0].listen()  # who comes before the server runs is kept waiting, not refused
    thread = threading.Thread(target=server.run, args=(sockets,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        sockets[0].close()


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium that asks nobody but the pages that it is shown."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIETLY))
        try:
            yield chromium
        finally:
            chromium.close()
