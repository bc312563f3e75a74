"""The routes of the pages themselves, and of the scripts and styles that they are made with."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader

from simulator.bench_page.bench import Bench
from simulator.bench_page.errors import PageError
from simulator.bench_page.wish import WRITE_MAX
from simulator.lock.profile import PROFILES

PAGES = files("simulator.bench_page") / "pages"
"""Templates, scripts and styles."""
_KINDS = {".css": "text/css", ".js": "text/javascript"}
_TEMPLATES = Environment(loader=PackageLoader("simulator.bench_page", "pages"), autoescape=True)


def add_page_routes(router: APIRouter, bench: Bench) -> None:
    """Put the routes on `router`."""

    @router.get("", response_class=HTMLResponse)
    def index() -> HTMLResponse:
        found = {"locks": bench.home.locks(), "communities": bench.home.communities()}
        return _page("bench.html", models=list(PROFILES), **found)

    @router.get("/locks/{name}", response_class=HTMLResponse)
    def lock(name: str) -> HTMLResponse:
        return _page("lock.html", name=name, write_max=WRITE_MAX, desk=bench.desk_issues(name))

    @router.get("/pages/{name}")
    def asset(name: str) -> Response:
        kind = next((kind for suffix, kind in _KINDS.items() if name.endswith(suffix)), None)
        found = {each.name: each for each in PAGES.iterdir()}.get(name)
        if kind is None or found is None:
            raise PageError(404, "no such page")
        return Response(found.read_bytes(), media_type=kind)


def _page(template: str, **fields: Any) -> HTMLResponse:
    return HTMLResponse(_TEMPLATES.get_template(template).render(fields))
