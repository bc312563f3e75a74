from __future__ import annotations

from itertools import islice
from random import Random

import pytest
from hypothesis import given

from benchmarks import grants, tokens
from benchmarks.random_grants import any_grant
from lockcore import Grant, SealKind
from lockcore import body as body_format
from lockcore.carrier import LARGE
from tests.strategies import grants as legal_grants

COUNT = 20_000


@pytest.fixture(scope="module")
def mix() -> list[Grant]:
    """Enough cards for shares to settle."""
    return grants.mix(5, COUNT)


def test_the_mix_is_a_function_of_its_seed(mix: list[Grant]) -> None:
    """The same seed gives the same cards, more of them begin with the same, another seed gives others."""
    assert grants.mix(5, 50) == mix[:50]
    assert grants.mix(6, 50) != mix[:50]


def test_the_mix_has_the_shares_it_should(mix: list[Grant]) -> None:
    """Each share lies within a hundredth of what the bars ask for."""
    nights = [g for g in mix if g.end_min % 1440 == 720 and g.end_min - g.start_min > 240]
    lengths = [g.end_min - g.start_min for g in mix]
    shares = {
        "ten digits": (sum(len(str(g.community)) == 10 for g in mix), 0.5),
        "eleven digits": (sum(len(str(g.community)) == 11 for g in mix), 0.5),
        "building and floor": (sum(g.building is not None is not g.floor for g in mix), 0.9),
        "room a number": (sum(g.room is not None and g.room.isdigit() for g in mix), 0.8),
        "room digits and a letter": (
            sum(g.room is not None and g.room[0] != "R" and g.room[-1].isalpha() for g in mix),
            0.1,
        ),
        "room like R007": (sum(g.room is not None and g.room[0] == "R" for g in mix), 0.1),
        "small serials": (sum(g.serial < 2**14 for g in mix), 0.5),
        "start on the half hour": (sum(g.start_min % 30 == 0 for g in mix), 2 / 3 + 1 / 90),
        "until noon": (len(nights), 0.75),
        "five minutes": (lengths.count(5), 0.1),
        "an hour or so": (sum(length in (30, 60, 120, 240) for length in lengths), 0.1),
        "over 14 days": (sum(length > 14 * 1440 + 720 for length in lengths), 0.05),
        "no limit of times": (sum(g.times == 0 for g in mix), 3 / 7),
        "254 times": (sum(g.times == 254 for g in mix), 1 / 7),
        "revised": (sum(g.revision > 0 for g in mix), 0.02),
    }
    for name, (count, share) in shares.items():
        assert count / COUNT == pytest.approx(share, abs=0.012), name


def test_the_mix_keeps_within_its_ranges(mix: list[Grant]) -> None:
    """Serials, buildings, floors and years lie where the mix says, and no card has a cut-off."""
    assert {g.cut_off_min for g in mix} == {None}
    assert 2**4 <= min(g.serial for g in mix) <= max(g.serial for g in mix) < 2**24
    assert {int(g.building) for g in mix if g.building} == set(range(1, 41))
    assert {int(g.floor) for g in mix if g.floor} == set(range(1, 61))
    assert max(g.end_min for g in mix) < 37.1 * 365.25 * 1440


def test_a_cut_off_is_all_that_is_added(mix: list[Grant]) -> None:
    """Every card gets one, inside its window, and is otherwise the same."""
    with_cut_off = list(grants.with_cut_off(mix[:500], 5))
    assert all(g.cut_off_min is not None for g in with_cut_off)
    assert [g._replace(cut_off_min=None) for g in with_cut_off] == mix[:500]


def test_the_worst_card_is_as_large_as_a_body_can_be() -> None:
    """No limit costs less than the ordinary card's field, and all of them make the longest body there is."""
    ordinary_bits, *bits = (body_format.pack(g, 15).bit_length() for g in (grants.ORDINARY, *grants.worst().values()))
    assert min(bits) >= ordinary_bits
    assert max(bits) == 267 <= LARGE[SealKind.ED25519].body_bits


def test_any_grant_reaches_every_kind_of_card() -> None:
    """A few hundred random grants have all scopes, both open types, all losses, and cards with and without cut-off."""
    random = Random(1)
    found = [any_grant(random) for _ in range(400)]
    assert len({g.scope for g in found}) == 4
    assert len({(g.open_type, g.lost) for g in found}) == 6
    assert {g.cut_off_min is None for g in found} == {True, False}


@given(legal_grants())
def test_no_token_leaves_out_what_a_lock_needs(grant: Grant) -> None:
    """The peers' claims are short, but the grant comes back from them."""
    assert tokens.grant_of(tokens.json_claims(grant)) == grant


@pytest.mark.parametrize("token", tokens.TOKENS, ids=lambda token: token.name)
def test_a_token_verifies_to_its_claims_and_not_when_changed(token: tokens.Token) -> None:
    """What was signed comes back; with another card's signature it does not."""
    one, other = (token.claims(grant) for grant in islice(grants.mix(1, 2), 2))
    assert token.verify(token.sign(one)) == one
    with pytest.raises(Exception, match=r"(?i)signature|verify"):
        token.verify(token.sign(one)[:-90] + token.sign(other)[-90:])


def test_a_symbol_is_as_small_as_its_mode_allows() -> None:
    """Digits, base45's alphabet and other text of one length need ever larger versions."""
    assert [tokens.symbol_version(text) for text in ("1" * 202, "A" * 202, "a" * 202)] == [5, 8, 10]
