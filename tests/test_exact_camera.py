from __future__ import annotations

import ast
import hashlib
from pathlib import Path

import numpy as np
import pytest

import vectors.exact
from lockcore import symbol
from simulator.readers.registry import make_reader
from vectors.exact import noise, optics
from vectors.exact.camera import Shot, photograph
from vectors.exact.pose import OUTSIDE, SAMPLES, Pose, places, window
from vectors.exact.scene import Card, Patch, specks

_TEXT = "31415926535897932384626433832795"
_MATRIX = symbol.matrix(_TEXT)
_EVERYTHING = Shot(
    label="test", clutter=30, defocus_16=6, motion_16=9, motion=(1, 1), fading_256=60, stripes_rows=50,
    stripes_256=40, noise_16=50,
)  # fmt: skip
_CARD = Card(
    matrix=_MATRIX, pose=Pose(module_64=300, x_64=500, y_64=-333, turn=25, tilt=35, axis=70), mirrored=True,
    patches=(Patch(right=9, down=12, radius=2, level=50, added=True), *specks("test", 3, 25, 1, 60)),
)  # fmt: skip


def test_a_frame_with_everything_is_this_one() -> None:
    """Every stage at once makes a frame that is known by its hash, and a reader reads it."""
    frame = photograph(_EVERYTHING, _CARD)
    assert hashlib.sha256(frame.tobytes()).hexdigest()[:16] == "59dc74ef519079f9"
    assert [each.text for each in make_reader().read(frame)] == [_TEXT]


def test_noise_is_shake_256_of_its_label() -> None:
    """The numbers are those that the docstring says, so that another language gets them too."""
    data = hashlib.shake_256(b"door").digest(12)
    words = [int.from_bytes(data[at : at + 4], "little") for at in (0, 4, 8)]
    assert noise.below("door", 1000, 3).tolist() == [word * 1000 >> 32 for word in words]
    assert noise.bell("door", 3).tolist() == [sum(data[at : at + 4]) - 510 for at in (0, 4, 8)]


def test_no_number_in_the_sources_is_a_float() -> None:
    """No literal, no true division and no floating type stands in what makes a frame."""
    for path in Path(vectors.exact.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path
            assert not (isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div)), path
            assert not (isinstance(node, ast.Attribute) and node.attr.startswith(("float", "mean", "sqrt"))), path


def test_light_is_whole_numbers_at_every_stage() -> None:
    """Nothing that lens and sensor do leaves 64-bit integers."""
    light = np.arange(2400, dtype=np.int64).reshape(40, 60) * 17
    stages = (
        optics.smeared(light, 21, 1, 1), optics.defocused(light, 9), optics.fading(light, 100),
        optics.striped(light, 12, 90), optics.noisy(light, 40, "test"),
    )  # fmt: skip
    assert {stage.dtype for stage in stages} == {np.dtype(np.int64)}


def test_blur_keeps_even_light() -> None:
    """An even frame stays as it is, up to its edges."""
    light = np.full((30, 40), 25_000, np.int64)
    assert np.array_equal(optics.defocused(optics.smeared(light, 37, 1, 1), 25), light)


@pytest.mark.parametrize("pose", [_CARD.pose, Pose(module_64=64), Pose(module_64=2000, tilt=70, axis=20, lens_px=100)])
def test_what_is_outside_a_window_is_not_on_the_card(pose: Pose) -> None:
    """Cutting down to the window loses no sample of the card."""
    half, height, width = 8 * 25, 60, 80
    rows, columns = window(pose, height, width, half, half)
    right, down = places(pose, height, width, slice(0, height * SAMPLES), slice(0, width * SAMPLES))
    on_card = (right != OUTSIDE) & (abs(right) < half) & (abs(down) < half)
    on_card[rows, columns] = False
    assert not on_card.any()


def test_an_angle_between_the_steps_is_refused() -> None:
    """The table of sines has every fifth degree: others are a ValueError."""
    with pytest.raises(ValueError):
        photograph(Shot(label="test"), Card(matrix=_MATRIX, pose=Pose(module_64=64, turn=3)))
