"""The routes that make, show and work locks: small JSON in, JSON out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from lockcore import address
from lockcore.grant import SERIAL_MAX
from simulator.bench_page.bench import Bench, Fields
from simulator.bench_page.events import lock_events
from simulator.bench_page.view import lock_path, view
from simulator.bench_page.wish import Wish, asked

Text = Annotated[str, Field(min_length=1, max_length=64)]
Wished = Annotated[Wish, Depends(asked)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NewLock(_Body):
    """A lock to be made; without a community, the only one here."""

    name: Text
    model: Text
    building: Text
    floor: Text
    room: Text
    community: Annotated[str, Field(max_length=11)] = ""


class ClockTime(_Body):
    """What the lock's clock is to read, like "2026-11-23 14:00"."""

    time: Text


class Keys(_Body):
    """Keys in the order in which they are pressed: digits, and * to begin anew."""

    keys: Text


class LossReport(_Body):
    """What was lost: every earlier card of the room, or with a serial earlier revisions of that card."""

    serial: Annotated[int, Field(ge=1, le=SERIAL_MAX)] | None = None


class Nothing(_Body):
    """No field."""


def add_lock_routes(router: APIRouter, bench: Bench, stopping: Callable[[], bool]) -> None:
    """Put the routes on `router`; `stopping` ends the streams of events."""

    @router.get("/locks")
    def locks() -> Any:
        return {"locks": bench.home.locks(), "communities": [str(each) for each in bench.home.communities()]}

    @router.post("/locks", status_code=201)
    def create(new: NewLock) -> Fields:
        place = new.building, new.floor, new.room
        number = address.community(new.community) if new.community else None
        return bench.create(new.name, new.model, place, number)

    @router.get("/locks/{name}/state")
    def state(name: str) -> Fields:
        return view(lock_path(bench.home, name))

    @router.get("/locks/{name}/events")
    async def events(name: str, request: Request) -> StreamingResponse:
        path = lock_path(bench.home, name)
        told = lock_events(path, _over(request, stopping))
        return StreamingResponse(told, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    _add_buttons(router, bench)


def _add_buttons(router: APIRouter, bench: Bench) -> None:
    @router.post("/locks/{name}/clock")
    def set_clock(name: str, body: ClockTime, wish: Wished) -> Fields:
        return bench.set_clock(name, body.time, wish.at)

    @router.post("/locks/{name}/keys")
    def press(name: str, body: Keys, wish: Wished) -> Fields:
        return bench.press(name, body.keys, wish.at)

    @router.post("/locks/{name}/collect")
    def collect(name: str, body: Nothing, wish: Wished) -> Fields:
        del body
        return bench.collect(name, wish.at)

    @router.post("/locks/{name}/loss")
    def report_loss(name: str, body: LossReport, wish: Wished) -> Fields:
        return bench.report_loss(name, body.serial, wish)


def _over(request: Request, stopping: Callable[[], bool]) -> Callable[[], Awaitable[bool]]:
    async def over() -> bool:
        return stopping() or await request.is_disconnected()

    return over
