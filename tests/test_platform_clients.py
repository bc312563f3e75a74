"""Client programs in five languages work with nothing changed but the host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from tests.asgi_client import Client
from tests.platform_clients import CLIENTS
from tests.platform_site import COMMUNITY, MOBILE, NOW_S, Site, order, site


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One platform for all clients."""
    return site(tmp_path_factory.mktemp("clients"))


@pytest.fixture(scope="module")
def client(seeded: Site) -> Iterator[Client]:
    """Its application."""
    with seeded.client() as running:
        yield running


def fields_of(text: str) -> dict[str, str]:
    """A reply as a client reads it that knows no JSON, by commas and colons; or XML, by the root's children."""
    if text.startswith("<"):
        return {child.tag: child.text or "" for child in ElementTree.fromstring(text)}
    pairs = [pair.split(":", 1) for pair in text.strip("{}").split(",")]
    return {name.strip('"'): value.strip('"') for name, value in pairs}


@pytest.mark.parametrize("language", CLIENTS)
@pytest.mark.parametrize("hour", [0, 4, 13])
def test_every_client_orders_a_card_and_gets_its_code(seeded: Site, client: Client, language: str, hour: int) -> None:
    """At any hour of the day, for each stamps the time in its own way."""
    at_s = NOW_S + hour * 3600.0
    seeded.clock_s = at_s
    try:
        told = []
        written = CLIENTS[language](seeded.caller, "getLink", order(times=2, outInfo=f"{language}{hour}"), at_s)
        for _ in range(2):
            told.append(fields_of(client.post(written.path, content=written.body, headers=written.headers).text))
        assert told[0] == told[1] and (told[0]["status"], told[0]["info"]) == ("200", "success")
        ask = {"mobile": MOBILE, "communityNo": COMMUNITY, "cardNo": told[0]["no"], "time": "2026-11-23", "lockType": 1}
        written = CLIENTS[language](seeded.caller, "getCard", ask, at_s)
        code = fields_of(client.post(written.path, content=written.body, headers=written.headers).text)
        assert code["status"] == "200" and re.fullmatch("[A-Za-z0-9+/=]{200,}", code["baseImg"])
    finally:
        seeded.clock_s = NOW_S


@pytest.mark.parametrize("language", CLIENTS)
def test_every_client_can_read_an_error(seeded: Site, client: Client, language: str) -> None:
    """Status 200 in HTTP, the code in the body, 4003 in XML for a signature that does not hold."""
    written = CLIENTS[language](seeded.caller, "getLink", order(), NOW_S)
    path = re.sub("sig=.", "sig=0" if "sig=0" not in written.path else "sig=1", written.path)
    response = client.post(path, content=written.body, headers=written.headers)
    assert response.status_code == 200
    assert fields_of(response.text)["status"] == ("4003" if language == "java" else "403")
