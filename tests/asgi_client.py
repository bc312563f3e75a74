"""An application asked from a test without a network, its lifespan around it; cookies are kept between requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from simulator.platform.platform import Platform

BASE_URL = "http://platform.example"


class Client:
    """What httpx's own client does, by calls that block. Several threads may ask at once."""

    def __init__(self, app: FastAPI, portal: BlockingPortal, asking: httpx.AsyncClient) -> None:
        self.app = app
        self.platform: Platform = app.state.platform
        self.cookies = asking.cookies
        self._portal = portal
        self._asking = asking

    def request(self, method: str, url: str, **options: Any) -> httpx.Response:
        """The reply to one request; `options` are those of httpx."""
        return self._portal.call(lambda: self._asking.request(method, url, **options))

    def get(self, url: str, **options: Any) -> httpx.Response:
        """The reply to a GET."""
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> httpx.Response:
        """The reply to a POST."""
        return self.request("POST", url, **options)


@contextmanager
def running(app: FastAPI) -> Iterator[Client]:
    """The application between its startup and its shutdown."""
    asking = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL)
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(app.router.lifespan_context(app)),
        portal.wrap_async_context_manager(asking),
    ):
        yield Client(app, portal, asking)
