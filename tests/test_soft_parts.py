"""The soft reader's parts: layout, format words, segments, threes of finders, and what each gives back of a symbol."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockcore import symbol
from lockcore.symbol.capacity import blocks
from simulator.camera import Scenario, shoot, shoot_scene
from simulator.camera.pose import seen_at
from simulator.readers.soft import codewords as codewords_module
from simulator.readers.soft import soft
from simulator.readers.soft.codewords import decoded
from simulator.readers.soft.filter_bank import BLURS, NOISE, WINDOW, Blur, bank, kernels
from simulator.readers.soft.finders import MODULE_PX, Levels, Peak, distinct, find, scales_for
from simulator.readers.soft.fitting import Slopes, fitted
from simulator.readers.soft.format_word import formats
from simulator.readers.soft.layout import LEVELS, QUIET, interleaved, layout
from simulator.readers.soft.segment import numeric
from simulator.readers.soft.surfaces import blurred, surfaces
from simulator.readers.soft.triples import pairs, triples

VERSIONS = range(1, 11)
DIGITS = "8675309142" * 70


def modules_of(version: int, level: str = "M", mask: int | None = None) -> np.ndarray:
    """(n * n,) of a full symbol with its margin, as ratios: 9 light, -9 dark."""
    text = DIGITS[: symbol.digit_capacity(version, level)]
    matrix = np.pad(symbol.matrix(text, version=version, level=level, mask=mask), QUIET)
    return (9 - 18 * matrix.astype(np.float32)).reshape(-1)


@pytest.mark.parametrize("version", VERSIONS)
def test_pilots_are_as_every_symbol_has_them(version: int) -> None:
    """Whatever the text, level and mask."""
    known = layout(version)
    for level, mask in (("L", 0), ("M", 3), ("H", 7)):
        modules = modules_of(version, level, mask)
        assert np.array_equal(np.sign(modules[known.pilots]), known.pilot_signs)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("version", VERSIONS)
def test_a_symbol_without_a_fault_gives_its_text(version: int, level: str) -> None:
    """Every level, under the mask that the writer chose, or mirrored."""
    modules = modules_of(version, level)
    known = layout(version)
    for mirrored in (False, True):
        seen = modules.reshape(known.width, -1).T.reshape(-1) if mirrored else modules
        best = formats(seen, known)[0]
        assert (best.level, best.mirrored) == (level, mirrored)
        assert best.score == pytest.approx(1.0)
        found = decoded(seen, version, best)
        assert found == DIGITS[: symbol.digit_capacity(version, level)]


@pytest.mark.parametrize("version", VERSIONS)
def test_blocks_are_those_of_the_standard(version: int) -> None:
    """All codewords once."""
    for level in LEVELS:
        shape, found = blocks(version, level), interleaved(version, level)
        assert sorted(np.concatenate(found.places)) == list(range(shape.codeword_count))
        assert found.data_lengths == shape.data_lengths


@given(st.integers(0, 2**32 - 1), st.floats(0, 0.12))
def test_what_is_decoded_is_the_text_or_nothing(seed: int, share: float) -> None:
    """With modules turned at random, of more or less certainty."""
    rng = np.random.default_rng(seed)
    modules = modules_of(3) * rng.uniform(0.5, 1, 33 * 33).astype(np.float32)
    turned = rng.random(len(modules)) < share
    modules[turned] *= -0.5
    known = layout(3)
    found = [decoded(modules, 3, form) for form in formats(modules, known)]
    assert {each for each in found if each} <= {DIGITS[:101]}
    if share < 0.005:
        assert any(found)


def test_noise_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its format words say; where parity need not be spared, some noise would be taken for a codeword."""
    rng, taken = np.random.default_rng(3), 0
    for _ in range(60):
        noise = rng.normal(0, 3, 29 * 29).astype(np.float32)
        assert all(decoded(noise, 2, form) is None for form in formats(noise, layout(2), most=4))
    monkeypatch.setattr(codewords_module, "SPARE_BYTES", 0)
    monkeypatch.setattr(codewords_module, "HOPELESS", -99.0)
    monkeypatch.setattr(codewords_module, "CONTRADICTION_MAX", 1.0)
    monkeypatch.setattr(codewords_module, "numeric", lambda *_: "taken")
    for _ in range(60):
        noise = rng.normal(0, 3, 29 * 29).astype(np.float32)
        taken += any(decoded(noise, 2, form) for form in formats(noise, layout(2), most=4))
    assert taken > 0


@given(st.integers(1, 10), st.integers(1, 41))
def test_a_segment_gives_its_digits(version: int, count: int) -> None:
    """However many, with zeros in front."""
    from lockcore.symbol.capacity import blocks as shape_of
    from lockcore.symbol.message import zero_digits

    if count > symbol.digit_capacity(version, "L"):
        return
    assert shape_of(version, "L").data_count == len(zero_digits(version, "L", count))
    assert numeric(zero_digits(version, "L", count), version) == "0" * count


@pytest.mark.parametrize("change", [0, 1, 33])
def test_a_segment_that_is_wrong_anywhere_is_none(change: int) -> None:
    """Mode, count, group above 999, or padding."""
    from lockcore.symbol.message import zero_digits

    data = zero_digits(3, "L", 9).copy()
    data[change] ^= 0xFF
    assert numeric(data, 3) is None


def finder_places(side: int, to_frame: np.ndarray) -> np.ndarray:
    """(3, 2) px: where the finders are."""
    half = side / 2 - 3.5
    return seen_at(to_frame, [(-half, -half), (half, -half), (-half, half)])


@pytest.mark.parametrize("module_px", [1.5, 2.2, 3.3, 4.6, 6.4, 9.0])
def test_finders_are_found_at_every_size(module_px: float) -> None:
    """All three, among the first few; and of the threes the right one is first."""
    matrix = symbol.matrix(DIGITS[:63])
    shot = shoot(matrix, Scenario(module_px=module_px, read_noise_levels=4.0), 3)
    peaks = distinct(find(Levels(shot.frame), scales_for(1.3, 12)))
    wanted = finder_places(25, shot.to_frame[0])
    near = [min(np.hypot(peak.x_px - x, peak.y_px - y) for peak in peaks[:6]) for x, y in wanted]
    assert max(near) < module_px
    best = triples(peaks)[0]
    found = np.array([best.corner, best.right, best.below])
    assert np.abs(found - wanted).max() < 1.5 * module_px
    assert best.module_px == pytest.approx(module_px, rel=0.3)


@pytest.mark.parametrize("background", ["blotches", "text", "shapes"])
def test_a_wall_says_nothing(background: str) -> None:
    """Whatever looks like a finder on it."""
    for seed in range(2):
        assert soft.read(shoot_scene([], Scenario(background=background), seed).frame) == []


def test_two_finders_have_their_third_where_a_square_has_it() -> None:
    """For each of the three that may be hidden, one of the guesses is right."""
    square = {"corner": (100.0, 100.0), "right": (200.0, 130.0), "below": (70.0, 200.0)}
    for number, hidden in enumerate(square):
        peaks = [Peak(x, y, 5.0, 0.6) for name, (x, y) in square.items() if name != hidden]
        guesses = [guess for guess in pairs(peaks) if guess.guessed == number]
        assert any(np.allclose([g.corner, g.right, g.below], list(square.values())) for g in guesses)


def test_the_bank_undoes_the_blur_that_it_is_made_for() -> None:
    """Random modules through each blur, and back: with little noise, nearly all of them right."""
    rng = np.random.default_rng(4)
    modules = rng.choice([-1, 1], (40, 40)).astype(np.float32)
    for number, blur in enumerate(BLURS):
        if blur.sigma > 0.7 or blur.length > 2:
            continue
        light = blurred(modules, blur)
        windows = np.lib.stride_tricks.sliding_window_view(light, (WINDOW, WINDOW))[::2, ::2]
        out = windows.reshape(*windows.shape[:2], -1) @ bank()[:, number * len(NOISE)]
        right = np.sign(out) == modules[2:-2, 2:-2][: out.shape[0], : out.shape[1]]
        assert right.mean() > 0.97, blur


def test_kernels_keep_the_light() -> None:
    """What one module gives, its surroundings get."""
    for blur in (Blur(0.1, 0, 0), Blur(0.7, 0, 0), Blur(0.3, 2.0, 1.0)):
        assert [float(kernel.sum()) for kernel in kernels(blur, 7)] == pytest.approx([1.0] * 4, abs=0.02)


def test_light_is_levelled_to_what_the_modules_are() -> None:
    """Under a gradient of light and of contrast."""
    rng = np.random.default_rng(5)
    modules, blur = rng.choice([-1, 1], (33, 33)).astype(np.float32), Blur(0.3, 0, 0)
    clean = np.pad(blurred(modules, blur), 4, mode="edge")
    ramp = np.linspace(0.4, 1.0, len(clean), dtype=np.float32)
    light = 120 * ramp[None, :] + 60 * ramp[:, None] * clean
    level = surfaces(light, modules, np.ones_like(modules), blur).levelled(light)
    assert np.abs(level - clean)[4:-4, 4:-4].mean() < 0.03


def test_a_homography_is_fitted_to_a_tenth_of_a_sample() -> None:
    """From some pixels away."""
    rng = np.random.default_rng(6)
    import cv2

    image = np.asarray(cv2.GaussianBlur(rng.normal(0, 1, (120, 120)).astype(np.float32), (0, 0), 4), np.float32)
    places = (
        np.stack(np.meshgrid(np.arange(20, 100, 2.0), np.arange(20, 100, 2.0)), -1).reshape(-1, 2).astype(np.float32)
    )
    from simulator.readers.soft.patch import sampled

    true = np.array([[1.02, 0.01, -1.0], [-0.02, 0.99, 1.5], [1e-5, -2e-5, 1]])
    target = sampled(image, true, places)
    fit = fitted(Slopes.of(image), np.eye(3), places, target, 12)
    there, found = (np.asarray(sampled(image, h, places)) for h in (true, fit.homography))
    assert fit.likeness > 0.999
    assert np.abs(there - found).max() < 0.05


def test_levels_of_the_pyramid_leave_no_gap() -> None:
    """From one to the next less than a factor of 1.34."""
    scales = scales_for(1.3, 12)
    assert all(1 < after / before < 1.34 for before, after in pairwise(scales))
    assert scales[0] == pytest.approx(MODULE_PX / 12)
