"""Bar 5 of the camera can fail: texts that are made up, and cards out of nowhere, are counted."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import camera_wrong
from benchmarks.camera_codes import code
from benchmarks.camera_damage import DAMAGES, Printed, card_text
from benchmarks.camera_door import Door
from benchmarks.camera_noise import framed
from benchmarks.camera_picture import Look, Shown, drawn
from benchmarks.camera_wrong import Job, Tally
from lockcore import symbol
from simulator.readers import make_reader
from simulator.readers.read import read_distinct
from tests.told_reader import Told, verdicts

CRISP = Look(3.0, 0.1, 200.0, 2.0)


@pytest.mark.parametrize("kind", camera_wrong.KINDS)
def test_a_frame_follows_from_its_kind_seed_and_number(kind: str) -> None:
    """The same again, and no other's; each is small."""
    one, again, other = (camera_wrong.shown(kind, 1, number) for number in (3, 3, 4))
    assert one.frame.tobytes() == again.frame.tobytes() != other.frame.tobytes()
    assert one.texts == again.texts and one.frame.dtype == np.uint8 and one.frame.size < 400_000
    assert camera_wrong.shown(kind, 2, 3).frame.tobytes() != one.frame.tobytes()


@pytest.mark.parametrize("kind", ["noise", "other people's codes", "damaged symbols"])
def test_a_text_that_is_not_in_the_frame_is_counted_with_its_number(kind: str) -> None:
    """A reader that makes one up falls short; one that sees nothing holds."""
    job = Job("", kind, 1, 5, 3)
    made_up = camera_wrong.tally_of(job, Told(("0123",)), Door())
    assert made_up.wrong == [f"{kind}, seed 1, number {number}" for number in (5, 6, 7)]
    assert verdicts(*camera_wrong.report("fast", made_up, 3, 1.0)) == [False, True]
    silent = camera_wrong.tally_of(job, Told(), Door())
    assert verdicts(*camera_wrong.report("fast", silent, 3, 1.0)) == [True, True]
    assert verdicts(*camera_wrong.report("fast", silent, 4, 1.0)) == [False, True], "too few frames"


def test_a_card_that_is_not_in_the_frame_is_an_opening() -> None:
    """In noise it opens the door; where it is the frame's own, it may."""
    own = next(iter(camera_wrong.shown("damaged symbols", 1, _number_of_a_card()).cards))
    stray = camera_wrong.tally_of(Job("", "noise", 1, 0, 1), Told((own,)), Door())
    assert stray.openings == ["noise, seed 1, number 0"]
    assert verdicts(*camera_wrong.report("deep", stray, 1, 1.0)) == [False, False]
    shown = camera_wrong.tally_of(Job("", "damaged symbols", 1, _number_of_a_card(), 1), Told((own,)), Door())
    assert not shown.openings and not shown.wrong


def _number_of_a_card() -> int:
    return next(number for number in range(50) if camera_wrong.shown("damaged symbols", 1, number).cards)


def test_a_door_that_never_opens_proves_nothing() -> None:
    """The control is part of the bar."""
    assert Door().opens_to_its_card()
    shut = Tally(doors_that_open=False)
    shut.frames["noise"] = 1
    assert verdicts(*camera_wrong.report("fast", shut, 1, 1.0)) == [True, False]


def test_a_door_opens_to_cards_under_either_seal_and_to_nothing_near_them() -> None:
    """A digit changed is a refusal."""
    for number in range(4):
        text = card_text(number)
        assert Door().opened(text)
        assert not Door().opens(text[:-1] + str((int(text[-1]) + 1) % 10))


def test_other_peoples_codes_are_read_as_what_was_written() -> None:
    """By the field's reader too, so what is expected is what stands there."""
    reader, rng = make_reader("zxing-cpp"), np.random.default_rng(7)
    seen = [(set(read_distinct(shown.frame, reader)), shown.texts) for shown in (code(rng) for _ in range(60))]
    assert sum(map(bool, (texts for texts, _ in seen))) > 40
    assert not [texts - expected for texts, expected in seen if texts - expected]


def test_no_damage_is_none_and_half_the_modules_are_much() -> None:
    """What is drawn is what was printed; each damage changes some symbols."""
    text = card_text(2)
    frame = drawn(symbol.matrix(text), CRISP, np.random.default_rng(1))
    assert read_distinct(frame, make_reader("zxing-cpp")) == (text,)
    one, other = (_printed(number) for number in (2, 6))
    for damage in DAMAGES[:-1]:
        spoilt = [damage(one, other, np.random.default_rng(seed)) for seed in range(5)]
        assert any((modules != one.modules).any() for modules in spoilt), damage.__name__
        assert all(modules.shape == one.modules.shape for modules in spoilt)


def _printed(number: int) -> Printed:
    text = card_text(number)
    return Printed(symbol.matrix(text), text, is_card=True)


def test_noise_in_a_symbols_frame_has_nothing_to_read() -> None:
    """Its texts are none, so whatever a reader says of it is wrong."""
    assert framed(np.random.default_rng(1)).texts == Shown(np.zeros((1, 1), np.uint8)).texts == frozenset()
