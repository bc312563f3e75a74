"""The attacks on the platform are refused; and each kind of them succeeds where what refuses it is taken away."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, true

from benchmarks import platform_attacks
from benchmarks import platform_attacks_cards as cards
from benchmarks import platform_attacks_guest as guests
from benchmarks import platform_attacks_injection as fields
from benchmarks import platform_attacks_links as links
from benchmarks import platform_attacks_signature as signatures
from benchmarks.line import Verdict
from benchmarks.platform_attacked import Attack, Attacked, attacked, name_of
from simulator.platform.calls import get_card, repeats
from simulator.platform.data import accounts, communities
from simulator.platform.data.cards import card_of
from simulator.platform.guest import (
    api_link,
    card_rows,
    language_page,
    limits,
    link_page,
    login_codes,
    pages,
    served,
    sessions,
)
from simulator.platform.guest.mobile_number import MobileNumber
from simulator.platform.guest.sessions import Scope
from simulator.platform.protocol import record_signature, signature
from simulator.platform.web import headers, qrcode_api, replays, server
from tests.platform_site import MOBILE


def yes(*_: object, **__: object) -> bool:
    """Lets all through."""
    return True


def nothing(*_: object, **__: object) -> None:
    """Refuses nothing."""


_send = login_codes.send


def send_to_guests(connection: Connection, number: MobileNumber, *rest: Any) -> bool:
    """Does nothing for a mobile without cards."""
    has_cards = card_rows.list_of(connection, Scope(number.area_code, number.mobile)).rows != []
    return _send(connection, number, *rest) if has_cards else True


@pytest.fixture(scope="module")
def target() -> Iterator[Attacked]:
    """A platform that weak ones are made of, one after the other."""
    with attacked() as made:
        yield made


def test_all_attacks_are_refused() -> None:
    """None of them gains anything, and neither logs nor replies tell what they must not."""
    (line,) = platform_attacks.lines(1, True)
    assert line.verdict is Verdict.HOLDS, line.figure
    assert len(platform_attacks.ATTACKS) >= 70


@pytest.mark.parametrize("secret", ["token", "mobile"])
def test_a_secret_in_a_log_is_told(secret: str) -> None:
    """Whoever logs it, at whatever level; and what attacks gained is told beside it."""

    def careless(target: Attacked) -> str:
        """Carelessness."""
        logging.getLogger("simulator.anywhere").debug("%s", target.caller.token if secret == "token" else MOBILE)
        target.leaks.append("getLink")
        raise ZeroDivisionError

    names = dict(platform_attacks.tries((careless,)))
    assert names["Carelessness"].startswith("not tried: ZeroDivisionError")
    assert names["Token, code or traceback in a reply"] == "getLink"
    assert names["Token, signature, code, mobile or card in a log"] != ""


def test_each_attack_has_a_name_of_its_own() -> None:
    """It is how the bar tells which one succeeded."""
    names = [name_of(attack) for attack in platform_attacks.ATTACKS]
    assert "" not in names and len(set(names)) == len(names)


WEAK: list[tuple[Attack, object, str, Any]] = [
    (signatures._other_sid, signature, "matches", yes),
    (signatures._no_signature, signature, "matches", yes),
    (signatures._out_of_time, signature, "is_fresh", yes),
    (
        signatures._other_community,
        communities,
        "community_for",
        lambda c, _, number: communities.community_of(c, number),
    ),
    (signatures._switched_off, qrcode_api, "check_active", nothing),
    (signatures._after_a_minute, repeats, "REPEAT_S", 10**6),
    (signatures._eleventh, repeats, "REPEATS_MAX", 100),
    (signatures._eleventh, qrcode_api, "digest_of", lambda *_: secrets.token_bytes(32)),
    (signatures._reads_again, replays.ReadCounter, "count", nothing),
    (signatures._records_changed, record_signature, "matches", yes),
    (signatures._records_changed, record_signature, "_JOINT", re.compile("(?!)")),
    (signatures._records_out_of_time, record_signature, "is_fresh", yes),
    (cards._code_of_other_mobile, get_card, "card_of_guest", lambda c, _, values: card_of(c, values["cardNo"])),
    (cards._cancel_another, accounts, "is_member", yes),
    (cards._report_another, accounts, "is_member", yes),
    (fields._redirects, language_page, "_OURS", yes),
    (fields._markup, pages, "_environment", None),
    (fields._inline, pages, "HEADERS", {"Content-Security-Policy": "default-src *"}),
    (guests._other_mobiles_card, card_rows, "_in", lambda _: true()),
    (guests._after_logout, sessions, "end", nothing),
    (guests._after_hours, sessions, "LIFE_S", 10**6),
    (guests._brute_force, login_codes, "TRIES", 1000),
    (guests._code_flood, login_codes, "PER_HOUR", 1000),
    (guests._page_flood, limits.Limits, "allows", yes),
    (guests._which_mobiles, login_codes, "send", send_to_guests),
    (guests._forms_of_others, served, "is_same_origin", yes),
    (guests._frames, headers, "_HEADERS", ()),
    (links._expired, api_link, "TIME_TOLERANCE_S", 10**12),
    (links._others_link, accounts, "is_member", yes),
    (links._too_often, link_page, "OPENINGS_MAX", 1000),
    (links._access_log, server.WithoutQuery, "filter", yes),
]
"""An attack; and whose attribute is what instead, for it to succeed."""


@pytest.mark.parametrize(("attack", "owner", "name", "instead"), WEAK, ids=lambda value: getattr(value, "__name__", ""))
def test_an_attack_succeeds_on_a_weak_platform(
    target: Attacked, monkeypatch: pytest.MonkeyPatch, attack: Attack, owner: object, name: str, instead: Any
) -> None:
    """It can, so that its failure says something."""
    target.begin()
    if name == "_environment":
        monkeypatch.setattr(pages._environment(), "autoescape", False)
        monkeypatch.setattr(pages._environment(), "cache", None)
    else:
        monkeypatch.setattr(owner, name, instead)
    assert attack(target) != ""
