"""Scenario files as sources, and `qrlock shoot`."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lockcore import QrlockError, symbol
from simulator.camera import CameraError, Scenario, ScreenImage
from simulator.camera.physical import Setup
from simulator.camera.scenario_file import parse
from simulator.camera.showing import Showing
from simulator.camera.tremor import Tremor
from simulator.frames import FrameError, open_source
from simulator.frames.synthetic import stage
from simulator.readers import make_reader
from simulator.readers.read import read_distinct
from tests.cli_run import DOOR, Run
from tests.test_screen import TEXT, phone

MODULES = symbol.matrix(TEXT)
SMALL = "width_px = 320\nheight_px = 240\nmodule_px = 3\nfps = 25\n[tremor]\ndrift_modules = 0.2\n[show]\n"


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
        ('[show]\ncard = "none.png"', "none.png': no such file"),
        ('[show]\ncard = "none.txt"', "none.txt': no such file"),
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
