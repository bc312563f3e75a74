"""Links of `/apiLogin`: who can make one, what it opens, and when it ends."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, select

from simulator.home import Home
from simulator.platform.data import accounts, communities
from simulator.platform.data.tables import SESSIONS, USED_LINKS
from simulator.platform.guest import link_key
from simulator.platform.guest.api_link import TIME_TOLERANCE_S, ciphertext_of, decipher, link_of
from simulator.platform.guest.link_page import OPENINGS_MAX
from tests.guest_site import AREA_CODE, MOBILE, NUMBER, OTHER_MOBILE, Site, open_site
from tests.guest_visitor import Visitor, visitor

PKCS, OAEP = padding.PKCS1v15(), padding.OAEP(padding.MGF1(SHA1()), SHA1(), None)
Padding = padding.PKCS1v15 | padding.OAEP


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    """A key pair, made once."""
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def site(tmp_path: Path, key: RSAPrivateKey, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A platform with that key and one card of MOBILE."""
    monkeypatch.setattr(link_key, "generate_private_key", lambda *_: key)
    site = open_site(tmp_path / "home", requests_per_min=10_000)
    site.add_card()
    yield site
    site.platform.close()


@pytest.fixture
def guest(site: Site) -> Iterator[Visitor]:
    """A browser at that platform."""
    with visitor(site) as found:
        yield found


def fields(site: Site, **changes: str) -> dict[str, str]:
    """What a link says."""
    given = {
        "communityNo": str(NUMBER), "id": site.account.sid, "token": site.account.token, "mobile": MOBILE,
        "areaCode": AREA_CODE, "time": str(site.platform.now_s()), "cardNo": "", "cardType": "0",
    }  # fmt: skip
    return given | changes


@cache
def public_key(home: Home) -> RSAPublicKey:
    """What the platform tells developers."""
    found = load_pem_public_key(link_key.public_pem(home).encode())
    assert isinstance(found, RSAPublicKey)
    return found


def enciphered(site: Site, plain: bytes, by: Padding = PKCS) -> bytes:
    """As a developer's program does it, with the public key."""
    return public_key(site.platform.settings.home).encrypt(plain, by)


def link(site: Site, **changes: str) -> str:
    """A link's path."""
    return path_of(enciphered(site, urlencode(fields(site, **changes)).encode()))


def path_of(ciphertext: bytes, path: str = "/apiLogin") -> str:
    """A link's path, of bytes."""
    return f"{path}?data={quote(base64.b64encode(ciphertext).decode(), safe='')}"


@pytest.mark.parametrize("by", [PKCS, OAEP], ids=["pkcs1", "oaep"])
@pytest.mark.parametrize("path", ["/apiLogin", "/apiLogin/"])
def test_a_link_opens_the_cards(guest: Visitor, by: Padding, path: str) -> None:
    """Under either padding and either path; what the link held is not in the next address."""
    answer = guest.get(path_of(enciphered(guest.site, urlencode(fields(guest.site)).encode(), by), path))
    assert (answer.status_code, answer.headers["location"]) == (303, "/guest/cards")
    assert answer.headers["referrer-policy"] == "no-referrer" and answer.headers["cache-control"] == "no-store"
    assert "Room 401G" in guest.get("/guest/cards").text


def test_a_link_for_one_card_opens_that_card_alone(guest: Visitor) -> None:
    """Another of the same mobile is not there."""
    mine, other = guest.site.add_card(), guest.site.add_card()
    answer = guest.get(link(guest.site, cardNo=mine.card_no))
    assert answer.headers["location"] == f"/guest/cards/{mine.card_no}"
    assert guest.get(answer.headers["location"]).status_code == 200
    assert guest.get(f"/guest/cards/{other.card_no}").status_code == 404
    assert guest.get(f"/guest/cards/{other.card_no}/code").status_code == 404
    assert guest.get("/guest/cards").text.count('class="card ') == 1


def test_a_link_opens_one_community_alone(guest: Visitor) -> None:
    """The mobile's cards elsewhere are another developer's to show; and nobody else's cards are shown at all."""
    site = guest.site
    elsewhere = site.platform.write(lambda c: communities.add_community(c, 2, "Elsewhere", now_s=0)).result()
    hidden = [site.add_card(community_id=elsewhere.id, room_id=None), site.add_card(mobile=OTHER_MOBILE)]
    guest.get(link(site))
    assert guest.get("/guest/cards").text.count('class="card ') == 1
    assert {guest.get(f"/guest/cards/{card.card_no}").status_code for card in hidden} == {404}
    guest.get(link(site, cardNo=hidden[1].card_no))
    assert guest.get(f"/guest/cards/{hidden[1].card_no}").status_code == 404


def test_an_older_clients_names_are_read(guest: Visitor) -> None:
    """`no` for the community, no area code, a time in milliseconds, and a "+" in the area code."""
    site = guest.site
    old = fields(site, no=str(NUMBER), time=f"{site.platform.now_s()}000")
    del old["communityNo"], old["areaCode"], old["cardNo"], old["cardType"]
    for plain in (urlencode(old), urlencode(fields(site)).replace("areaCode=86", "areaCode=+86")):
        assert guest.get(path_of(enciphered(site, plain.encode()))).status_code == 303


def test_base64_is_read_as_it_arrives(guest: Visitor) -> None:
    """A "+" that became a blank, the alphabet of URLs, no "=" at the end."""
    site = guest.site
    for _ in range(3):
        text = base64.b64encode(enciphered(site, urlencode(fields(site)).encode())).decode()
        for arrived in (text, text.replace("+", "-").replace("/", "_"), text.rstrip("=")):
            assert guest.get(f"/apiLogin?data={arrived}").status_code == 303


@given(st.binary(min_size=256, max_size=256))
def test_any_256_bytes_come_through_base64(ciphertext: bytes) -> None:
    """In both alphabets, with and without padding."""
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        text = encode(ciphertext).decode()
        lines = "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76)) + "\r\n"
        for arrived in (text, lines, text.rstrip("="), text.replace("+", " ")):
            assert ciphertext_of(arrived) == ciphertext


@given(st.text(max_size=600))
def test_any_text_is_256_bytes(text: str) -> None:
    """Whatever it was, the same work follows."""
    assert len(ciphertext_of(text)) == 256


@given(st.binary(max_size=200))
def test_any_bytes_are_a_link_or_none(plain: bytes) -> None:
    """What padding oracles look for is never told: nothing raises."""
    found = link_of(plain)
    assert found is None or repr(found) == "Link()"


def test_a_wrong_padding_deciphers_to_nothing_that_is_a_link(site: Site, key: RSAPrivateKey) -> None:
    """Under another hash, or none at all."""
    plain = urlencode(fields(site)).encode()[:150]
    other = enciphered(site, plain, padding.OAEP(padding.MGF1(SHA256()), SHA256(), None))
    for ciphertext in (other, bytes(256), b"\xff" * 256, b"\x01" * 256):
        assert link_of(decipher(key, ciphertext)) is None


WRONG = [
    {"token": "0" * 30}, {"token": ""}, {"token": "ü"}, {"id": "0" * 32}, {"id": ""}, {"id": "' OR 1=1 --"},
    {"id": "\0"}, {"communityNo": "2"}, {"communityNo": ""}, {"communityNo": "x"}, {"mobile": ""},
    {"mobile": "' OR 1=1"}, {"time": ""}, {"time": "20261327120000"}, {"time": "-1"}, {"cardNo": "../x"},
]  # fmt: skip


def test_what_is_wrong_in_a_link_is_told_to_nobody(guest: Visitor) -> None:
    """One page for all, and no session."""
    for changes in WRONG:
        refused(guest, link(guest.site, **changes))


def refused(guest: Visitor, path: str) -> None:
    """The one page of a link that does not open."""
    answer = guest.get(path)
    assert (answer.status_code, answer.headers["referrer-policy"]) == (403, "no-referrer")
    assert answer.text == guest.get("/apiLogin").text and "set-cookie" not in answer.headers
    assert guest.site.platform.read(lambda c: c.execute(select(SESSIONS)).first()) is None


def test_what_is_no_link_gets_the_same_page(guest: Visitor) -> None:
    """No data, no base64, too short, too long, bytes by chance, a link for another key, a name twice."""
    site = guest.site
    other = rsa.generate_private_key(65537, 2048).public_key().encrypt(urlencode(fields(site)).encode(), PKCS)
    twice = enciphered(site, (urlencode(fields(site)) + f"&mobile={OTHER_MOBILE}").encode())
    for path in ("/apiLogin", "/apiLogin?data=", "/apiLogin?data=%ff", f"/apiLogin?data={'A' * 5000}"):
        refused(guest, path)
    for ciphertext in (bytes(256), b"x" * 255, b"x" * 257, other, twice):
        refused(guest, path_of(ciphertext))


@pytest.mark.parametrize(
    ("late_s", "status"),
    [
        (TIME_TOLERANCE_S, 303),
        (-TIME_TOLERANCE_S, 303),
        (TIME_TOLERANCE_S + 1, 403),
        (-TIME_TOLERANCE_S - 1, 403),
    ],
)
def test_a_link_is_good_for_a_day(guest: Visitor, late_s: int, status: int) -> None:
    """Before its time as well: clients' clocks are in many zones."""
    path = link(guest.site)
    guest.site.clock.now_s += late_s
    assert guest.get(path).status_code == status


@pytest.mark.parametrize("ahead_h", [0, 8])
@pytest.mark.parametrize(("late_h", "status"), [(0, 303), (-23, 303), (23, 303), (-33, 403), (33, 403)])
def test_a_links_time_may_be_as_in_a_signature(guest: Visitor, ahead_h: int, late_h: int, status: int) -> None:
    """yyyyMMddHHmmss, in UTC or in China's time, and a day to either side."""
    stamp = datetime.fromtimestamp(guest.site.clock.now_s + (ahead_h - late_h) * 3600, UTC)
    assert guest.get(link(guest.site, time=f"{stamp:%Y%m%d%H%M%S}")).status_code == status


@pytest.mark.parametrize("time", ["", "now", "20261327000000", "2026112712", "00000000000000", "1" * 15])
def test_a_link_without_a_time_opens_nothing(guest: Visitor, time: str) -> None:
    """Whatever stands there instead."""
    refused(guest, link(guest.site, time=time))


def test_a_link_opens_twenty_times(guest: Visitor) -> None:
    """However its base64 is written; and another link of the same guest is another one."""
    path = link(guest.site)
    again = path.replace("%2B", "-").replace("%2F", "_").replace("%3D", "")
    statuses = [guest.get(again if number % 2 else path).status_code for number in range(OPENINGS_MAX + 2)]
    assert statuses == [303] * OPENINGS_MAX + [403] * 2
    assert guest.get(link(guest.site)).status_code == 303
    used = guest.site.platform.read(lambda c: list(c.execute(select(USED_LINKS.c["count"])).scalars()))
    assert sorted(used) == [1, OPENINGS_MAX]


def test_who_asks_for_a_links_head_has_opened_nothing(guest: Visitor) -> None:
    """Previews and scanners of mails do so: no session, and none of the twenty."""
    path = link(guest.site)
    for asked in (path, path.replace("/apiLogin", "/apiLogin/")):
        answer = guest.client.request("HEAD", asked)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
        assert "set-cookie" not in answer.headers
    for table in (USED_LINKS, SESSIONS):
        assert guest.site.platform.database.read(partial(_rows, table)) == []


def _rows(table: Table, connection: Connection) -> list[Any]:
    return list(connection.execute(select(table)))


def test_only_who_may_issue_cards_for_a_community_opens_it(guest: Visitor) -> None:
    """Another developer's account does not, nor one that was closed."""
    site = guest.site
    stranger = site.platform.write(lambda c: accounts.add_account(c, "other", test=False, now_s=0)).result()
    refused(guest, link(site, id=stranger.sid, token=stranger.token))
    path = link(site)
    site.platform.write(lambda c: accounts.set_active(c, site.account.sid, False)).result()
    refused(guest, path)


def test_nothing_of_a_link_is_in_the_log(guest: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    """Neither token nor mobile, whether it opens or not."""
    caplog.set_level("DEBUG", "simulator")
    guest.get(link(guest.site))
    guest.get(link(guest.site, token="wrong"))
    assert guest.site.account.token not in caplog.text and MOBILE not in caplog.text
