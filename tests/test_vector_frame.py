from __future__ import annotations

import hashlib

import pytest
import segno

from simulator.readers.registry import make_reader
from vectors.exact.png import pixels_of
from vectors.families import frame, frame_hard, frame_plain, frame_refused
from vectors.families.ask import DisagreementError
from vectors.families.frame_foreign import FOREIGN
from vectors.families.frame_plan import Plan, card_text, frame_of
from vectors.pack.family_file import record
from vectors.pack.flags import FLAGS
from vectors.pack.vector import Family

_SEED = 1
_SOME = 9
"""Every so many plans are made here: all of them take a minute's third."""


@pytest.fixture(scope="module")
def plans() -> dict[str, list[Plan]]:
    """All plans by group."""
    return {
        "plain": list(frame_plain.plans(_SEED)),
        "several": list(frame_plain.several(_SEED)),
        "foreign": list(frame_plain.foreign(_SEED)),
        "hard": list(frame_hard.plans(_SEED)),
        "refused": list(frame_refused.plans(_SEED)),
    }


@pytest.fixture(scope="module")
def some(plans: dict[str, list[Plan]]) -> Family:
    """The family with every ninth of its vectors."""
    fewer = {name: each[::_SOME] for name, each in plans.items()}
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((frame_plain, "several"), (frame_plain, "foreign")):
            patch.setattr(module, name, lambda _seed, name=name: iter(fewer[name]))
        for module, name in ((frame_plain, "plain"), (frame_hard, "hard"), (frame_refused, "refused")):
            patch.setattr(module, "plans", lambda _seed, name=name: iter(fewer[name]))
        return frame.family(_SEED)


def test_there_are_enough_and_none_twice(plans: dict[str, list[Plan]]) -> None:
    """At least 150 vectors with ids and comments of their own, a third of them refusals, 60 hard ones."""
    every = [plan for each in plans.values() for plan in each]
    assert len(every) >= 150
    assert len({plan.id for plan in every}) == len(every)
    assert 3 * len(plans["refused"]) >= len(every)
    assert len(plans["hard"]) >= 60
    assert {flag for plan in every for flag in plan.flags} <= FLAGS.keys()


def test_what_is_stated_is_read(some: Family) -> None:
    """Each accepted vector states its texts, each refused one NO_CODE and none; every picture is there."""
    for vector in some.vectors:
        (step,) = vector.steps
        assert step.do["picture"] in some.pictures
        assert (step.expect["texts"] == []) == (vector.expect.reason == "NO_CODE") == (not vector.expect.accepted)
    assert len(some.pictures) == len(some.vectors) == record(some)["count"]


def test_pictures_are_these(some: Family) -> None:
    """Their bytes are known by a hash: another NumPy or processor that drew them otherwise is found out."""
    digest = hashlib.sha256(b"".join(some.pictures[path] for path in sorted(some.pictures)))
    assert digest.hexdigest()[:16] == "e64f1e60f3f581ff"


def test_each_card_picture_is_linked_from_its_stages(some: Family) -> None:
    """A card's stages end with the frame that is asked for."""
    linked = [vector for vector in some.vectors if vector.stages]
    assert linked
    assert all(vector.stages["frame"] == vector.steps[0].do["picture"] for vector in linked)


def test_a_wrong_statement_is_no_vector(plans: dict[str, list[Plan]]) -> None:
    """Where the reference reads another text than stated, or any where none is stated, generation fails."""
    good = plans["plain"][0]
    for texts in (("123",), ()):
        wrong = Plan(id=good.id, comment=good.comment, flags=good.flags, pixels=good.pixels, texts=texts)
        with pytest.raises(DisagreementError):
            frame._vector(wrong, {})


def test_a_frame_that_is_a_matter_of_luck_is_no_vector(plans: dict[str, list[Plan]]) -> None:
    """Where the next harder step is not read, generation fails."""
    good, empty = plans["hard"][0], plans["refused"][0]
    lucky = Plan(
        id=good.id, comment=good.comment, flags=good.flags, pixels=good.pixels, texts=good.texts, harder=empty.pixels
    )
    with pytest.raises(DisagreementError):
        frame._vector(lucky, {})


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_symbols_are_what_another_encoder_makes(name: str) -> None:
    """The rows that are written down are segno's."""
    symbol = segno.make_qr(FOREIGN[name].text, error="m", boost_error=False)
    assert FOREIGN[name].matrix.tolist() == [list(row) for row in symbol.matrix]


def test_a_card_as_a_frame_is_read_by_others() -> None:
    """What other families take for a picture of a card, zxing-cpp reads without this project's reader."""
    text = card_text("ed25519-large", 1)
    assert [seen.text for seen in make_reader("zxing-cpp").read(frame_of(text))] == [text]


def test_a_picture_is_read_as_it_was_drawn(some: Family, plans: dict[str, list[Plan]]) -> None:
    """From the file come the pixels that were drawn."""
    first = plans["refused"][0]
    assert (pixels_of(some.pictures[first.path]) == first.pixels()).all()
