"""HTTP around the calls: 200 whatever comes of it, no body too large or too slow, no error that says too much."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from sqlalchemy.exc import OperationalError

from simulator.platform.calls import get_link, get_room_card_info
from simulator.platform.calls.table import QRCODE_CALLS
from simulator.platform.web import request_body
from simulator.platform.web.server import WithoutQuery
from tests.asgi_client import Client
from tests.platform_site import COMMUNITY, NOW_S, Caller, Site, batch_of, call, order, signed, site

KIB = 1024
_JSON = r'^\{("error":0,)?"status":[0-9]+,"info":"[^,:"]+"[,}]'
SHAPES = {
    "application/json": _JSON,
    "application/xml": r"<Response>(<error>0</error>)?<status>[0-9]+</status><info>[^,:<]+</info>",
    "application/x-www-form-urlencoded": _JSON,
}
"""What each reply begins with."""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One platform for all tests here."""
    return site(tmp_path_factory.mktemp("http"))


@pytest.fixture(scope="module")
def client(seeded: Site) -> Iterator[Client]:
    """Its application."""
    with seeded.client() as running:
        yield running


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/?c=Qrcode&a=getLink", "/Home/Records/queryByRoom"])
def test_any_method_but_post_is_no_call(client: Client, method: str, path: str) -> None:
    """Told in the protocol's own form."""
    response = client.request(method, path)
    assert response.status_code == 200 and response.json() == {"status": 4004, "info": "there is no such call"}


@pytest.mark.parametrize(
    "query",
    ["", "?", "?c=Qrcode", "?a=getLink", "?c=qrcode&a=getLink", "?c=Qrcode&a=getlink", "?c=Qrcode&a=",
     "?c=Qrcode&a=%00",
     "?c=Qrcode&a=__class__", "?" + "&".join(f"x{n}=1" for n in range(100)),
     "?c=Qrcode&a=%ff%fe", "?c[]=Qrcode&a=getLink"],
)  # fmt: skip
def test_what_names_no_call_is_no_call(client: Client, query: str) -> None:
    """In JSON and in XML, and under the records' path."""
    assert client.post(f"/{query}", content=b"{}").json()["status"] == 4004
    response = client.post(f"/{query}", headers={"Accept": "application/xml"})
    assert b"<Response><status>4004</status><info>there is no such call</info></Response>" in response.content
    assert client.post("/Home/Records/nothing", content=b"x").json()["status"] == 4004


@pytest.mark.parametrize(
    ("query", "status", "name"),
    [
        ("c=Qrcode&a=getLink&a=cancelCard", 4004, "a"),
        ("c=Qrcode&c=Other&a=getLink", 4004, "c"),
        ("c=Qrcode&a=getLink&sig=1&%73ig=2", 403, "sig"),
        ("c=Qrcode&a=getLink&sig=1&sig=1", 403, "sig"),
    ],
)
def test_what_counts_is_there_once(client: Client, query: str, status: int, name: str) -> None:
    """A proxy that lets some calls through may look at the other of two."""
    told = {"status": status, "info": f"{name} is there twice in the query"}
    assert client.post(f"/?{query}", content=b"{}").json() == told
    for twice in ("sig=1&sig=2", "accountSid=1&accountSid=1"):
        assert client.post(f"/Home/Records/queryByRoom?{twice}", content=b"a=1").json()["status"] == 403


def test_every_reply_has_headers_that_keep_it_to_itself(client: Client) -> None:
    """Nobody keeps it, frames it or guesses its type."""
    headers = client.post("/").headers
    assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'") and "server" not in headers
    assert client.get("/docs").status_code == 404


def test_a_body_that_is_too_large_is_told_and_not_kept(seeded: Site, client: Client) -> None:
    """Ten megabytes go by in pieces; a body of just the limit is read."""
    sig, headers = signed(seeded.caller, batch_of(NOW_S))

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(160):
            yield b"x" * 64 * KIB

    tracemalloc.start()
    try:
        response = client.post(f"/?c=Qrcode&a=getLink&sig={sig}", content=pieces(), headers=headers)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert response.json() == {"status": 4001, "info": "the body is larger than 65536 bytes"}
    assert peak_bytes < 2 * 1024 * KIB
    just = json.dumps(order(outInfo="atlimit")).encode().ljust(64 * KIB)
    assert client.post(f"/?c=Qrcode&a=getLink&sig={sig}", content=just, headers=headers).json()["status"] == 200
    assert client.post(f"/?c=Qrcode&a=getLink&sig={sig}", content=just + b" ", headers=headers).json()["status"] == 4001


def test_a_body_is_read_to_the_end_only_so_far() -> None:
    """Whoever sends without end is answered, and not listened to."""
    given_ = 0

    async def receive() -> dict[str, Any]:
        nonlocal given_
        given_ += 1
        return {"type": "http.request", "body": b"x" * 1024 * KIB, "more_body": True}

    with pytest.raises(Exception, match="larger"):
        asyncio.run(request_body.read_body(receive, 10))
    assert given_ == 17


def test_a_body_that_does_not_come_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client has some seconds."""
    monkeypatch.setattr(request_body, "READ_S", 0)

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(Exception, match="too slowly"):
        asyncio.run(request_body.read_body(receive, 10))


def test_an_error_that_nobody_foresaw_is_told_without_its_text(
    seeded: Site, client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Its type is in the log; what it said may hold anything."""

    def broken(*_: object) -> Any:
        raise RuntimeError("13800138000")

    for name, module in (("getLink", get_link), ("getRoomCardInfo", get_room_card_info)):
        monkeypatch.setitem(QRCODE_CALLS, name, module.CALL._replace(carry_out=broken))
    with caplog.at_level(logging.INFO):
        for name, given_ in (("getLink", order()), ("getRoomCardInfo", {"communityNo": 1, "cardString": "31"})):
            response = call(client, seeded.caller, name, given_)
            assert response.status_code == 200 and response.json()["status"] == 5003
    assert "RuntimeError" in caplog.text and "13800138000" not in caplog.text


def test_a_database_that_does_not_answer_is_told_as_busy(
    seeded: Site, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was changed."""

    def broken(*_: object) -> Any:
        raise OperationalError("SELECT 13800138000", {}, Exception("no"))

    monkeypatch.setitem(QRCODE_CALLS, "getLink", get_link.CALL._replace(carry_out=broken))
    told = call(client, seeded.caller, "getLink", order(outInfo="busy")).json()
    assert told["status"] == 5003 and "13800138000" not in told["info"]


def test_nothing_secret_is_logged(seeded: Site, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Neither token, signature, mobile nor card, at any level of the platform's own log."""
    with caplog.at_level(logging.DEBUG, logger="simulator"):
        caller = Caller(client, seeded.caller)
        no = caller.ordered(mobile="13912345678")["no"]
        caller.ordered(mobile="13912345678", roomNo="x-x")
        caller.told("getCard", mobile="13912345678", communityNo=COMMUNITY, cardNo=no)
    own = "".join(record.getMessage() for record in caplog.records if record.name.startswith("simulator"))
    assert "13912345678" not in own and seeded.caller.token not in own


def test_the_access_log_has_no_query() -> None:
    """Signatures and links are in it."""
    arguments = ("127.0.0.1:1", "POST", "/?c=Qrcode&a=getLink&sig=SECRET", "1.1", 200)
    record = logging.LogRecord("uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d', arguments, None)
    assert WithoutQuery().filter(record)
    assert record.getMessage() == '127.0.0.1:1 - "POST / HTTP/1.1" 200'


def test_the_openapi_document_describes_what_is_there(client: Client) -> None:
    """Every call, with the parameters of its table."""
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) == {"/", "/Home/Records/queryByRoom", "/Home/Records/fetchRoomInfo"}
    post = document["paths"]["/"]["post"]
    (call_names,) = (field["schema"]["enum"] for field in post["parameters"] if field["name"] == "a")
    assert call_names == list(QRCODE_CALLS)
    assert set(post["requestBody"]["content"]) == {"application/json", "application/xml"}
    titles = {
        schema["title"]: schema for schema in post["requestBody"]["content"]["application/json"]["schema"]["anyOf"]
    }
    assert titles["getLink"]["required"] == ["mobile", "communityNo"]
    assert set(titles["getLink"]["properties"]) == {parameter.name for parameter in get_link.PARAMETERS}


@pytest.mark.long
def test_whatever_the_document_allows_is_answered_as_it_says(seeded: Site, client: Client) -> None:
    """Cases that schemathesis makes of it, the API's signed; the bench runs many more."""
    sig, signature = signed(seeded.caller, batch_of(NOW_S))
    schema = schemathesis.openapi.from_dict(client.get("/openapi.json").json())
    for operation in (cast(Any, result).ok() for result in schema.get_all_operations()):

        @given(case=operation.as_strategy())
        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def answered(case: Any) -> None:
            options = case.as_transport_kwargs(base_url="http://platform.example")
            options.pop("cookies", None)
            if isinstance(options.get("data"), bytes | str):  # XML: requests calls content so
                options["content"] = options.pop("data")
            headers = {**options.pop("headers"), **signature, "Accept": case.media_type}
            params = {**(options.pop("params") or {}), "sig": sig}
            response = client.request(
                options.pop("method"), options.pop("url"), params=params, headers=headers, **options
            )
            assert response.status_code == 200
            assert re.search(SHAPES[case.media_type], response.text), response.text

        answered()
