"""The reader of single frames: what zxing-cpp reads, what it cannot, and what must never be read."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from lockcore import symbol
from simulator.camera import Scenario, shoot, shoot_scene
from simulator.readers import make_reader
from simulator.readers.card import CardReader
from simulator.readers.soft import codewords as codewords_module
from simulator.readers.soft import soft
from simulator.readers.soft.codewords import decoded
from simulator.readers.soft.format_word import Format, formats
from simulator.readers.soft.layout import LEVELS, QUIET, layout
from simulator.readers.soft.retries import DOUBLED_PX_MAX, SHARP_PX_MAX, doubled, retries
from simulator.stopwatch import Stopwatch
from tests.test_soft_wrong_blocks import one_block_lost, texts_of

Frame = npt.NDArray[np.uint8]
Ratios = npt.NDArray[np.float32]
DIGITS = "8675309142" * 70
FIRST, SECOND = DIGITS[:101], DIGITS[1:102]
HARD = Scenario(defocus_modules=0.6)
ZXING, DEEP, FAST = make_reader("zxing-cpp"), CardReader(), CardReader(deep=False)


def texts(frame: Frame, reader: CardReader = DEEP) -> list[str]:
    """What is read that zxing-cpp does not read."""
    assert ZXING.read(frame) == []
    return [each.text for each in reader.read(frame)]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("version", range(1, 11))
def test_every_version_and_level_is_read(version: int, level: str) -> None:
    """Full of digits, out of focus; by the soft reader alone too, mirrored and not."""
    text = DIGITS[: symbol.digit_capacity(version, level)]
    matrix = symbol.matrix(text, version=version, level=level)
    assert texts(shoot(matrix, HARD, 5).frame, FAST) == [text]
    (mirrored,) = soft.read(shoot(matrix, Scenario(mirrored=True), 5).frame)
    assert (mirrored.text, mirrored.version, mirrored.mirrored) == (text, version, True)


@pytest.mark.parametrize("digits", [101, 149, 202, 255])
def test_every_card_is_read(digits: int) -> None:
    """Of every size that cards have."""
    text = DIGITS[:digits]
    assert texts(shoot(symbol.matrix(text), HARD, digits).frame, FAST) == [text]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("mirrored", "inverted"), [(True, False), (False, True), (True, True)])
def test_mirrored_and_inverted_symbols_are_read(mirrored: bool, inverted: bool, seed: int) -> None:
    """Mirrored ones fast, inverted ones deep."""
    shot = shoot(symbol.matrix(FIRST), Scenario(mirrored=mirrored, inverted=inverted, defocus_modules=0.6), seed)
    assert texts(shot.frame) == [FIRST]
    assert texts(shot.frame, FAST) == ([] if inverted else [FIRST])


@pytest.mark.parametrize("data", ["https://example.com/?q=1", "1234567890", "ABC-$%"])
def test_what_zxing_reads_is_read_with_the_same_text(data: str) -> None:
    """Whatever it is; by the first stage, and no other."""
    matrix = np.array(segno.make(data, micro=False).matrix, np.uint8)
    frame = shoot(matrix, Scenario(tilt_deg=(20.0, 20.0)), 3).frame
    for reader in (DEEP, FAST):
        watch = Stopwatch()
        found, expected = reader.read(frame, watch), ZXING.read(frame)
        assert [(each.text, each.corners) for each in found] == [(each.text, each.corners) for each in expected]
        assert [each.text for each in found] == [data]
        assert list(watch.stages_ms) == ["zxing-cpp"]


def test_ways_are_tried_from_the_cheapest_on() -> None:
    """What reads nothing goes through all of them; fast, through fewer."""
    frame = shoot_scene([], Scenario(), 1).frame
    ways = ["zxing-cpp", "smooth", "soft", "sharp", "inverted", "doubled"]
    for reader, count in ((DEEP, 6), (FAST, 4)):
        watch = Stopwatch()
        assert reader.read(frame, watch) == []
        assert list(watch.stages_ms) == ways[:count]


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("tilt", [0.0, 30.0])
def test_corners_are_right_to_a_part_of_a_module(tilt: float, mirrored: bool) -> None:
    """The symbol's own top left first, then clockwise as printed: in a mirror, the other way round."""
    for seed in range(2):
        scenario = Scenario(tilt_deg=(tilt, tilt), mirrored=mirrored, defocus_modules=0.3)
        shot = shoot(symbol.matrix(FIRST), scenario, seed)
        (found,) = DEEP._softly(shot.frame, 1)
        corners = shot.corners(29)[[1, 0, 3, 2]] if mirrored else shot.corners(29)
        assert np.abs(np.array(found.corners) - corners).max() < 0.75 * 4


@pytest.mark.parametrize(("reader", "seed"), [(DEEP, 0), (FAST, 1), (FAST, 2)])
def test_two_hard_symbols_are_both_read(reader: CardReader, seed: int) -> None:
    """Each where it is."""
    scenario = Scenario(defocus_modules=0.7, width_px=800)
    shot = shoot_scene([symbol.matrix(FIRST), symbol.matrix(SECOND)], scenario, seed)
    assert ZXING.read(shot.frame) == []
    found = {each.text: np.array(each.corners) for each in reader.read(shot.frame)}
    assert set(found) == {FIRST, SECOND}
    for number, text in enumerate((FIRST, SECOND)):
        assert np.abs(found[text] - shot.corners(29, number)).max() < 0.75 * 4


def test_filtered_frames_are_few() -> None:
    """Of large frames fewer; none is made that nobody asks for."""
    small, large = np.zeros((480, 640), np.uint8), np.zeros((SHARP_PX_MAX // 800 + 1, 800), np.uint8)
    assert [each.name for each in retries(small)] == ["smooth", "sharp"]
    assert [each.name for each in retries(large)] == ["smooth"]
    larger = doubled(small)
    assert larger is not None and (larger.frame.shape, larger.scale) == ((960, 1280), 2.0)
    assert doubled(np.zeros((1, DOUBLED_PX_MAX + 1), np.uint8)) is None


def clear(text: str, version: int, level: str = "M") -> Ratios:
    """(n * n,) of a symbol without a fault."""
    dark = np.pad(symbol.matrix(text, version=version, level=level), QUIET)
    return (6 - 12 * dark.astype(np.float32)).reshape(-1)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    version=st.integers(2, 6),
    level=st.sampled_from(LEVELS),
    boxes=st.lists(st.tuples(*[st.integers(0, 40)] * 4, st.sampled_from([0.0, -1.0, 0.2, 9.0])), max_size=5),
    shifted=st.integers(0, 2),
    noise=st.floats(0, 8),
    seed=st.integers(0, 2**32 - 1),
)
def test_no_damage_makes_another_text(
    version: int, level: str, boxes: list[tuple[int, int, int, int, float]], shifted: int, noise: float, seed: int
) -> None:
    """Rectangles blank, turned, doubtful or more than certain, rows that slipped, and noise all over."""
    text = DIGITS[: symbol.digit_capacity(version, level)]
    width = layout(version).width
    plane = clear(text, version, level).reshape(width, width)
    for row, column, down, across, factor in boxes:
        plane[row : row + down, column : column + across] *= factor
    plane[width // 2 :] = np.roll(plane[width // 2 :], shifted, axis=1)
    ratios = (plane + np.random.default_rng(seed).normal(0, noise, plane.shape)).astype(np.float32).reshape(-1)
    assert set(texts_of(ratios, version)) <= {text}


def guessed(version: int, level: str, seeds: int) -> int:
    """In how many symbols that lost a block something else is read than what is there."""
    count = 0
    for seed in range(seeds):
        text, ratios = one_block_lost(version, level, np.random.default_rng([version, seed]))
        whole = clear(text, version, level)
        right = decoded(whole, version, formats(whole, layout(version))[0])
        assert right is not None
        count += any(said != right for said in texts_of(ratios, version))
    return count


def test_without_spare_parity_lost_blocks_are_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though what is certain is not contradicted; what is well formed as a segment besides is for `segment` to say."""
    monkeypatch.setattr(codewords_module, "numeric", lambda data, _: data.tobytes().hex())
    assert guessed(4, "M", 40) == 0
    monkeypatch.setattr(codewords_module, "SPARE_BYTES", 0)
    assert guessed(4, "M", 40) > 0


def test_what_is_certain_is_not_contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten bytes that shout and sixty that whisper of another text: its codeword is within reach, and not believed."""
    known, ratios = layout(3), clear(SECOND, 3)
    form = formats(ratios, known)[0]
    shouting = known.codewords[np.arange(0, 70, 7)].reshape(-1)
    ratios[shouting] *= -5
    assert decoded(ratios, 3, form) is None
    monkeypatch.setattr(codewords_module, "CONTRADICTION_MAX", 1.0)
    found = decoded(ratios, 3, form)
    assert found == SECOND


def test_texts_stay_out_of_every_repr() -> None:
    """Of what the soft reader and the reader of cards give."""
    frame = shoot(symbol.matrix(FIRST), HARD, 101).frame
    shown = [*map(repr, soft.read(frame)), *map(repr, DEEP.read(frame)), repr(Format("M", 1, False, 1.0))]
    assert len(shown) == 3
    assert [each for each in shown if FIRST[:8] in each] == []
