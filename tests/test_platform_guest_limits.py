"""Numbers as people type them, addresses and how often they ask, and where a form comes from: without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.platform.guest.limits import Limits, network_of
from simulator.platform.guest.mobile_number import mobile_number
from simulator.platform.guest.same_origin import is_same_origin


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin", "origin": "null", "host": "a"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "http://a", "host": "a"}, False),
        ({"sec-fetch-site": "same-site", "origin": "http://a", "host": "a"}, False),
        ({"sec-fetch-site": "none"}, False),
        ({"origin": "https://a:8", "host": "A:8"}, True),
        ({"origin": "https://a", "host": "a:8"}, False),
        ({"origin": "https://b", "host": "a"}, False),
        ({"origin": "null", "host": "a"}, False),
        ({"origin": "https://[", "host": "["}, False),
        ({"origin": "ftp://a", "host": "a"}, False),
        ({"host": "a"}, False),
        ({"origin": "http://a"}, False),
    ],
)
def test_forms_of_other_sites_are_told_by_what_the_browser_says(headers: dict[str, str], ours: bool) -> None:
    """And one that says nothing is refused."""
    assert is_same_origin(headers) is ours


def test_a_proxy_may_give_another_host() -> None:
    """Where the platform knows its public address; nobody else's is taken for it."""
    headers = {"origin": "https://cards.example", "host": "127.0.0.1:8080"}
    assert is_same_origin(headers, "https://cards.example/")
    assert not is_same_origin(headers, "https://other.example/") and not is_same_origin(headers)
    assert not is_same_origin({"host": "a"}, "no url")


@pytest.mark.parametrize(
    ("area_code", "mobile", "found"),
    [
        ("86", "13800138000", ("86", "13800138000")),
        ("+86", " 138-0013 8000 ", ("86", "13800138000")),
        ("0086", "１３８００１３８０００", ("86", "13800138000")),
        ("", "13800138000", ("86", "13800138000")),
        ("+1", "(555) 010.9999", ("1", "5550109999")),
        ("86x", "13800138000", None),
        ("86", "٣٨٠٠١٣٨٠٠", None),
        ("86", "1234", None),
    ],
)
def test_numbers_are_read_as_people_type_them(area_code: str, mobile: str, found: tuple[str, str] | None) -> None:
    """Digits of ASCII come out, or nothing."""
    number = mobile_number(area_code, mobile)
    assert (number and (number.area_code, number.mobile)) == found


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_a_number_of_digits_or_none(area_code: str, mobile: str) -> None:
    """Whatever comes, what goes on fits the database's columns; and its repr tells nothing."""
    number = mobile_number(area_code, mobile)
    if number is not None:
        assert f"{number.area_code}{number.mobile}".isascii() and f"{number.area_code}{number.mobile}".isdigit()
        assert 1 <= len(number.area_code) <= 4 and 5 <= len(number.mobile) <= 15
        assert repr(number) == "MobileNumber()"


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.floats(0, 30)), max_size=60))
def test_no_address_asks_more_often_than_the_limit(asked: list[tuple[str, float]]) -> None:
    """In any stretch of time, at most the count and what came back meanwhile."""
    limits, now_s, allowed = Limits(4, 60, addresses_max=2), 0.0, []
    for address, pause_s in asked:
        now_s += pause_s
        if address == "a" and limits.allows("a", now_s):
            allowed.append(now_s)
        elif address == "b":
            limits.allows("b", now_s)
    for first in range(len(allowed)):
        for last in range(first, len(allowed)):
            assert last - first + 1 <= 4 + (allowed[last] - allowed[first]) * 4 / 60 + 1e-6


def test_limits_forget_who_has_not_asked_for_longest() -> None:
    """So that a crowd of addresses fills no memory."""
    limits = Limits(1, 60, addresses_max=2)
    assert [limits.allows(address, 0) for address in ("a", "a", "b", "c", "a", "c")] == [
        True, False, True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_a_customers_addresses_count_as_one(address: str, network: str) -> None:
    """In IPv6 that is a whole network."""
    assert network_of(address) == network
