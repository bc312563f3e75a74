"""Presentations of several frames: they follow from their numbers, and no frame is another's."""

from __future__ import annotations

import pytest

from simulator.trial.conditions import CONDITIONS, VERSIONS, case, empty
from simulator.trial.sequences import FRAMES, SEQUENCES, sequence


def test_there_are_seventeen_conditions() -> None:
    """With names of their own."""
    assert len(set(SEQUENCES)) == 17


def test_a_sequence_follows_from_name_half_number_and_seed() -> None:
    """The same again, and no other's."""
    name = SEQUENCES[0]
    first = sequence(name, "tune", 0)
    again = sequence(name, "tune", 0)
    assert first.text == again.text
    assert [frame.tobytes() for frame in first.frames] == [frame.tobytes() for frame in again.frames]
    others = [sequence(name, "test", 0), sequence(SEQUENCES[1], "tune", 0), sequence(name, "tune", 5)]
    others.append(sequence(name, "tune", 0, seed=2))
    assert len({other.text for other in [first, *others]}) == 5


@pytest.mark.parametrize("name", SEQUENCES[::4])
def test_each_frame_of_a_sequence_is_new(name: str) -> None:
    """Noise, hand and motion; the size stays, and the version comes in turns."""
    shown = sequence(name, "tune", 3)
    assert shown.version == VERSIONS[3]
    assert len({frame.tobytes() for frame in shown.frames}) == len(shown.frames) == FRAMES
    assert {frame.shape for frame in shown.frames} == {(480, 640)}


def test_another_seed_chooses_other_frames() -> None:
    """Of conditions, and without a code."""
    assert case(CONDITIONS[0], "tune", 0).text != case(CONDITIONS[0], "tune", 0, seed=2).text
    assert empty("tune", 0).tobytes() != empty("tune", 0, seed=2).tobytes()
