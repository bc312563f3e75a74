from __future__ import annotations

import pytest

from benchmarks import core_refusals, fuzz, keys, near_misses
from benchmarks.grants import ORDINARY
from benchmarks.line import Verdict
from benchmarks.mutations import SEALED, TEXTS, Case
from lockcore import Card, LockKeys, Reason, SealKind, encode
from lockcore import body as body_format
from lockcore.carrier import CARRIERS

TEXT = encode(ORDINARY, keys.SCOPE_SEALER)
OTHER = encode(ORDINARY._replace(serial=1), keys.SCOPE_SEALER)
CARDS = core_refusals.grants_of_all_carriers(seed=2, count=1)


def test_near_misses_start_from_all_four_widths() -> None:
    """One card of each carrier was found."""
    assert {len(encode(grant, keys.SEALERS[kind])) for kind, grant in CARDS} == set(CARRIERS)


@pytest.mark.parametrize("name", core_refusals.NEAR_MISSES)
def test_no_near_miss_is_let_in(name: str) -> None:
    """All are other texts than the card's, there are some for one width at least, and each is refused."""
    texts: list[str] = []
    for kind, grant in CARDS:
        made = list(core_refusals.NEAR_MISSES[name](grant, kind))
        assert encode(grant, keys.SEALERS[kind]) not in made
        texts += made
    assert texts
    assert all(core_refusals.refused(text) for text in texts)


def test_every_bit_is_changed_once() -> None:
    """A 101-digit text has 336 single-bit changes, the unused top bit among them."""
    changed = {int(text) ^ int(TEXT) for text in near_misses.single_bits(TEXT)}
    assert changed == {1 << bit for bit in range(336)}


def test_a_card_that_is_let_in_makes_its_bar_fall_short() -> None:
    """The line of a refusal bar counts what was accepted, and no texts are no evidence."""
    assert core_refusals.refusal_line("near misses", [TEXT, "1"]).verdict is Verdict.FALLS_SHORT
    assert core_refusals.refusal_line("near misses", ["1"]).verdict is Verdict.HOLDS
    assert core_refusals.refusal_line("near misses", []).verdict is Verdict.FALLS_SHORT


@pytest.mark.parametrize(
    ("case", "outcome", "fault"),
    [
        (Case("12", ""), "NOT_A_CARD", ""),
        (Case(OTHER, None), "accepted", ""),
        (Case(TEXT, TEXT), "unchanged", ""),
        (Case(OTHER, TEXT), "accepted", "accepted with the seal of another text"),
    ],
)
def test_a_case_ends_in_a_reason_or_is_judged(case: Case, outcome: str, fault: str) -> None:
    """A seal of its own may be accepted, a mutation of a card's text may not."""
    assert fuzz.outcome_of(case) == (outcome, fault)


def test_an_error_of_another_type_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever `decode` raises beside DecodeError is reported by its type."""
    monkeypatch.setattr(fuzz, "decode", lambda text, _keys: int(text, 5))
    assert fuzz.outcome_of(Case("9", None)) == ("raised", "ValueError in place of DecodeError")


def test_a_second_text_of_a_grant_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """A decoder that took another text for this grant would be found out by encoding it again."""

    def lenient(_text: str, _keys: LockKeys) -> Card:
        return Card(ORDINARY, keys.CMAC_ID, SealKind.CMAC)

    monkeypatch.setattr(fuzz, "decode", lenient)
    assert fuzz.outcome_of(Case(OTHER, None)) == ("accepted", "accepted, but not the text of its grant")


def test_a_faulty_decoder_shows_in_the_tally(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fault is counted, the first few are told with the seed that replays them, none with its text."""
    monkeypatch.setattr(fuzz, "decode", lambda _text, _keys: 1 / 0)
    tally = fuzz.tally_of("faulty", 30)
    assert tally.fault_count == 30
    assert len(tally.faults) == fuzz.FAULTS_KEPT
    assert "case 0 of chunk 'faulty': ZeroDivisionError" in tally.faults[0]


def test_a_short_run_finds_nothing_and_tries_everything() -> None:
    """Two thousand cases: no fault, every kind of mutation, every reason of decoding, some accepted."""
    tally = fuzz.tally_of("short", 2000)
    assert (tally.cases, tally.fault_count) == (2000, 0)
    assert {kind for kind, _ in tally.outcomes} == {mutate.__name__ for mutate in (*TEXTS, *SEALED)}
    assert tally.by_outcome().keys() >= core_refusals.DECODE_REASONS | {"accepted"}
    assert all(share > 0 for _, share in fuzz.acceptances(tally))


def test_a_chunk_is_a_function_of_its_seed() -> None:
    """The same seed replays the same cases; tallies add up."""
    one = fuzz.tally_of("a", 200)
    assert one == fuzz.tally_of("a", 200) != fuzz.tally_of("b", 200)
    one.add(fuzz.tally_of("b", 100))
    assert one.cases == 300


def test_any_body_can_be_sealed_for_the_benchmarks_lock() -> None:
    """A sealed body that no issuer would make gets as far as the parser, in every carrier."""
    for carrier in CARRIERS.values():
        nothing = keys.SEALERS[carrier.kind].key_id << 2 | body_format.FORMAT
        assert fuzz.outcome_of(Case(keys.sealed_text(nothing, carrier), None)) == (Reason.MALFORMED, "")


@pytest.mark.long
def test_ten_million_hostile_texts() -> None:
    """Nothing but DecodeError, and nothing accepted that is not the one text of its grant."""
    tally = fuzz.run(seed=2, cases=core_refusals.CASES)
    assert (tally.fault_count, tally.faults) == (0, [])
    assert tally.cases >= core_refusals.CASES
