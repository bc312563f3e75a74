"""The vectors of a lock's life: what they cover, and that what the lock forgets or skips is seen in them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from lockcore import OpenType, Reason
from tests.vector_families import family_of, refused_share
from vectors.families import lock
from vectors.families.ask import DisagreementError, verdict_of
from vectors.families.lock_life import MODELS, Life, no
from vectors.families.lock_requests import show, shows, start
from vectors.families.site import card
from vectors.pack.vector import ACCEPTED, OPENING, OPENS, Verdict, refused

RULE_COUNT = 29


def test_most_lives_end_in_a_refusal() -> None:
    """And there are many of them."""
    family = family_of("lock")
    assert len(family.vectors) >= 600
    assert refused_share(family) >= 0.75


def test_every_reason_is_told_at_least_three_times() -> None:
    """Those of the decision, the keypad, the port, and a power that went."""
    told = Counter(vector.expect.reason for vector in family_of("lock").vectors)
    wanted = {reason.value for reason in Reason} - {Reason.OPENED.value} | {"POWER_LOST", "NO_NONCE"}
    assert {reason: told[reason] for reason in wanted if told[reason] < 3} == {}


def test_every_step_refuses_at_least_three_times() -> None:
    """And opens as often."""
    steps = Counter(vector.expect.step for vector in family_of("lock").vectors)
    assert {step: steps[step] for step in range(1, OPENING + 1) if steps[step] < 3} == {}


def test_every_rule_has_its_vectors() -> None:
    """By the beginnings of their ids."""
    ids = [vector.id for vector in family_of("lock").vectors]
    missing = [
        (rule, start)
        for rule, starts in lock.RULES.items()
        for start in starts
        if not any(id.startswith(f"lock.{start}") for id in ids)
    ]
    assert set(lock.RULES) == set(range(1, RULE_COUNT + 1))
    assert missing == []


def test_every_model_is_asked() -> None:
    """By the profiles that groups give."""
    assert {group.given["profile"] for group in family_of("lock").groups} == set(MODELS)


def test_ids_are_unique_and_spelt_alike() -> None:
    """Lower case, digits and hyphens, joined by dots; every vector has a flag."""
    vectors = family_of("lock").vectors
    assert len({vector.id for vector in vectors}) == len(vectors)
    assert [vector.id for vector in vectors if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", vector.id)] == []
    assert [vector.id for vector in vectors if not vector.flags] == []


def test_what_is_asked_without_flash_and_service_is_most_of_it() -> None:
    """A lock that can neither is still asked every step but 11, and every reason of a card."""
    plain = [vector for group in family_of("lock").groups if group.needs == ("lock",) for vector in group.vectors]
    assert len(plain) >= 600
    assert {vector.expect.step for vector in plain} >= set(range(1, OPENING + 1)) - {11}


def test_a_verdict_that_the_reference_does_not_come_to_is_an_error() -> None:
    """So no vector says what the reference happens to do."""
    life = Life(
        id="wrong", comment="", flags=(), requests=(*start(), show(card(room="1"))), expect=refused("WRONG_FLOOR")
    )
    with pytest.raises(DisagreementError):
        life.vector("lock")


@pytest.mark.parametrize(
    ("did", "verdict"),
    [
        (["OPEN 5000"], OPENS), (["HOLD 6256200", "OPEN 5000"], OPENS), (["RELEASE", "OPEN 5000"], OPENS),
        (["RELEASE"], ACCEPTED), (["HOLD 6256200"], ACCEPTED), (["CLOCK 6256000", "ANSWER DONE"], ACCEPTED),
        ([], ACCEPTED), (["ANSWER NO_NONCE"], no("NO_NONCE")), (["REFUSE EXPIRED OVER"], refused("EXPIRED")),
        (["OPEN 5000", "POWER_LOST"], refused("POWER_LOST")),
    ],
)  # fmt: skip
def test_only_an_opening_has_its_step(did: list[str], verdict: Verdict) -> None:
    """Whatever else is accepted has none."""
    assert verdict_of(did) == verdict


def test_a_life_that_opens_nothing_is_not_stated_to_open() -> None:
    """Nor one that opens to be refused, or to be accepted without a step."""
    hold = card(open_type=OpenType.NORMALLY_OPEN)
    ended = Life(id="ended", comment="", flags=(), requests=(*start(), *shows(hold, hold)), expect=ACCEPTED)
    assert ended.vector("lock").expect == ACCEPTED
    opened = replace(ended, requests=(*start(), show(card())), expect=OPENS)
    assert opened.vector("lock").expect == OPENS
    for life, stated in ((ended, OPENS), (opened, ACCEPTED), (opened, no("EXPIRED"))):
        with pytest.raises(DisagreementError):
            replace(life, expect=stated).vector("lock")


def test_the_step_of_an_opening_is_named_where_something_opened() -> None:
    """By the last presentation of the life."""
    for vector in family_of("lock").vectors:
        if vector.expect.step == OPENING:
            *_, last = (step.expect["did"] for step in vector.steps if step.do["op"] == "show")
            assert any(text.startswith("OPEN ") for text in last), vector.id
