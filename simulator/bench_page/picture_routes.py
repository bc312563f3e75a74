"""The routes that take pictures: a photo, and frames of a browser's camera, as the body of a POST."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from simulator.bench_page.bench import Bench, Fields
from simulator.bench_page.lock_routes import Wished
from simulator.bench_page.picture import Grey, grey_of
from simulator.bench_page.view import lock_path
from simulator.bench_page.webcam import IDLE_S, Webcam
from simulator.bench_page.wish import Wish
from simulator.stopwatch import Stopwatch

Show = Callable[[str, Grey, float, Wish], Fields]


def add_picture_routes(router: APIRouter, bench: Bench) -> None:
    """Put the routes on `router`, whose routes hold bodies to their limit."""

    @router.post("/locks/{name}/photo")
    async def photo(name: str, request: Request, wish: Wished) -> Fields:
        return await run_in_threadpool(_shown, name, await request.body(), wish, bench.photo)

    @router.post("/locks/{name}/frame")
    async def frame(name: str, request: Request, wish: Wished) -> Fields:
        told = await run_in_threadpool(_shown, name, await request.body(), wish, bench.frame)
        _let_go_later(bench.webcams.of(lock_path(bench.home, name)))
        return told

    @router.post("/locks/{name}/frame/end")
    def end(name: str) -> Fields:
        bench.webcams.release(lock_path(bench.home, name))
        return {}


def _shown(name: str, data: bytes, wish: Wish, show: Show) -> Fields:
    watch = Stopwatch()
    with watch.stage("unpack"):
        image = grey_of(data)
    return show(name, image, watch.stages_ms["unpack"], wish)


def _let_go_later(webcam: Webcam) -> None:
    """A browser that is closed says nothing: the lock is let go when no frame has come for a while."""
    loop = asyncio.get_running_loop()
    loop.call_later(IDLE_S, loop.run_in_executor, None, webcam.end_if_idle)
