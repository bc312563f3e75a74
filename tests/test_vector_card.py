"""The vectors that keep every stage of a card: the stages belong together, but for the one defect."""

from __future__ import annotations

import pytest

from lockcore import SealKind
from tests.vector_families import family_of, refused_share
from vectors.families.card import made
from vectors.families.card_cards import CARDS
from vectors.families.card_defects import defects

STAGES = ("grant", "body", "sealed", "text", "matrix")


def test_half_of_the_cards_have_a_defect() -> None:
    """At one of four stages, under both seals."""
    family = family_of("card")
    assert len(family.vectors) >= 60
    assert refused_share(family) >= 0.5
    assert {defect.stage for defect in defects()} == set(STAGES) - {"matrix"}
    assert {defect.sample.sealer.kind for defect in defects()} == set(SealKind)


def test_each_test_has_every_stage() -> None:
    """In the order in which a card goes through them."""
    assert [vector.id for vector in family_of("card").vectors if tuple(vector.stages) != STAGES] == []


def test_the_stages_of_a_good_card_contain_one_another() -> None:
    """The body begins the sealed bytes, and those are the text's number."""
    for sample in CARDS:
        stages = made(sample).stages
        assert stages["sealed"].startswith(stages["body"])
        assert int(stages["text"]) == int(stages["sealed"], 16)


@pytest.mark.parametrize("stage", STAGES[1:4])
def test_a_defect_leaves_the_stages_before_it_alone(stage: str) -> None:
    """From it on they carry it."""
    for defect in defects():
        if defect.stage == stage:
            assert set(defect.card) <= set(STAGES[STAGES.index(stage) :])
            assert defect.card[stage] != made(defect.sample).stages[stage]


def test_every_shown_card_is_decoded_and_presented() -> None:
    """Both with what must come back."""
    shown = [vector for vector in family_of("card").vectors if not vector.id.startswith("card.issued")]
    assert {tuple(step.do["op"] for step in vector.steps) for vector in shown} == {("decode", "new", "boot", "show")}
