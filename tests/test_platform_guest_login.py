"""Logging in by a one-time code: who gets one, who can use it, and how often anybody may guess."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from simulator.platform.data import accounts
from simulator.platform.data.tables import LOGIN_CODES, SESSIONS
from simulator.platform.guest import login_codes, sessions
from simulator.platform.guest.login_pages import CODES_PER_ADDRESS_HOUR
from simulator.platform.guest.mobile_number import MobileNumber
from simulator.platform.sms.backoff import CODE_LIFE_S
from tests.asgi_client import BASE_URL
from tests.guest_site import AREA_CODE, MOBILE, OTHER_MOBILE, Site, open_site
from tests.guest_visitor import Visitor, ticket_in, visitor


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A platform with one card of MOBILE."""
    site = open_site(tmp_path / "home")
    site.add_card()
    yield site
    site.platform.close()


@pytest.fixture
def guest(site: Site) -> Iterator[Visitor]:
    """A browser at that platform."""
    with visitor(site) as found:
        yield found


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 10**6:06d}"


def rows(site: Site, table: Any) -> list[Any]:
    """All rows of a table."""
    return site.platform.read(lambda connection: list(connection.execute(select(table)).mappings()))


def test_the_code_from_the_message_opens_the_cards(guest: Visitor) -> None:
    """And the page is one's own until twelve hours are over."""
    answer = guest.log_in()
    assert (answer.status_code, answer.headers["location"]) == (303, "/guest/cards")
    assert guest.get("/guest/cards").status_code == 200
    assert guest.get("/guest").headers["location"] == "/guest/cards"
    guest.site.clock.now_s += sessions.LIFE_S
    assert guest.get("/guest/cards").headers["location"] == "/guest"


def test_neither_code_nor_cookie_is_stored(guest: Visitor) -> None:
    """What is stored of both are digests; the message is emptied by what sends it."""
    guest.ask_for_code()
    code = guest.code()
    guest.log_in()
    (cookie,) = guest.client.cookies.jar
    for row in [*rows(guest.site, LOGIN_CODES), *rows(guest.site, SESSIONS)]:
        stored = [value for value in row.values() if isinstance(value, bytes)]
        assert all(text.encode() not in value for text in (code, str(cookie.value)) for value in stored)


def test_a_code_is_good_once(guest: Visitor) -> None:
    """Entered again it is wrong."""
    ticket = ticket_in(guest.ask_for_code())
    code = guest.code()
    assert [guest.enter(ticket, code).status_code for _ in range(2)] == [303, 403]


@pytest.mark.parametrize(("late_s", "status"), [(CODE_LIFE_S - 1, 303), (CODE_LIFE_S, 403)])
def test_a_code_is_good_for_ten_minutes(guest: Visitor, late_s: int, status: int) -> None:
    """To the second."""
    ticket = ticket_in(guest.ask_for_code())
    guest.site.clock.now_s += late_s
    assert guest.enter(ticket, guest.code()).status_code == status


def test_after_five_wrong_codes_the_right_one_is_wrong_too(guest: Visitor) -> None:
    """Four are forgiven."""
    for tries, status in ((login_codes.TRIES - 1, 303), (login_codes.TRIES, 403)):
        ticket = ticket_in(guest.ask_for_code())
        code = guest.code()
        assert {guest.enter(ticket, wrong(code)).status_code for _ in range(tries)} == {403}
        assert guest.enter(ticket, code).status_code == status


def test_a_code_works_only_in_the_browser_that_asked_for_it(guest: Visitor) -> None:
    """A stranger's tries with a ticket of their own neither find the code nor use up the guest's tries."""
    ticket = ticket_in(guest.ask_for_code())
    code = guest.code()
    assert {guest.enter("0" * 32, code).status_code for _ in range(login_codes.TRIES + 1)} == {403}
    assert guest.enter(ticket, code).status_code == 303


def test_a_code_opens_no_other_mobiles_cards(guest: Visitor) -> None:
    """The number that goes with the code is the one that it was sent to."""
    ticket = ticket_in(guest.ask_for_code())
    assert guest.enter(ticket, guest.code(), OTHER_MOBILE).status_code == 403


def test_brute_force_is_stopped(site: Site) -> None:
    """Whoever tries all day has 75 guesses among a million; the limits come back with time."""
    number, guesses = MobileNumber(AREA_CODE, MOBILE), 0
    for _ in range(24 * 6):
        drawn, now_s = login_codes.draw(), site.platform.now_s()

        def attack(connection: Any, drawn: Any = drawn, now_s: int = now_s) -> int:
            if not login_codes.send(connection, number, drawn, "", now_s):
                return 0
            tries = [login_codes.redeem(connection, number, drawn.ticket, wrong(drawn.code), now_s) for _ in range(9)]
            assert not any(tries) and not login_codes.redeem(connection, number, drawn.ticket, drawn.code, now_s)
            return login_codes.TRIES

        guesses += site.platform.write(attack).result()
        site.clock.now_s += 599
    assert guesses == login_codes.PER_DAY * login_codes.TRIES == 75
    site.clock.now_s += 24 * 3600
    sent = site.platform.write(lambda c: login_codes.send(c, number, login_codes.draw(), "", site.platform.now_s()))
    assert sent.result()


def test_a_mobile_gets_five_codes_an_hour(guest: Visitor) -> None:
    """The sixth is refused in words, whether the mobile has cards or not."""
    for mobile in (MOBILE, OTHER_MOBILE):
        statuses = [guest.ask_for_code(mobile).status_code for _ in range(login_codes.PER_HOUR + 1)]
        assert statuses == [200] * login_codes.PER_HOUR + [429]
    guest.site.clock.now_s += 3600
    assert guest.ask_for_code().status_code == 200


def test_an_address_gets_so_many_codes_an_hour(guest: Visitor) -> None:
    """However many mobiles it asks for."""
    statuses = [guest.ask_for_code(f"1380013{number:04d}").status_code for number in range(CODES_PER_ADDRESS_HOUR + 1)]
    assert statuses == [200] * CODES_PER_ADDRESS_HOUR + [429]


def test_nobody_is_told_which_mobile_has_cards(guest: Visitor) -> None:
    """The same page, the same rows; but nobody without cards is sent a message."""
    pages = {mobile: guest.ask_for_code(mobile) for mobile in (MOBILE, OTHER_MOBILE)}
    plain = {page.text.replace(mobile, "").replace(ticket_in(page), "") for mobile, page in pages.items()}
    assert len(plain) == 1
    assert [(row["mobile"], row["state"], bool(row["text"])) for row in guest.site.outbox()] == [
        (MOBILE, "waiting", True),
        (OTHER_MOBILE, "withheld", False),
    ]
    assert len(rows(guest.site, LOGIN_CODES)) == 2


def test_a_test_accounts_card_sends_nobody_a_code(guest: Visitor) -> None:
    """Whoever may send no SMS makes the platform send none either; the page is the same."""
    account = guest.site.platform.write(lambda c: accounts.add_account(c, "test", test=True, now_s=0)).result()
    guest.site.add_card(mobile=OTHER_MOBILE, account_id=account.id)
    assert guest.ask_for_code(OTHER_MOBILE).status_code == 200
    assert [row["state"] for row in guest.site.outbox()] == ["withheld"]


def test_what_is_no_number_is_asked_for_again(guest: Visitor) -> None:
    """With the error tied to the field."""
    for mobile in ("", "12", "abc", "1" * 16, "1' OR '1'='1", "13800138000\r\nX: y"):
        page = guest.ask_for_code(mobile)
        assert page.status_code == 400
        assert 'aria-invalid="true"' in page.text and 'aria-describedby="mobile-hint error"' in page.text
    assert guest.site.outbox() == []


def test_a_form_without_its_ticket_begins_again(guest: Visitor) -> None:
    """Nothing is tried."""
    for ticket in ({"ticket": ""}, {"ticket": "zz"}, {"ticket": "00" * 15}, {}):
        form = {"areaCode": AREA_CODE, "mobile": MOBILE, "code": "123456", **ticket}
        page = guest.post("/guest/login", **form)
        assert page.status_code == 400 and "Ask for a new code." in page.text and "not a mobile" not in page.text


def test_logging_out_ends_the_session_for_whoever_has_its_cookie(guest: Visitor) -> None:
    """Not only in this browser."""
    guest.log_in()
    (cookie,) = guest.client.cookies.jar
    held = f"{cookie.name}={cookie.value}"
    answer = guest.post("/guest/logout")
    assert answer.headers["location"] == "/guest" and "Max-Age=0" in answer.headers["set-cookie"]
    assert guest.get("/guest/cards", Cookie=held).headers["location"] == "/guest"
    assert rows(guest.site, SESSIONS) == []


def test_the_session_cookie_is_for_this_host_alone(guest: Visitor, tmp_path: Path) -> None:
    """No script sees it; over TLS its name binds it to the host."""
    plain = guest.log_in().headers["set-cookie"]
    assert plain.startswith("qrlock-guest=")
    assert all(part in plain for part in ("HttpOnly", "SameSite=lax", "Path=/guest", "Max-Age=43200"))
    site = open_site(tmp_path / "secure", secure_cookies=True)
    site.add_card()
    with visitor(site) as other:
        secure = other.log_in().headers["set-cookie"]
    site.platform.close()
    assert secure.startswith("__Host-qrlock-guest=")
    assert all(part in secure for part in ("HttpOnly", "SameSite=lax", "Path=/;", "Secure"))


def test_logging_in_again_ends_the_session_before(guest: Visitor) -> None:
    """One browser has one session, in the database too."""
    for _ in range(2):
        guest.log_in()
    assert len(rows(guest.site, SESSIONS)) == 1


def test_every_form_refuses_other_sites(guest: Visitor) -> None:
    """Before anything is read of it."""
    guest.log_in()
    for path in ("/guest/code", "/guest/login", "/guest/logout"):
        for headers in ({"Origin": "https://evil.example"}, {}, {"Origin": BASE_URL, "Sec-Fetch-Site": "cross-site"}):
            answer = guest.client.post(path, data={"areaCode": AREA_CODE, "mobile": MOBILE}, headers=headers)
            assert answer.status_code == 403
    assert guest.get("/guest/cards").status_code == 200
    assert len(guest.site.outbox()) == 1


def test_a_body_that_is_none_of_our_forms_is_refused(guest: Visitor) -> None:
    """By its size, its type, or what is in it."""
    form = "application/x-www-form-urlencoded"
    bodies = [
        (b"a" * 5000, form, 413),
        (b"mobile=1&mobile=2", form, 400),
        (b"mobile=%FF%FE", form, 400),
        (b"\xff\xfe", form, 400),
        (b"&".join(b"a%d=1" % n for n in range(40)), form, 400),
        (b"{}", "application/json", 415),
        (b"", "multipart/form-data; boundary=x", 415),
        (b"", "", 415),
    ]
    for content, kind, status in bodies:
        headers = {"Origin": BASE_URL, "Content-Type": kind}
        assert guest.client.post("/guest/code", content=content, headers=headers).status_code == status
