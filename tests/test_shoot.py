"""Scenario files as sources, pictures of screens, and `qrlock shoot`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lockcore import QrlockError, symbol
from simulator.camera import CameraError, Scenario, ScreenImage, lens, shoot
from simulator.camera.physical import Setup
from simulator.camera.pixel_grid import gaps_on_screen
from simulator.camera.scenario_file import parse
from simulator.camera.screen import extent, linear
from simulator.camera.showing import Showing
from simulator.camera.tremor import Tremor
from simulator.frames import FrameError, open_source
from simulator.frames.synthetic import stage
from simulator.readers import make_reader
from simulator.readers.read import read_distinct
from tests.cli_run import DOOR, Run

TEXT = "8901234567" * 20 + "89"
MODULES = symbol.matrix(TEXT)
FLAT = Scenario(tilt_deg=(0.0, 0.0), rotation_deg=(0.0, 0.0), defocus_modules=0.0, read_noise_levels=0.0)
SMALL = "width_px = 320\nheight_px = 240\nmodule_px = 3\nfps = 25\n[tremor]\ndrift_modules = 0.2\n[show]\n"


def phone(text: str = TEXT) -> npt.NDArray[np.uint8]:
    """A picture of a phone's screen with this symbol on it, 600 by 900."""
    drawn = np.kron(255 - 255 * np.pad(symbol.matrix(text), 4), np.ones((12, 12), np.uint8)).astype(np.uint8)
    page = np.full((900, 600), 245, np.uint8)
    page[200 : 200 + len(drawn), 30 : 30 + len(drawn)] = drawn
    return page


def test_a_picture_of_a_screen_is_read_like_a_phone() -> None:
    """Tilted, with noise and a curve; 6 px to a mm."""
    shown = ScreenImage(phone(), 70.0)
    for seed in range(3):
        shot = shoot(shown, Scenario(module_px=4.0, defocus_modules=0.1, gamma=2.2), seed)
        assert read_distinct(shot.frame, make_reader("zxing-cpp")) == (TEXT,)


def test_a_screens_greys_are_linear_light() -> None:
    """A grey of 188 is half the light of white, so it lies in the middle between black and white."""
    assert linear(np.array([0, 188, 255], np.uint8)) == pytest.approx([0, 0.5, 1], abs=0.005)
    picture = np.full((200, 200), 188, np.uint8)
    picture[:, :60], picture[:, 140:] = 0, 255
    frame = shoot(ScreenImage(picture, 50.0), replace(FLAT, contrast=0.6), seed=2).frame
    for level in (0.2, 0.5, 0.8):
        near = np.abs(frame.astype(int) - round(255 * level)) <= 1
        assert near.sum() > 0.8 * 60 * 200


def test_a_screen_has_its_size_in_millimetres() -> None:
    """50 mm by 75 mm at 4 px to a mm; its corners are where its edge is."""
    shown = ScreenImage(np.full((300, 200), 255, np.uint8), 50.0)
    shot = shoot(shown, replace(FLAT, width_px=800, height_px=600, contrast=1.0), seed=4)
    assert extent(shown)[:2] == (50.0, 75.0)
    corners = shot.corners_seen(extent(shown), FLAT)
    assert corners[2] - corners[0] == pytest.approx([200, 300], abs=1e-6)
    (left, top), (right, bottom) = np.rint(corners[0]).astype(int), np.rint(corners[2]).astype(int)
    assert shot.frame[top + 1 : bottom - 1, left + 1 : right - 1].min() == 255
    assert shot.frame[top - 4 : top - 2, left:right].max() < 60


@pytest.mark.parametrize(
    ("pixels", "width_mm", "named"),
    [
        (np.zeros((4, 4)), 70.0, "screen"), (np.zeros((0, 4), np.uint8), 70.0, "screen"),
        (np.zeros((4, 4, 3), np.uint8), 70.0, "screen"), (np.zeros((4, 4), np.uint8), 9.0, "width_mm"),
        (np.zeros((4, 4), np.uint8), float("nan"), "width_mm"),
    ],
)  # fmt: skip
def test_what_no_screen_shows_is_refused(pixels: npt.NDArray[np.uint8], width_mm: float, named: str) -> None:
    """By the field's name."""
    with pytest.raises(CameraError, match=f"^{named}: "):
        ScreenImage(pixels, width_mm)


@pytest.mark.parametrize("distortion", [-0.2, 0.2])
@pytest.mark.parametrize("seed", range(3))
def test_corners_are_where_lens_and_shutter_put_them(distortion: float, seed: int) -> None:
    """A white screen before black fills the outline between them, but for what bends its edges."""
    scenario = Scenario(distortion=distortion, rolling_modules=3.0, module_px=5.0, read_noise_levels=0.0, backlight=0.0)
    white = ScreenImage(np.full((60, 60), 255, np.uint8), 20.0)
    shot = shoot(white, scenario, seed)
    lit = shot.frame > 100

    def outside(corners: npt.NDArray[np.float64]) -> int:
        drawn = cv2.fillConvexPoly(np.zeros(lit.shape, np.uint8), np.rint(corners).astype(np.int32), 1)
        return int(np.count_nonzero((np.asarray(drawn) == 1) != lit))

    off = outside(shot.corners_seen(extent(white), scenario))
    assert off < 0.06 * np.count_nonzero(lit)
    assert off < outside(shot.corners(20)) / 2


@given(st.floats(-0.45, 0.2), st.floats(-1, 1), st.floats(-0.7, 0.7))
def test_the_lens_sees_a_point_where_its_light_comes_from(distortion: float, x: float, y: float) -> None:
    """`seen` is the inverse of what the frame is looked up by."""
    scenario = Scenario(distortion=distortion)
    ((seen_x, seen_y),) = (lens.seen(np.array([[320 + 320 * x, 240 + 320 * y]]), scenario) - [320, 240]) / 320
    shrunk = 1 / (1 + distortion * (seen_x**2 + seen_y**2))
    assert (seen_x * shrunk, seen_y * shrunk) == pytest.approx((x, y), abs=1e-6)


def test_a_grid_on_the_screen_goes_with_the_screen() -> None:
    """Its period is in modules, its mean 1, and what is too fine for the samples is left out."""
    to_modules = np.diag([0.05, 0.05, 1.0])
    through = gaps_on_screen((200, 400), to_modules, 0.5, 0.8)
    assert through.shape == (200, 400)
    assert through.mean() == pytest.approx(1, abs=0.01)
    assert np.allclose(through[:, :-10], through[:, 10:], atol=1e-3)
    assert through.max() - through.min() > 1
    assert np.array_equal(gaps_on_screen((200, 400), to_modules, 0.1, 0.8), np.ones((200, 400), np.float32))


def test_a_screen_beats_with_the_sensor() -> None:
    """A grid nearly as fine as the pixels shows as waves many pixels long, and what is much finer does not show."""
    white, dark = ScreenImage(np.full((400, 400), 255, np.uint8), 40.0), replace(FLAT, module_px=10.0, backlight=0.0)
    rows = []
    for grid_modules in (0.12, 0.01):
        shot = shoot(white, replace(dark, grid_depth=1.0, grid_modules=grid_modules), seed=1)
        (left, top), (right, bottom) = np.rint(shot.corners(40))[[0, 2]].astype(int)
        rows.append(shot.frame[top + 5 : bottom - 5, left + 5 : right - 5].astype(float).mean(0))
    waves = np.abs(np.fft.rfft(rows[0] - rows[0].mean()))
    assert len(rows[0]) / int(waves.argmax()) == pytest.approx(6, rel=0.1)  # 1 / (1 - 1 / 1.2) pixels
    assert np.ptp(rows[0]) > 10 > 2 > np.ptp(rows[1])


def test_a_set_up_of_a_picture_is_in_millimetres() -> None:
    """A module is one, so the scale is focal length over distance."""
    file = parse("[setup]\ndistance_mm = 200\npixel_mm = 0.1\naperture_mm = 2")
    seen = file.for_shown(ScreenImage(phone(), 70.0))
    assert seen.module_px == pytest.approx(Scenario().focal_px / 200)
    assert (seen.grid_modules, seen.defocus_modules) == (0.1, 0.5)
    with pytest.raises(CameraError, match="symbol_mm: missing"):
        file.for_shown(MODULES)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("fps = 0", "fps"), ("[setup]\nsymbol_mm = 9\ndistance_mm = 9\nexposure_ms = 40", "exposure_ms"),
        ("[setup]\nsymbol_mm = 9\ndistance_mm = 9\nreadout_ms = 40", "readout_ms"), ("tremor = 1", "tremor"),
        ("[tremor]\nsize = -1", "size"), ("[tremor]\nspeed = 1", "speed"), ("[show]\ntext = 12", "text"),
        ('[show]\ntext = "12a"', "text"), ('[show]\ntext = "1"\ncard = "a.png"', "show"), ('[show]\ncard = ""', "card"),
        ("[show]\nseed = -1", "seed"), ("[show]\nframes = 0", "frames"), ("[show]\nframes = 1.5", "frames"),
        ('[show]\nwidth_mm = "1"', "width_mm"), ("[show]\nfilm = 1", "film"), ("grid_modules = 11", "grid_modules"),
    ],
)  # fmt: skip
def test_a_scenario_that_cannot_be_names_its_field(text: str, named: str) -> None:
    """Whatever table it is in."""
    with pytest.raises(CameraError, match=f"^{named}: "):
        parse(text)


def test_no_text_is_in_a_repr() -> None:
    """Not of the table, and not of the file."""
    assert TEXT not in repr(parse(f'[show]\ntext = "{TEXT}"'))
    assert Setup(distance_mm=3.0) == Setup(distance_mm=3.0, symbol_mm=None)


def test_a_scenario_file_is_a_source(tmp_path: Path) -> None:
    """Frames come by the frame rate, all of one presentation, and the same ones again."""
    path = tmp_path / "dim.toml"
    path.write_text(SMALL + f'text = "{TEXT}"\nseed = 5\nframes = 3\n')
    frames = list(open_source(str(path)))
    assert [(frame.at_ms, frame.name, frame.cut) for frame in frames] == [
        (0.0, "dim.toml#0", True), (40.0, "dim.toml#1", False), (80.0, "dim.toml#2", False),
    ]  # fmt: skip
    again = list(open_source(f"scenario:{path}"))
    assert [frame.image.tobytes() for frame in again] == [frame.image.tobytes() for frame in frames]
    assert len({frame.image.tobytes() for frame in frames}) == 3
    assert read_distinct(frames[0].image, make_reader("zxing-cpp")) == (TEXT,)


@pytest.mark.parametrize("named", ["card.png", "card.txt"])
def test_a_card_from_a_file_beside_the_scenario(tmp_path: Path, named: str) -> None:
    """A picture of it is read and the symbol drawn anew; a text file has its digits."""
    (tmp_path / "card.png").write_bytes(symbol.render.png(MODULES))
    (tmp_path / "card.txt").write_text(TEXT + "\n")
    for name, shown in (("a.toml", f'card = "{named}"'), ("b.toml", f'text = "{TEXT}"')):
        (tmp_path / name).write_text(SMALL + shown)
    pictures = [next(open_source(str(tmp_path / name))).image.tobytes() for name in ("a.toml", "b.toml")]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "show: text, card or screen is needed"), ("fps = ", "not TOML"), ("speed = 1", "speed: there is no such"),
        ('[show]\ncard = "none.png"', "none.png: not an image"), ('[show]\ncard = "none.txt"', "cannot be read"),
        ('[show]\ncard = "white.png"', "white.png: no code in the picture"),
        ('[show]\ncard = "text.png"', "text.png: a card is digits only"),
        (f'[show]\ntext = "{"7" * 9000}"', "digits"), ('[show]\nscreen = "wide.png"', "screen: "),
    ],
)  # fmt: skip
def test_a_scenario_that_shows_nothing_is_a_frame_error(tmp_path: Path, content: str, said: str) -> None:
    """One that names file and field, and no digits of a card."""
    cv2.imwrite(str(tmp_path / "white.png"), np.full((50, 50), 255, np.uint8))
    cv2.imwrite(str(tmp_path / "wide.png"), np.full((2, 8001), 255, np.uint8))
    encoder = cv2.QRCodeEncoder.create()
    cv2.imwrite(str(tmp_path / "text.png"), np.kron(encoder.encode("hello"), np.full((6, 6), 1, np.uint8)))
    (tmp_path / "bad.toml").write_text(content)
    with pytest.raises(FrameError, match=rf"bad\.toml: .*{said}") as caught:
        open_source(str(tmp_path / "bad.toml"))
    assert "777" not in str(caught.value)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**63 - 1), frames=st.integers(1, 3))
def test_a_sequence_begins_the_same_however_long_it_is(seed: int, frames: int) -> None:
    """So more frames can be shot later."""
    file = parse(SMALL)
    staged = stage(file, Showing(text=TEXT), Path())
    one, more = list(staged.shots(seed, 1)), list(staged.shots(seed, frames))
    assert len(more) == frames
    assert one[0][1].frame.tobytes() == more[0][1].frame.tobytes()


def shots(folder: str) -> dict[str, bytes]:
    """All frames in a folder."""
    return {path.name: path.read_bytes() for path in Path(folder).glob("*.png")}


def test_shoot_writes_frames_and_what_is_true_of_them(qrlock: Run) -> None:
    """The seed first; then frames that a reader reads, and where in them the symbol is."""
    Path("dim.toml").write_text(SMALL)
    ran = qrlock("shoot", "dim.toml", "--text", TEXT, "--seed", 9, "--frames", 2, "--out", "shots")
    assert (ran.status, ran.out) == (0, "seed 9\n2 frames and shots.json in shots\n")
    record = json.loads(Path("shots/shots.json").read_text())
    assert next(iter(record)) == "seed"
    assert [(row["file"], row["at_ms"]) for row in record["frames"]] == [("00000.png", 0.0), ("00001.png", 40.0)]
    assert record["shown"] == {"side_modules": len(MODULES)}
    assert record["scenario"]["module_px"] == 3 and record["tremor"]["drift_modules"] == 0.2
    for row in record["frames"]:
        frame = cv2.imread(f"shots/{row['file']}", cv2.IMREAD_GRAYSCALE)
        (candidate,) = make_reader("zxing-cpp").read(np.asarray(frame, np.uint8))
        assert candidate.text == TEXT
        assert np.abs(np.array(candidate.corners) - row["corners"]).max() < 3
    assert TEXT not in Path("shots/shots.json").read_text()
    again = qrlock("shoot", "dim.toml", "--text", TEXT, "--seed", 9, "--frames", 2, "--out", "again", "--json")
    assert again.json == record
    assert shots("shots") == shots("again")


def test_what_the_command_shows_goes_before_what_the_file_shows(qrlock: Run) -> None:
    """A screen in place of the file's text, from where the command runs."""
    Path("there").mkdir()
    Path("there/dim.toml").write_text(SMALL + 'text = "12"\nseed = 4\n')
    cv2.imwrite("phone.png", phone())
    ran = qrlock("shoot", "there/dim.toml", "--screen", "phone.png", "--width-mm", 60, "--out", "shots", "--json")
    assert (ran.json["seed"], ran.json["shown"]) == (4, {"screen_mm": 60.0})
    assert len(ran.json["frames"]) == 1


def test_a_lock_looks_at_a_scenario(bench: Run) -> None:
    """From the card to the decision, through the camera; frames that go on are one presentation."""
    bench("card", "issue", *DOOR, "--times", 1, "--out", "card.png")
    Path("door.toml").write_text(SMALL + 'card = "card.png"\nframes = 3\n')
    ran = bench("lock", "present", "door", "door.toml", "--json")
    assert [(row["frame"], row["opened"]) for row in ran.json] == [("door.toml#0", True)]
    assert ran.json[0]["latency_ms"] >= sum(ran.json[0]["stages_ms"].values())


@pytest.mark.parametrize(
    "arguments",
    [
        ("none.toml", "--text", "1"), ("dim.toml",), ("dim.toml", "--text", "77777x"), ("dim.toml", "--card", "no.png"),
        ("dim.toml", "--text", "1", "--card", "no.png"), ("dim.toml", "--text", "1", "--seed", "-1"),
        ("dim.toml", "--text", "1", "--frames", "0"), ("dim.toml", "--text", "7" * 9000),
        ("dim.toml", "--screen", "dim.toml"), ("dim.toml", "--text", "1", "--out", "full"),
        ("dim.toml", "--text", "1", "--out", "dim.toml"),
    ],
)  # fmt: skip
def test_bad_shots_are_one_line(qrlock: Run, arguments: tuple[str, ...]) -> None:
    """Exit status 2, and nothing is left that was not there."""
    Path("dim.toml").write_text(SMALL)
    Path("full").mkdir()
    Path("full/frame.png").write_text("mine")
    out = () if "--out" in arguments else ("--out", "shots")
    ran = qrlock("shoot", *arguments, *out)
    assert (ran.status, ran.err.count("\n")) == (2, 1), ran
    assert ran.err.startswith("qrlock: ")
    assert "777" not in ran.err
    assert not Path("shots").exists() and shots("full") == {"frame.png": b"mine"}


def test_a_hand_that_cannot_shake_so_is_refused() -> None:
    """Its numbers have limits."""
    with pytest.raises(QrlockError, match="turn_deg: a number, 0 to 360"):
        Tremor(turn_deg=-1.0)
