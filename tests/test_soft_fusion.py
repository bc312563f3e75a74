"""Frames added up: what is told of modules, by whom, and where a symbol went in the meantime."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from lockcore import symbol
from simulator.readers.soft.attempt import Seen, SoftRead, always, text_of
from simulator.readers.soft.equaliser import Samples
from simulator.readers.soft.filter_bank import REACH, SAMPLES
from simulator.readers.soft.fitting import Slopes
from simulator.readers.soft.format_word import Format
from simulator.readers.soft.fusion import FRAMES_MAX, Fusion
from simulator.readers.soft.layout import QUIET, layout
from simulator.readers.soft.realign import fitted_to, shifted
from simulator.readers.soft.soft import Unread
from simulator.readers.tracking import Tracking

Plane = npt.NDArray[np.float32]
TEXTS = ("8675309142" * 10 + "8", "5309142867" * 10 + "5")
VERSION = 3
WIDTH = layout(VERSION).width


def modules_of(text: str) -> Plane:
    """(n, n) with the margin: 1 light, -1 dark."""
    return (1 - 2 * np.pad(symbol.matrix(text, version=VERSION), QUIET).astype(np.float32)).astype(np.float32)


def seen_of(text: str, noise: float, seed: int, drowned: npt.NDArray[np.bool_] | None = None) -> Seen:
    """A frame's samples of a symbol under noise, and ratios as an equaliser would give them."""
    rng = np.random.default_rng(seed)
    plane = np.pad(np.kron(modules_of(text), np.ones((SAMPLES, SAMPLES), np.float32)), REACH, constant_values=1.0)
    even = (plane + rng.normal(0, noise, plane.shape)).astype(np.float32)
    own = even[REACH:-REACH, REACH:-REACH].reshape(WIDTH, SAMPLES, WIDTH, SAMPLES).mean((1, 3)).reshape(-1)
    hidden = np.zeros(WIDTH**2, np.bool_) if drowned is None else drowned
    ratios = np.where(hidden, 0, 2 * own / (noise / SAMPLES) ** 2).astype(np.float32)
    return Seen(Samples(layout(VERSION), 128 + 60 * even, even, hidden), ratios)


def said(ratios: Plane) -> str | None:
    """The text of ratios, if there is one."""
    found = text_of(ratios, VERSION)
    return None if found is None else found[0]


def test_what_no_frame_tells_alone_several_tell() -> None:
    """By the sum of their ratios first, which costs nothing; six ways deep, three fast."""
    fusion, frames = Fusion(), [seen_of(TEXTS[0], 2.4, seed) for seed in range(8)]
    assert [said(each.ratios) for each in frames] == [None] * 8
    assert [fusion.add(each) for each in frames] == list(range(1, 9))
    ways = list(fusion.ways(frames[-1], deep=True))
    assert said(ways[0]) == TEXTS[0]
    assert (len(ways), len(list(fusion.ways(frames[-1], deep=False)))) == (6, 3)


@pytest.mark.parametrize("noise", [0.5, 3.0])
def test_another_symbol_begins_anew(noise: float) -> None:
    """Though its function patterns are the same, which are half of a symbol as small as this."""
    fusion = Fusion()
    for seed in range(5):
        assert fusion.add(seen_of(TEXTS[0], noise, seed)) == seed + 1
    assert [fusion.add(seen_of(TEXTS[1], noise, seed)) for seed in range(3)] == [1, 2, 3]


def test_nothing_is_left_of_the_symbol_before() -> None:
    """Of neither ratios nor light: the sums are those of the second alone."""
    both, alone = Fusion(), Fusion()
    for seed in range(4):
        both.add(seen_of(TEXTS[0], 1.0, seed))
    last = seen_of(TEXTS[1], 1.0, 9)
    both.add(last)
    alone.add(last)
    pairs = zip(both.ways(last, deep=False), alone.ways(last, deep=False), strict=True)
    assert all(np.array_equal(one, other) for one, other in pairs)


def test_what_is_old_counts_half() -> None:
    """After `FRAMES_MAX` frames there are half as many, and the newest counts whole."""
    fusion, seen = Fusion(), seen_of(TEXTS[0], 1.5, 1)
    counts = [fusion.add(seen) for _ in range(FRAMES_MAX + 1)]
    assert counts[-2:] == [FRAMES_MAX, FRAMES_MAX // 2 + 1]
    total = next(fusion.ways(seen, deep=False))
    assert np.allclose(total, np.clip(seen.ratios, -12, 12) * (FRAMES_MAX // 2 + 1), rtol=1e-4)


def test_versions_are_added_up_apart_and_forgotten_together() -> None:
    """What is told of modules is what they are, where anything is told."""
    fusion, seen = Fusion(), seen_of(TEXTS[0], 0.5, 2)
    assert fusion.modules(VERSION) is None
    fusion.add(seen)
    told = fusion.modules(VERSION)
    assert told is not None and np.array_equal(np.sign(told), modules_of(TEXTS[0]))
    assert fusion.modules(VERSION + 1) is None
    fusion.clear()
    assert fusion.modules(VERSION) is None


def test_a_reflection_that_moves_hides_nothing_from_all_frames() -> None:
    """Each third is drowned in one of three frames, with light that would say the opposite."""
    fusion, thirds = Fusion(), np.arange(WIDTH**2) // WIDTH * 3 // WIDTH
    for third in range(3):
        seen = seen_of(TEXTS[0], 0.4, 3, drowned=thirds == third)
        fine = np.kron((thirds == third).reshape(WIDTH, WIDTH), np.ones((SAMPLES, SAMPLES))) > 0
        for plane in (seen.samples.light, seen.samples.even):
            plane[REACH:-REACH, REACH:-REACH][fine] *= -3
        fusion.add(seen)
    _, averaged, _ = fusion.ways(seen, deep=False)
    assert said(averaged) == TEXTS[0]


def test_what_is_drowned_in_all_frames_says_nothing() -> None:
    """Its ratios are 0 however many frames there are."""
    hidden = np.arange(WIDTH**2) % WIDTH > WIDTH - 8
    fusion, seen = Fusion(), seen_of(TEXTS[0], 0.5, 4, drowned=hidden)
    assert [fusion.add(seen) for _ in range(2)] == [1, 2]
    assert all(not ratios[hidden].any() for ratios in fusion.ways(seen, deep=False))


def image_of(text: str, module_px: int, noise: float) -> Plane:
    """A symbol drawn square, out of focus, in the middle of white."""
    drawn = np.kron(modules_of(text), np.ones((module_px, module_px), np.float32))
    light = cv2.GaussianBlur(np.pad(128 + 60 * drawn, 8 * module_px, constant_values=188.0), (0, 0), module_px / 2)
    light = light + np.random.default_rng(5).normal(0, noise, light.shape)
    return np.asarray(light, np.float32)


@pytest.mark.parametrize("move", [(0.0, 0.0), (1.5, -2.0), (-2.0, 0.5)])
def test_a_symbol_is_found_again_where_it_went(move: tuple[float, float]) -> None:
    """By whole samples first; from a part of a sample beside it then to a twentieth of a module, under noise too."""
    image, modules, px = image_of(TEXTS[0], 4, 30.0), modules_of(TEXTS[0]), 4
    true = np.array([[px, 0, (8 + QUIET) * px], [0, px, (8 + QUIET) * px], [0, 0, 1.0]])
    start = true.copy()
    start[:2, 2] -= np.array(move) * px
    found = shifted(image, start, modules)
    assert np.abs(found - true).max() < 1e-6
    found[:2, 2] += (0.9, -0.7)
    found = fitted_to(Slopes.of(image, 1.2), found, modules)
    assert np.abs(found[:2, 2] - true[:2, 2]).max() < 0.05 * px


def test_texts_stay_out_of_every_repr() -> None:
    """Of what was read, and of the tracking that follows it with all that it was told."""
    read = SoftRead(TEXTS[0], VERSION, np.eye(3), Format("M", 0, False, 1.0))
    tracking, seen = Tracking(), seen_of(TEXTS[0], 0.5, 6)
    tracking.seen(read)
    unread = Unread(VERSION, np.eye(3), seen, 1, 0.9)
    assert tracking.unread(unread, always) is None
    fused = tracking.unread(unread, always)
    assert fused is not None and fused.text == TEXTS[0]
    shown = [repr(each) for each in (read, fused, tracking, unread, seen)]
    assert [text for text in shown if TEXTS[0][:8] in text] == []
