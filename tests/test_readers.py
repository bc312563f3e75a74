from __future__ import annotations

import sys
from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from pyzbar.locations import Point, Rect

from lockcore.errors import QrlockError
from lockcore.symbol import matrix
from simulator.readers import (
    DEFAULT_READER,
    READER_NAMES,
    Candidate,
    Corners,
    Reader,
    ReaderError,
    ReaderMissing,
    available,
    make_reader,
)
from simulator.readers.read import read_distinct, read_frame
from simulator.stopwatch import Stopwatch
from tests.installed_reader import installed_reader

Grey = npt.NDArray[np.uint8]

TEXT = "1234567890" * 10 + "1"
MODULE_PX = 6
LEFT_PX, TOP_PX, RIGHT_PX, BOTTOM_PX = 100, 40, 30, 60
SQUARE: Corners = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))


def draw(modules: Grey) -> Grey:
    """The symbol in black on white, its top left corner at (LEFT_PX, TOP_PX)."""
    symbol = np.kron(1 - modules, np.full((MODULE_PX, MODULE_PX), 255, np.uint8))
    return np.pad(symbol, ((TOP_PX, BOTTOM_PX), (LEFT_PX, RIGHT_PX)), constant_values=255).astype(np.uint8)


def draw_segno(symbol: segno.QRCode) -> Grey:
    """A symbol of segno's, for what is not digits."""
    return draw(np.array(symbol.matrix, dtype=np.uint8))


@pytest.fixture(scope="module", params=READER_NAMES)
def reader(request: pytest.FixtureRequest) -> Reader:
    """Each reader in turn."""
    return installed_reader(request.param)


@pytest.mark.parametrize("digits", [101, 149, 202, 255])
def test_reads_a_clean_symbol(reader: Reader, digits: int) -> None:
    """Every reader reads every size of card."""
    text = (TEXT * 3)[:digits]
    assert [candidate.text for candidate in reader.read(draw(matrix(text)))] == [text]


@pytest.mark.parametrize("quarter_turns", range(4))
def test_corners_follow_the_symbol(reader: Reader, quarter_turns: int) -> None:
    """The first corner is the symbol's own top left and the rest go round clockwise, however it is turned."""
    frame = draw(matrix(TEXT))
    height, width = frame.shape
    side = 29 * MODULE_PX
    corners = [(LEFT_PX, TOP_PX), (LEFT_PX + side, TOP_PX)]
    corners += [(LEFT_PX + side, TOP_PX + side), (LEFT_PX, TOP_PX + side)]
    for _ in range(quarter_turns):
        frame, corners = np.rot90(frame), [(y, width - x) for x, y in corners]
        height, width = width, height
    (candidate,) = reader.read(frame)
    assert candidate.reader == reader.name
    assert np.abs(np.array(candidate.corners) - corners).max() <= 0.5 * MODULE_PX


def test_reads_two_symbols(reader: Reader) -> None:
    """Two codes in a frame are two candidates, each with its own place."""
    frame = np.hstack([draw(matrix(TEXT)), draw(matrix(TEXT[::-1]))])
    places = {candidate.text: candidate.corners[0][0] for candidate in reader.read(frame)}
    assert set(places) == {TEXT, TEXT[::-1]}
    assert places[TEXT] < 300 < places[TEXT[::-1]]


def test_reads_model_2_only(reader: Reader) -> None:
    """Micro QR, which no lock knows, is nobody's candidate."""
    assert reader.read(draw_segno(segno.make_micro("12345"))) == []


def test_reads_no_bar_codes(reader: Reader) -> None:
    """A bar code, which most of these libraries read, is nobody's candidate either."""
    ean = zxingcpp.create_barcode("5901234123457", zxingcpp.BarcodeFormat.EAN13)
    frame = np.array(ean.to_image(scale=3), dtype=np.uint8)
    assert zxingcpp.read_barcode(frame) is not None
    assert reader.read(frame) == []


@settings(max_examples=40, deadline=None)
@given(frame=st_numpy.arrays(np.uint8, st.tuples(st.integers(1, 60), st.integers(1, 60))))
def test_never_raises_on_small_frames(reader: Reader, frame: Grey) -> None:
    """Any frame gives a list, and one of this size gives no code."""
    assert reader.read(frame) == []


@settings(max_examples=25, deadline=None)
@given(
    width=st.integers(1, 400),
    height=st.integers(1, 400),
    block_px=st.integers(1, 9),
    seed=st.integers(0, 2**32 - 1),
)
def test_never_raises_on_noise(reader: Reader, width: int, height: int, block_px: int, seed: int) -> None:
    """Coarse black and white noise, which looks more like modules than any picture, is read by nobody."""
    blocks = np.random.default_rng(seed).integers(0, 2, (height, width), np.uint8) * np.uint8(255)
    assert reader.read(np.kron(blocks, np.ones((block_px, block_px), np.uint8))[:height, :width]) == []


@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 1), (21, 21), (480, 640), (3, 9000), (9000, 3), (1, 70000)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_never_raises_on_constant_frames(reader: Reader, shape: tuple[int, int], level: int) -> None:
    """One colour at any size and shape holds no code."""
    assert reader.read(np.full(shape, level, np.uint8)) == []


def test_reads_a_view_of_a_frame(reader: Reader) -> None:
    """A frame that isn't contiguous in memory is read like any other."""
    frame = draw(matrix(TEXT))
    assert read_distinct(np.repeat(frame, 2, axis=1)[:, ::2], reader) == (TEXT,)


@settings(max_examples=25, deadline=None)
@given(data=st.binary(min_size=1, max_size=40))
def test_never_raises_on_bytes(reader: Reader, data: bytes) -> None:
    """Bytes that are no text are left out or guessed at; what comes out is always a proper str."""
    for candidate in reader.read(draw_segno(segno.make(data, mode="byte", micro=False))):
        candidate.text.encode()


def test_quiet(reader: Reader, capfd: pytest.CaptureFixture[str]) -> None:
    """No reader writes to stdout or stderr, not on noise, nor on an encoding that its library complains of."""
    noise = np.random.default_rng(1).integers(0, 256, (480, 640), np.uint8)
    reader.read(noise)
    reader.read(draw_segno(segno.make("Ωmega", eci=True, micro=False)))
    assert capfd.readouterr() == ("", "")


def test_opencv_drops_what_is_not_text() -> None:
    """OpenCV hands out Shift JIS as it stands, which is not UTF-8 and so no candidate."""
    frame = draw_segno(segno.make("Ωmega", eci=True, encoding="shift-jis", micro=False))
    assert make_reader("opencv").read(frame) == []


def test_opencv_survives_its_assertions(monkeypatch: pytest.MonkeyPatch) -> None:
    """An assertion that fails inside OpenCV is a frame in which nothing was read."""

    class Failing:
        def detectAndDecodeBytesMulti(self, _: Grey) -> None:
            raise cv2.error("assertion failed")

    reader = make_reader("opencv")
    monkeypatch.setattr(reader, "_detector", Failing())
    assert reader.read(np.zeros((9, 9), np.uint8)) == []


def test_zbar_drops_what_is_not_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two symbols of zbar's, the one whose bytes aren't UTF-8 is dropped and the other kept."""
    reader = installed_reader("zbar")
    from pyzbar.pyzbar import Decoded

    outline = [Point(0, 0), Point(0, 9), Point(9, 9), Point(9, 0)]
    symbols = [Decoded(data, "QRCODE", Rect(0, 0, 9, 9), outline, 1, "UP") for data in (b"\xff", b"12")]
    monkeypatch.setattr("simulator.readers.zbar.decode", lambda *_, **__: symbols)
    assert reader.read(np.zeros((9, 9), np.uint8)) == [Candidate("12", SQUARE, "zbar")]


@pytest.fixture
def no_zbar(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without pyzbar, or without the library under it: both fail at the import."""
    monkeypatch.delitem(sys.modules, "simulator.readers.zbar", raising=False)
    monkeypatch.setitem(sys.modules, "pyzbar.pyzbar", None)
    yield


@pytest.mark.usefixtures("no_zbar")
def test_missing_reader_says_how_to_get_it() -> None:
    """A known reader without its library is an error of ours that names what to install."""
    with pytest.raises(ReaderMissing, match="install the system library libzbar0, then pip install pyzbar"):
        make_reader("zbar")


@pytest.mark.usefixtures("no_zbar")
def test_missing_reader_is_not_available() -> None:
    """What can't be made isn't offered, and the others still are."""
    assert available() == ("qrlock", "qrlock-fast", "zxing-cpp", "opencv", "opencv-older")


def test_unknown_reader_names_the_known_ones() -> None:
    """A name that isn't in the registry is refused with those that are."""
    with pytest.raises(ReaderError, match=r"'quirc'.*zxing-cpp, zbar, opencv") as caught:
        make_reader("quirc")
    assert isinstance(caught.value, QrlockError)
    assert not isinstance(caught.value, ReaderMissing)


def test_names() -> None:
    """A reader made by name bears that name, and zxing-cpp is the default."""
    assert DEFAULT_READER == make_reader().name == "qrlock"
    assert all(make_reader(name).name == name for name in available())


def test_candidate_keeps_its_text_to_itself() -> None:
    """No repr, and so no log, shows the text of a card."""
    assert TEXT not in repr(Candidate(TEXT, SQUARE, "zbar"))


class TwoOfThree:
    """A reader that sees a, b and a again, whatever it is shown."""

    name = "two of three"

    def read(self, _: Grey, watch: Stopwatch | None = None) -> list[Candidate]:  # noqa: ARG002
        """Its three candidates."""
        return [Candidate(text, SQUARE, self.name) for text in "bab"]


def test_reading_is_timed_by_the_clock_given() -> None:
    """Latency is the clock's difference in milliseconds; texts come once each, in the order seen."""
    ticks = iter([5.0, 5.25])
    reading = read_frame(np.zeros((1, 1), np.uint8), TwoOfThree(), clock=lambda: next(ticks))
    assert reading.latency_ms == 250.0
    assert [candidate.text for candidate in reading.candidates] == ["b", "a", "b"]
    assert reading.distinct_texts == read_distinct(np.zeros((1, 1), np.uint8), TwoOfThree()) == ("b", "a")
