"""The measuring tools of the platform's bars: what they count as acknowledged, as lost, and as a gap."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import platform_loop
from benchmarks.line import Verdict
from benchmarks.platform_kept import Kept
from benchmarks.platform_load import fsync_ms, serials_line
from benchmarks.platform_load_client import Done, Job, requests, run

JOB = Job(
    port=0, seconds=0.0, clients=3, callers=[("a" * 32, "b" * 30), ("c" * 32, "d" * 30)], community=1000000001,
    rooms=[("1", "4", "401"), ("1", "5", "501")], now_s=1_795_752_000.0, first=7,
)  # fmt: skip


def reply(**fields: object) -> bytes:
    """A reply as the platform gives it."""
    body = json.dumps(fields).encode()
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def asked_of(*replies: list[bytes]) -> Done:
    """What clients are told that each order one card; each reply comes in pieces, one of none is a lost connection."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]))
        for piece in waiting.pop():
            writer.write(piece)
            await writer.drain()
        writer.close()

    async def both() -> Done:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await run(replace(JOB, port=port, clients=len(replies)))

    waiting = list(replies)
    return asyncio.run(both())


def test_orders_differ_in_signature_and_guest() -> None:
    """Of a thousand no two have the same; sent again, each is the same to the byte."""
    orders = list(islice(requests(JOB), 1000))
    assert len({order.target for order in orders}) == len({order.body for order in orders}) == 1000
    assert orders == list(islice(requests(JOB), 1000))
    later = islice(requests(replace(JOB, first=1007)), 100)
    assert {order.target for order in later}.isdisjoint(order.target for order in orders)


def test_replies_are_counted_by_what_they_say(capsys: pytest.CaptureFixture[str]) -> None:
    """A card, though its reply comes in pieces; a refusal; and an order that was never answered."""
    good = reply(status=200, info="success", cardNo="A" * 16)
    done = asked_of([good[:30], good[30:]], [reply(status=5003, info="the database does not answer")], [])
    assert done.cards == ["A" * 16] and len(done.latencies_ms) == 2
    assert done.failed == ["HTTP/1.1 200 5003 the database does not answer"]
    (unanswered,) = done.unanswered
    assert "getLink" in unanswered["target"] and "Authorization" in unanswered["headers"]
    assert capsys.readouterr().out == "begun\n"


@pytest.mark.parametrize(
    ("acknowledged", "card_nos", "serials", "sound", "holds"),
    [
        (["A", "B"], "AB", [1, 2], "ok", True),
        (["A", "B"], "A", [1], "ok", False),
        (["A", "A"], "A", [1], "ok", False),
        (["A"], "AB", [1, 2], "ok", False),
        (["A", "B"], "AB", [1, 3], "ok", False),
        (["A", "B"], "AB", [2, 3], "ok", False),
        (["A", "B"], "AB", [1, 2], "row 1 missing from index", False),
    ],
)
def test_all_that_was_acknowledged_has_to_be_there(
    acknowledged: list[str], card_nos: str, serials: list[int], sound: str, holds: bool
) -> None:
    """One lost, one twice, one that nobody was told of, a gap, a late beginning, a damaged file: none of them holds."""
    line = serials_line("SQLite", Kept(frozenset(card_nos), serials, sound), acknowledged)
    assert (line.verdict is Verdict.HOLDS) is holds


def test_an_fsync_is_timed_each_by_itself(tmp_path: Path) -> None:
    """And all that was written is there."""
    assert len(fsync_ms(tmp_path / "file", 3)) == 3
    assert (tmp_path / "file").stat().st_size == 3 * 4096


def test_the_folder_of_screenshots_is_where_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder that the variable names, each kind of run by itself; else where the caller says."""
    monkeypatch.setenv(platform_loop.KEEP_VARIABLE, str(tmp_path))
    assert platform_loop.kept_in("test") == tmp_path / "platform-loop" / "test"
    monkeypatch.delenv(platform_loop.KEEP_VARIABLE)
    assert platform_loop.kept_in("test", tmp_path) == tmp_path
