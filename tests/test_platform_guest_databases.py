"""Messages, sessions and links on both databases: what one statement means on SQLite it means on PostgreSQL."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from simulator.platform import background
from simulator.platform.guest import card_rows
from simulator.platform.guest.link_page import OPENINGS_MAX, _count
from simulator.platform.guest.sessions import Scope
from simulator.platform.sms import outbox
from simulator.platform.sms.backoff import LEASE_S, Outcome
from simulator.platform.sms.sender import send_due, sender_of
from tests.guest_site import AREA_CODE, MOBILE, Site, open_site
from tests.guest_visitor import visitor


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """A platform on each of them."""
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").migrated_database()
    site = open_site(tmp_path / "home", database=url)
    yield site
    site.platform.close()


def test_a_guest_logs_in_and_sees_the_code(site: Site) -> None:
    """From the number to the code, the message on its way between."""
    card = site.add_card()
    with visitor(site) as guest:
        assert guest.enter("0" * 32, "123456").status_code == 403
        assert guest.log_in().status_code == 303
        assert "<svg" in guest.get(f"/guest/cards/{card.card_no}").text
        assert guest.get(f"/guest/cards/{card.card_no}/code").status_code == 200
        assert guest.post("/guest/logout").status_code == 303
    assert asyncio.run(send_due(site.platform, sender_of(site.platform))) == 1
    site.platform.write(lambda c: background.tidy(c, site.platform.now_s() + outbox.KEPT_S["code"] + 1)).result()
    assert site.outbox() == []


def test_cards_are_paged(site: Site) -> None:
    """Newest first, each once."""
    made = [site.add_card().card_no for _ in range(card_rows.PAGE + 2)]
    scope = Scope(AREA_CODE, MOBILE)
    first = site.platform.read(lambda c: card_rows.list_of(c, scope))
    last = first.rows[-1].card.card_no
    second = site.platform.read(lambda c: card_rows.list_of(c, scope, last))
    assert [row.card.card_no for row in (*first.rows, *second.rows)] == made[::-1]
    assert (first.more, second.more) == (True, False)


def test_many_senders_never_send_one_message_twice(site: Site) -> None:
    """Each of 40 is claimed by one of four at once; those that nobody settled come back when their time is over."""
    database, now_s = site.platform.database, site.platform.now_s()
    database.write(lambda c: [outbox.queue_code(c, AREA_CODE, MOBILE, "x", now_s) for _ in range(40)])

    def take(_: int) -> list[outbox.Message]:
        return database.write(lambda c: outbox.claim(c, now_s, 5))

    with ThreadPoolExecutor(4) as pool:
        claimed = [message for batch in pool.map(take, range(12)) for message in batch]
    assert sorted(message.id for message in claimed) == sorted(row["id"] for row in site.outbox())
    for message in claimed[:-3]:
        assert database.write(partial(outbox.settle, message=message, outcome=Outcome(), now_s=now_s))
    left = database.write(lambda c: outbox.claim(c, now_s + LEASE_S, 50))
    assert sorted(message.id for message in left) == sorted(message.id for message in claimed[-3:])


def test_a_link_that_is_opened_at_once_is_counted_each_time(site: Site) -> None:
    """In four threads, each in a transaction of its own."""
    database = site.platform.database
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: database.write(lambda c: _count(c, b"x" * 32, 0)), range(OPENINGS_MAX + 6)))
    assert sum(opened) == OPENINGS_MAX


def test_no_message_is_told_by_its_rows_text(site: Site) -> None:
    """What a row of the outbox is known by in a log has neither number nor text."""
    site.platform.write(lambda c: outbox.queue_code(c, AREA_CODE, MOBILE, "secret", site.platform.now_s())).result()
    (message,) = site.platform.write(lambda c: outbox.claim(c, site.platform.now_s())).result()
    assert not re.search(f"secret|{MOBILE}", repr(message))
