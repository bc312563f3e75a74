"""Messages: when they are tried, by whom, and what is left of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.platform import background
from simulator.platform.sms import backoff, outbox
from simulator.platform.sms.backoff import ATTEMPTS_MAX, DELAYS_S, LEASE_S, Outcome, State
from simulator.platform.sms.card_text import card_text
from simulator.platform.sms.outbox import Message
from tests.guest_site import AREA_CODE, MOBILE, Site, open_site
from tests.outbox_sender import TEXT, Script, queue, send

REFUSED = Outcome("HTTP 503")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A platform that writes messages into files."""
    site = open_site(tmp_path / "home")
    yield site
    site.platform.close()


def queue_card(site: Site, **account: Any) -> int:
    """The row of a card's message, the account changed."""
    card = site.add_card()
    who = replace(site.account, **account)
    now_s = site.platform.now_s()
    return site.platform.write(lambda c: outbox.queue_card(c, who, site.community, card, now_s)).result()


def test_a_message_that_is_never_taken_is_tried_after_each_delay_and_then_given_up() -> None:
    """5 s, 30 s, 2 min, 10 min and 1 h after each failure; after the sixth nothing more."""
    now_s, due = 1000, []
    for attempt in range(1, ATTEMPTS_MAX + 1):
        following = backoff.after("card", 0, attempt, REFUSED, now_s)
        due.append(following.due_s - now_s)
    assert due == [*DELAYS_S, 0] == [5, 30, 120, 600, 3600, 0]
    assert following.state is State.FAILED


@given(st.integers(1, ATTEMPTS_MAX), st.integers(0, 10_000))
def test_a_one_time_code_is_never_due_when_it_is_worth_nothing(attempt: int, age_s: int) -> None:
    """What follows a failure is a try within the code's ten minutes, or none."""
    following = backoff.after("code", 0, attempt, REFUSED, age_s)
    assert following.state is State.FAILED or age_s < following.due_s < backoff.CODE_LIFE_S


@given(st.sampled_from(["card", "code"]), st.integers(1, ATTEMPTS_MAX), st.integers(0, 10**6))
def test_what_was_taken_is_done_with(kind: str, attempt: int, age_s: int) -> None:
    """Sent is final at any time."""
    assert backoff.after(kind, 0, attempt, Outcome(), age_s).state is State.SENT


def test_a_message_is_sent_once_and_its_text_is_gone(site: Site) -> None:
    """The row stays, so that it can be seen that it was sent."""
    queue(site)
    sender = Script(Outcome())
    assert (send(site, sender), send(site, sender)) == (1, 0)
    assert [message.text for message in sender.sent] == [TEXT]
    (row,) = site.outbox()
    assert (row["state"], row["attempts"], row["text"], row["error"]) == ("sent", 1, "", None)


def test_failures_are_seen_and_tried_again_when_they_are_due(site: Site) -> None:
    """Not a second before; and what is given up keeps its error and loses its text."""
    queue_card(site)
    sender = Script(REFUSED)
    for attempt, delay_s in enumerate(DELAYS_S, 1):
        assert send(site, sender) == 1
        (row,) = site.outbox()
        assert (row["state"], row["attempts"], row["error"]) == ("waiting", attempt, "HTTP 503")
        site.clock.now_s += delay_s - 1
        assert send(site, sender) == 0
        site.clock.now_s += 1
    assert send(site, sender) == 1
    (row,) = site.outbox()
    assert (row["state"], row["attempts"], row["error"], row["text"]) == ("failed", ATTEMPTS_MAX, "HTTP 503", "")


def test_two_processes_never_have_the_same_message_at_once(site: Site) -> None:
    """What one has claimed the other does not get, until the claim has run out; then it is sent again."""
    queue(site)
    now_s = site.platform.now_s()
    database = site.platform.database
    (mine,) = database.write(lambda c: outbox.claim(c, now_s))
    assert database.write(lambda c: outbox.claim(c, now_s + LEASE_S - 1)) == []
    (theirs,) = database.write(lambda c: outbox.claim(c, now_s + LEASE_S))
    assert (mine.id, mine.attempts, theirs.attempts) == (theirs.id, 1, 2)
    assert not database.write(lambda c: outbox.settle(c, mine, REFUSED, now_s + LEASE_S))
    assert database.write(lambda c: outbox.settle(c, theirs, Outcome(), now_s + LEASE_S))
    assert site.outbox()[0]["state"] == "sent"


def test_a_message_that_failed_for_good_is_one_warning(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """Whether its tries are used up or its time is: the row's id and kind, and nothing of what it says or to whom."""
    card, code = queue_card(site), queue(site)
    for _ in range(ATTEMPTS_MAX):
        send(site, Script(REFUSED))
        site.clock.now_s += DELAYS_S[-1]
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", f"message {id} ({kind}) has failed and is not tried again")
        for id, kind in ((code, "code"), (card, "card"))
    ]
    assert MOBILE not in caplog.text


def test_a_message_whose_every_sender_crashed_is_given_up(site: Site) -> None:
    """A message that kills whoever sends it does not do so for ever."""
    queue_card(site)
    for attempt in range(ATTEMPTS_MAX):
        (message,) = site.platform.write(lambda c: outbox.claim(c, site.platform.now_s())).result()
        assert message.attempts == attempt + 1
        site.clock.now_s += LEASE_S
    assert send(site, Script(Outcome())) == 0
    (row,) = site.outbox()
    assert (row["state"], row["text"]) == ("failed", "")


def test_a_code_that_waited_too_long_is_not_sent(site: Site) -> None:
    """Ten minutes without a sender, and nobody gets a code that is void."""
    queue(site)
    site.clock.now_s += backoff.CODE_LIFE_S
    sender = Script(Outcome())
    assert (send(site, sender), sender.sent) == (0, [])
    assert (site.outbox()[0]["state"], site.outbox()[0]["text"]) == ("failed", "")


def test_a_test_accounts_card_is_told_to_nobody(site: Site) -> None:
    """The row says so, and there is no text in it."""
    queue_card(site, test=True)
    assert send(site, Script(Outcome())) == 0
    assert (site.outbox()[0]["state"], site.outbox()[0]["text"]) == ("withheld", "")


def test_a_message_goes_with_the_transaction_that_it_tells_of(site: Site) -> None:
    """An order that fails after it leaves no message."""

    def fail(connection: Any) -> None:
        outbox.queue_code(connection, AREA_CODE, MOBILE, TEXT, 0)
        raise ValueError

    with pytest.raises(ValueError):
        site.platform.write(fail).result()
    assert site.outbox() == []


def test_a_senders_own_error_is_a_failed_try(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """And neither it nor the log says more than the error's name."""

    class Broken(Script):
        async def send(self, message: Message) -> Outcome:
            raise RuntimeError(message.text)

    queue(site)
    assert send(site, Broken(Outcome())) == 1
    assert site.outbox()[0]["error"] == "the sender failed: RuntimeError"
    assert "123456" not in caplog.text


@pytest.mark.parametrize(("area_code", "word"), [("86", "当地时间"), ("49", "local time")])
def test_the_text_says_where_and_when_and_never_the_code(site: Site, area_code: str, word: str) -> None:
    """In the language of the number."""
    card = site.add_card(area_code=area_code)
    text = card_text(site.community, card)
    assert all(part in text for part in ("Harbour House", "401G", "2026-11-27 12:00", "2026-11-29 12:00", word))
    assert card.card_no not in text


@pytest.mark.parametrize("card_type", [1, 2])
def test_floor_and_building_cards_are_told_too(site: Site, card_type: int) -> None:
    """By the place that they are for."""
    text = card_text(site.community, site.add_card(None, card_type=card_type, area_code="1"))
    assert "building 1" in text and "None" not in text


def test_a_card_is_told_with_the_address_of_the_pages(tmp_path: Path) -> None:
    """Where the platform knows it."""
    site = open_site(tmp_path / "home", public_url="https://cards.example/")
    queue_card(site)
    sender = Script(Outcome())
    send(site, sender)
    site.platform.close()
    assert sender.sent[0].text.endswith(" https://cards.example/guest")


def test_done_messages_are_forgotten_after_a_while(site: Site) -> None:
    """Codes after a day, cards after a month; those that wait are not."""
    code, card = queue(site), queue_card(site)
    send(site, Script(Outcome()))
    waiting = queue(site)
    for kind, left in (("code", [card, waiting]), ("card", [waiting])):
        later_s = site.platform.now_s() + outbox.KEPT_S[kind] + 1
        site.platform.write(partial(background.tidy, now_s=later_s)).result()
        assert [row["id"] for row in site.outbox()] == left
    assert code not in [row["id"] for row in site.outbox()]
