"""Frames in turn: what is followed, added up, lost and never mixed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from lockcore import symbol
from simulator.camera import Scenario, shoot, shoot_scene
from simulator.camera.tremor import Tremor, presentation
from simulator.readers import make_reader
from simulator.readers.card import CardReader
from simulator.readers.soft import soft
from simulator.readers.soft.attempt import SoftRead
from simulator.readers.soft.layout import QUIET, layout
from simulator.readers.stream import CardStream
from simulator.readers.tracking import LOST_AFTER, UNREAD_MAX
from simulator.stopwatch import Stopwatch

Frame = npt.NDArray[np.uint8]
FIRST, SECOND = "8675309142" * 10 + "8", "5309142867" * 10 + "5"
HARD = Scenario(defocus_modules=0.6)
NOISY = Scenario(read_noise_levels=90.0, contrast=0.5)
WALL = shoot_scene([], Scenario(), 9).frame
INVERTED = Scenario(defocus_modules=0.6, inverted=True)


def frames_of(text: str, scenario: Scenario, seed: int, count: int, level: str = "M") -> list[Frame]:
    """A phone in a hand; the same seed has it at the same place for any text."""
    shots = presentation(symbol.matrix(text, version=3, level=level), scenario, seed, count, Tremor())
    return [shot.frame for shot in shots]


def texts(stream: CardStream, frame: Frame) -> list[str]:
    """What is read."""
    return [each.text for each in stream.read(frame)]


def stage_of(stream: CardStream, frame: Frame) -> tuple[list[str], str]:
    """What is read, and the last stage that was needed."""
    watch = Stopwatch()
    found = [each.text for each in stream.read(frame, watch)]
    return found, list(watch.stages_ms)[-1]


@pytest.mark.parametrize("scenario", [HARD, Scenario(defocus_modules=0.6, mirrored=True)])
def test_a_hard_symbol_is_searched_once_and_followed(scenario: Scenario) -> None:
    """zxing-cpp reads none of these frames; the corners follow the hand."""
    stream = CardStream()
    shots = list(presentation(symbol.matrix(FIRST), scenario, 1, 4, Tremor()))
    for number, shot in enumerate(shots):
        assert make_reader("zxing-cpp").read(shot.frame) == []
        watch = Stopwatch()
        (found,) = stream.read(shot.frame, watch)
        assert (found.text, list(watch.stages_ms)[-1]) == (FIRST, "track" if number else "search")
        corners = shot.corners(29)[[1, 0, 3, 2]] if scenario.mirrored else shot.corners(29)
        assert np.abs(np.array(found.corners) - corners).max() < 3.5
        assert stream.in_view


def test_a_hard_light_symbol_on_dark_is_followed_too() -> None:
    """It is found in every other search."""
    stream = CardStream(hard_every=1)
    found = [stage_of(stream, frame) for frame in frames_of(FIRST, INVERTED, 1, 4)]
    assert found == [([], "search"), ([FIRST], "search"), ([FIRST], "track"), ([FIRST], "track")]


def test_what_zxing_reads_is_read_again_where_it_was() -> None:
    """In the whole frame first, then in a part of it."""
    stream = CardStream()
    found = [stage_of(stream, frame) for frame in frames_of(FIRST, Scenario(), 1, 4)]
    assert found == [([FIRST], "frame"), *[([FIRST], "crop")] * 3]


@pytest.mark.parametrize("scenario", [Scenario(), HARD])
def test_what_is_forgotten_is_searched_anew(scenario: Scenario) -> None:
    """By `forget`, or where the frame has another shape."""
    first, second = frames_of(FIRST, scenario, 1, 2)
    anew = stage_of(CardStream(), second)
    stream = CardStream()
    stream.read(first)
    stream.forget()
    assert not stream.in_view
    assert stage_of(stream, second) == anew
    stream.read(first)
    assert stage_of(stream, np.ascontiguousarray(second[:-1])) == anew
    assert anew[1] in ("frame", "search")


@pytest.mark.parametrize("seed", [1, 2])
def test_noise_is_read_by_adding_frames_up(seed: int) -> None:
    """Where no frame alone is, however deep; each is in view."""
    stream, frames = CardStream(), frames_of(FIRST, NOISY, seed, 8)
    found = []
    for frame in frames:
        found.append(texts(stream, frame))
        assert stream.in_view
    first = found.index([FIRST])
    assert first > 0
    assert all(each in ([], [FIRST]) for each in found)
    assert all(CardReader().read(frame) == [] for frame in frames[: first + 1])


@pytest.mark.parametrize("seed", [1, 2])
def test_what_told_one_text_does_not_hide_one_that_is_like_it(seed: int) -> None:
    """Another rendition, say, whose symbol begins alike, in noise that no single frame is read in."""
    stream, other = CardStream(deep=True, hard_every=1), FIRST[:62] + SECOND[62:]
    assert [FIRST] in [texts(stream, frame) for frame in frames_of(FIRST, NOISY, seed, 8)]
    read = [texts(stream, frame) for frame in frames_of(other, NOISY, seed, 8)]
    assert read.count([other]) >= 3 and all(each in ([], [other]) for each in read)


@pytest.mark.parametrize("scenario", [HARD, NOISY])
def test_one_symbol_after_another_never_mixes(scenario: Scenario) -> None:
    """In the same place, without a word: from then on the first is not read any more."""
    stream = CardStream()
    for frame in frames_of(FIRST, scenario, 2, 6):
        assert texts(stream, frame) in ([], [FIRST])
    found = [texts(stream, frame) for frame in frames_of(SECOND, scenario, 2, 10)]
    assert [each for each in found if each not in ([], [SECOND])] == []
    assert found[-1] == [SECOND]


@pytest.mark.parametrize(("level", "last"), [("L", "06"), ("L", "09"), ("M", "24"), ("M", "25")])
def test_a_text_that_is_nearly_the_same_is_another(level: str, last: str) -> None:
    """Its symbol shares nine modules of ten with the one before, and the mask."""
    other = FIRST[:-2] + last
    alike = symbol.matrix(FIRST, version=3, level=level) == symbol.matrix(other, version=3, level=level)
    assert alike.mean() > 0.85
    stream = CardStream()
    assert [texts(stream, frame) for frame in frames_of(FIRST, HARD, 1, 2, level)] == [[FIRST]] * 2
    assert [texts(stream, frame) for frame in frames_of(other, HARD, 1, 3, level)] == [[other]] * 3


def test_a_symbol_that_is_gone_is_out_of_view_and_lost_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is followed no more after so many frames: only then all is searched again."""
    stream = CardStream(hard_every=1)
    for frame in frames_of(FIRST, HARD, 1, 2):
        stream.read(frame)
    searched: list[int] = []

    def noted(*_: object, **__: object) -> list[SoftRead]:
        searched.append(len(views))
        return []

    monkeypatch.setattr(soft, "read", noted)
    views: list[bool] = []
    for _ in range(LOST_AFTER + 1):
        assert stream.read(WALL) == []
        views.append(stream.in_view)
    assert searched == [LOST_AFTER - 1, LOST_AFTER] and not any(views)


def test_everything_is_searched_in_one_frame_of_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """For dark finders and light ones in turns, from the first frame on; a small frame never."""
    searched: list[tuple[int, int]] = []
    number = 0

    def noted(_: Frame, sign: int, **__: object) -> list[SoftRead]:
        searched.append((number, sign))
        return []

    monkeypatch.setattr(soft, "read", noted)
    stream = CardStream(hard_every=5)
    for number in range(16):  # noqa: B007
        stream.read(WALL)
    assert searched == [(0, 1), (5, -1), (10, 1), (15, -1)]
    stream.read(np.zeros((20, 400), np.uint8))
    assert len(searched) == 4


def scrambled(text: str) -> Frame:
    """The symbol with its data modules turned at random: there, and nothing to be read."""
    known = layout(3)
    turned = np.zeros(known.width**2, np.uint8)
    turned[known.codewords.reshape(-1)] = np.random.default_rng(1).integers(0, 2, known.codewords.size)
    square = turned.reshape(known.width, -1)[QUIET:-QUIET, QUIET:-QUIET]
    return np.asarray(symbol.matrix(text, version=3) ^ square, np.uint8)


def test_what_is_like_a_symbol_and_is_none_is_not_followed_for_ever() -> None:
    """It is given up, and from then on has to look more like one; forgetting ends that."""
    frame, stream = shoot(scrambled(FIRST), Scenario(read_noise_levels=80.0, contrast=0.5), 1).frame, CardStream()
    views = []
    for _ in range(UNREAD_MAX + 14):
        assert texts(stream, frame) == []
        views.append(stream.in_view)
    assert views == [True] * (UNREAD_MAX + 1) + [False] * 13
    stream.forget()
    stream.read(frame)
    assert stream.in_view


def test_several_codes_that_zxing_reads_are_read_in_every_frame() -> None:
    """Never one of them alone, which a lock would act on."""
    scenario = Scenario(width_px=800)
    frame = shoot_scene([symbol.matrix(FIRST), symbol.matrix(SECOND)], scenario, 1).frame
    stream = CardStream()
    assert [set(texts(stream, frame)) for _ in range(3)] == [{FIRST, SECOND}] * 3


def test_frames_that_said_nothing_are_forgotten_too() -> None:
    """What is followed after `forget` is given up as late as by a new stream."""
    frame, stream = shoot(scrambled(FIRST), Scenario(read_noise_levels=80.0, contrast=0.5), 1).frame, CardStream()
    for _ in range(UNREAD_MAX):
        stream.read(frame)
    stream.forget()
    views = []
    for _ in range(UNREAD_MAX + 3):
        stream.read(frame)
        views.append(stream.in_view)
    assert views == [True] * (UNREAD_MAX + 1) + [False] * 2


def test_several_symbols_are_all_read_and_none_is_followed() -> None:
    """By the soft search; then again in the next search."""
    scenario = Scenario(defocus_modules=0.7, width_px=800)
    frame = shoot_scene([symbol.matrix(FIRST), symbol.matrix(SECOND)], scenario, 1).frame
    stream = CardStream(hard_every=2)
    found = [set(texts(stream, frame)) for _ in range(5)]
    assert found[0] == found[4] == {FIRST, SECOND}
    assert found[1] == set()


@pytest.mark.parametrize("scenario", [Scenario(), Scenario(defocus_modules=0.65)])
def test_of_large_frames_every_other_pixel_is_looked_at(scenario: Scenario) -> None:
    """The corners are the whole frame's."""
    large = replace(scenario, width_px=1920, height_px=1080, module_px=12.0, tilt_deg=(0.0, 0.0))
    shot = shoot(symbol.matrix(FIRST), large, 1)
    (found,) = CardStream().read(shot.frame)
    assert found.text == FIRST
    assert np.abs(np.array(found.corners) - shot.corners(29)).max() < 9.0
