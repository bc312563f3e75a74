"""Scenario files that nobody writes but by mistake or malice: one clear error each, without a card's digits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simulator.camera import CameraError
from simulator.camera.scenario_file import load, parse
from simulator.frames import FrameError, open_source, source_name
from tests.cli_run import Run

DIGITS = "7" * 202


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[setup]\ndistance_mm = {'9' * 400}", "distance_mm: a number above 0"),
        ("[setup]\ndistance_mm = nan", "distance_mm: a number above 0"),
        ("[setup]\ndistance_mm = 9\nhand_mm_s = inf", "hand_mm_s: a number not below 0"),
        (f"width_px = {'9' * 5000}", "not TOML"), (f"a = {'[' * 3000}", "not TOML"),
        (f"{DIGITS} = 1", r"\(digits\): there is no such field"),
        (f"[show]\n{DIGITS} = 1", r"\(digits\): there is no such field"),
        (f"[{DIGITS}]\n[{DIGITS}]", "not TOML: .*"),
        ("module_px = 3\n[setup]\ndistance_mm = 9", r"module_px: \[setup\] takes its place"),
        ('[show]\ntext = "1"\nwidth_mm = 60', "width_mm: of a screen"),
        ("bayer = 1", "bayer: true or false$"), ("background = 1", "background: one of blotches"),
        ('background = ["text"]', "background: one of blotches"),
    ],
)  # fmt: skip
def test_a_broken_file_is_one_error(text: str, said: str) -> None:
    """It says what is wrong, and never a long run of digits."""
    with pytest.raises(CameraError, match=f"^{said}") as caught:
        parse(text)
    assert "777" not in str(caught.value)


def test_numbers_at_the_end_of_the_scale_are_an_error_too() -> None:
    """Whole ones, which Python does not overflow before it divides."""
    file = parse(f"[setup]\ndistance_mm = 9\nsymbol_mm = 9\nexposure_ms = 30\nhand_mm_s = {10**308}")
    with pytest.raises(CameraError, match=r"^(module_px|motion_modules): "):
        file.for_symbol(21)


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    """Windows editors put one there."""
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbffps = 20")
    assert load(tmp_path / "a.toml").scenario.fps == 20


@pytest.mark.parametrize("field", ["card", "screen"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (DIGITS, r"'\(digits\)': no such file; text is where digits go"), ("12", "'12': no such file; text is where"),
        (f"there/{DIGITS}{DIGITS}.txt", r"'there/\(digits\)\.txt': no such file"), (".", r"'\.': not a regular file"),
        ("/dev/zero", "'/dev/zero': not a regular file"), ("pipe", "'pipe': not a regular file"),
        (r"a\u0000b", "no such file$"),
    ],
)  # fmt: skip
def test_what_is_no_file_is_named_as_given(tmp_path: Path, field: str, name: str, said: str) -> None:
    """Unless it is digits; and a pipe is not waited for."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.toml").write_text(f'[show]\n{field} = "{name}"')
    with pytest.raises(FrameError, match=rf"a\.toml: {field}: .*{said}") as caught:
        open_source(str(tmp_path / "a.toml"))
    assert "777" not in str(caught.value)


def test_a_broken_picture_is_named_as_given(tmp_path: Path) -> None:
    """With its folder; not where that would be digits."""
    (tmp_path / "there").mkdir()
    for name, told in (("there/a.png", r"there/a\.png"), (f"there/{DIGITS}", r"there/\(digits\)")):
        (tmp_path / name).write_text("no picture")
        (tmp_path / "a.toml").write_text(f'[show]\ncard = "{name}"')
        with pytest.raises(FrameError, match=rf"a\.toml: {told}: not an image"):
            open_source(str(tmp_path / "a.toml"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--card", "pipe"), "card: 'pipe': not a regular file"),
        (("--screen", "pipe"), "screen: 'pipe': not a regular file"),
        (("--card", DIGITS), "card: '(digits)': no such file; text is where digits go"), ((), "show: text, card or"),
        (("--text", "1", "--width-mm", "60"), "width_mm: of a screen"), (("--text", "a"), "text: digits only"),
    ],
)  # fmt: skip
def test_an_error_of_shoot_begins_with_the_scenario(qrlock: Run, arguments: tuple[str, ...], said: str) -> None:
    """As one of `lock present` does; nothing is left behind."""
    Path("a.toml").write_text("fps = 20")
    os.mkfifo("pipe")
    ran = qrlock("shoot", "a.toml", *arguments, "--out", "shots")
    assert ran.status == 2 and ran.err.startswith(f"qrlock: a.toml: {said}"), ran
    assert not Path("shots").exists()


def test_a_path_of_digits_is_not_told() -> None:
    """Nor a part of one."""
    assert source_name(f"there/{DIGITS}.png") == "there/(digits).png"
