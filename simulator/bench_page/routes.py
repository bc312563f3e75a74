"""The bench page's routes, all under /bench, each behind the guard."""

from __future__ import annotations

from collections.abc import Callable, Collection

from fastapi import APIRouter

from simulator.bench_page.bench import Bench
from simulator.bench_page.guard import guarded
from simulator.bench_page.lock_routes import add_lock_routes
from simulator.bench_page.loss import NOBODY, Reporter
from simulator.bench_page.page_routes import add_page_routes
from simulator.bench_page.picture import BYTES_MAX
from simulator.bench_page.picture_routes import add_picture_routes
from simulator.bench_page.stopping import server_stops
from simulator.home import Home

PREFIX = "/bench"
FORM_BYTES_MAX = 16 * 1024


def router(
    home: Home,
    *,
    hosts: Collection[str] = (),
    stopping: Callable[[], bool] = server_stops,
    reporter: Reporter = NOBODY,
) -> APIRouter:
    """The bench page over the locks of `home`, with the prefix /bench.

    Whoever reaches it works every lock: to be mounted only where the server listens on loopback, or where an engineer
    says so. It answers under addresses and `localhost`, and under the names in `hosts`. Streams of events end within a
    tick of `stopping`, which tells that the server is about to stop. `reporter` issues loss reports where
    the desk does not.
    """
    bench = Bench(home, reporter)
    forms = APIRouter(prefix=PREFIX, route_class=guarded(hosts, FORM_BYTES_MAX))
    pictures = APIRouter(prefix=PREFIX, route_class=guarded(hosts, BYTES_MAX))
    add_page_routes(forms, bench)
    add_lock_routes(forms, bench, stopping)
    add_picture_routes(pictures, bench)
    whole = APIRouter(include_in_schema=False)
    for part in (forms, pictures):
        whole.include_router(part)
    return whole
