from __future__ import annotations

from pathlib import Path

import pytest

from simulator.frames import open_source
from simulator.readers import READER_NAMES, Reader
from simulator.readers.read import read_distinct
from tests.installed_reader import installed_reader
from tests.public_data import public_data


@pytest.fixture(scope="module", params=READER_NAMES)
def reader(request: pytest.FixtureRequest) -> Reader:
    """Each reader in turn."""
    return installed_reader(request.param)


def texts_of(folder: Path, reader: Reader) -> dict[str, tuple[str, ...]]:
    """What the reader sees in each photograph of the folder."""
    return {frame.name: read_distinct(frame.image, reader) for frame in open_source(str(folder))}


def expected_in(folder: Path) -> dict[str, str]:
    """The text beside each photograph, byte for byte."""
    return {path.stem: path.read_bytes().decode() for path in folder.glob("*.txt")}


READ_ONCE = {
    "qrcode-1": {"qrlock": 8, "qrlock-fast": 8, "zxing-cpp": 8, "zbar": 8, "opencv": 2, "opencv-older": 4},
    "qrcode-3": {"qrlock": 18, "qrlock-fast": 18, "zxing-cpp": 18, "zbar": 17, "opencv": 1, "opencv-older": 2},
    "qrcode-5": {"qrlock": 16, "qrlock-fast": 16, "zxing-cpp": 16, "zbar": 12, "opencv": 10, "opencv-older": 12},
}


@pytest.mark.parametrize("folder", READ_ONCE)
def test_photographs(reader: Reader, folder: str) -> None:
    """Of each folder at least so many are read exactly as the reader once did, and none otherwise."""
    photographs = public_data("photos") / folder
    expected, seen = expected_in(photographs), texts_of(photographs, reader)
    assert len(seen) == len(expected) >= READ_ONCE[folder]["zxing-cpp"]
    wrong = [name for name, texts in seen.items() if set(texts) - {expected[Path(name).stem]}]
    assert wrong == []
    assert sum(map(bool, seen.values())) >= READ_ONCE[folder][reader.name]


def test_nothing_where_nothing_is(reader: Reader) -> None:
    """No reader sees a code in the photographs that tempt one to."""
    seen = texts_of(public_data("photos") / "falsepositives-1", reader)
    assert len(seen) == 21
    assert {name: texts for name, texts in seen.items() if texts} == {}
