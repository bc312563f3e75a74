"""The application: the API, the guest's pages, and on a bench the engineer's."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from simulator.platform.platform import Platform
from simulator.platform.settings import Settings
from simulator.platform.web.account_cache import AccountCache
from simulator.platform.web.headers import SecurityHeaders
from simulator.platform.web.qrcode_api import QrcodeApi
from simulator.platform.web.replays import ReadCounter


def create_app(settings: Settings, now_s: Callable[[], float] = time.time) -> FastAPI:
    """The application over the platform of these settings, which is opened now; DatabaseError.

    `app.state.platform` is the platform; it is closed when the application ends.
    """
    platform = Platform(settings, now_s)
    app = FastAPI(title="qrlock platform", docs_url=None, redoc_url=None, lifespan=_lifespan_of(platform))
    app.state.platform = platform
    accounts, reads = AccountCache(platform), ReadCounter()
    app.router.routes.append(Route("/", QrcodeApi(platform, accounts, reads), include_in_schema=False))
    app.add_middleware(SecurityHeaders)
    _include_pages(app, platform)
    return app


def _lifespan_of(platform: Platform) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(platform.close)

    return lifespan


def _include_pages(app: FastAPI, platform: Platform) -> None:
    if (guest := _package("simulator.platform.guest")) is not None:
        app.include_router(guest.router(platform))
    if platform.settings.bench and (bench := _package("simulator.bench_page")) is not None:
        app.include_router(bench.router(platform.settings.home))


def _package(name: str) -> Any:
    """The package, if it has pages to include."""
    found = import_module(name) if find_spec(name) else None
    return found if hasattr(found, "router") else None
