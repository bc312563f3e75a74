"""The application: the API, the guest's pages, and on a bench the engineer's."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from simulator.platform import guest
from simulator.platform.background import background
from simulator.platform.platform import Platform
from simulator.platform.settings import Settings
from simulator.platform.web.account_cache import AccountCache
from simulator.platform.web.headers import SecurityHeaders
from simulator.platform.web.openapi import openapi
from simulator.platform.web.qrcode_api import QrcodeApi
from simulator.platform.web.records_api import RecordsApi
from simulator.platform.web.replays import ReadCounter


def create_app(settings: Settings, now_s: Callable[[], float] = time.time) -> FastAPI:
    """The application over the platform of these settings, which is opened now; DatabaseError.

    `app.state.platform` is the platform; it is closed when the application ends.
    """
    platform = Platform(settings, now_s)
    app = FastAPI(title="qrlock platform", docs_url=None, redoc_url=None, lifespan=_lifespan_of(platform))
    app.state.platform = platform
    app.openapi = openapi  # type: ignore[method-assign]  # the document that FastAPI hands out
    app.router.redirect_slashes = False  # it would send clients to whatever host their request names
    accounts, reads = AccountCache(platform), ReadCounter()
    app.router.routes += [
        Route("/", QrcodeApi(platform, accounts, reads), include_in_schema=False),
        Route("/Home/Records/{call}", RecordsApi(platform, accounts, reads), include_in_schema=False),
    ]
    app.add_middleware(SecurityHeaders)
    _include_pages(app, platform)
    return app


def _lifespan_of(platform: Platform) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with background(platform):
            yield
        await run_in_threadpool(platform.close)

    return lifespan


def _include_pages(app: FastAPI, platform: Platform) -> None:
    app.include_router(guest.router(platform))
    if platform.settings.bench:
        from simulator import bench_page  # it brings the camera and the readers with it
        from simulator.platform.bench_loss import loss_reporter

        app.include_router(bench_page.router(platform.settings.home, reporter=loss_reporter(platform)))
