"""Where `qrlock conform` leaves what came of a run: never in the pack, and never twice in one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_run import Run
from tests.conform_devices import write_pack


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A pack of three tests."""
    return write_pack(tmp_path / "pack")


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("option", ["--results", "--junit"])
@pytest.mark.parametrize("name", ["decode.json", "manifest.json", "new.json", "../pack/new.json", "../link/new.json"])
@pytest.mark.parametrize("given", [".", "decode.json"])
def test_nothing_is_left_in_the_pack(qrlock: Run, place: Path, option: str, name: str, given: str) -> None:
    """Neither over a file of it nor beside one, whichever way the place is written; the pack stays as it was."""
    (place.parent / "link").symlink_to(place)
    before = _contents(place)
    ran = qrlock("conform", place / given, "--simulator", option, place / name)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("lies in the pack; give another place\n") and ran.err.count("\n") == 1
    assert _contents(place) == before


def test_two_reports_have_two_places(qrlock: Run, place: Path, tmp_path: Path) -> None:
    """The second would overwrite the first."""
    one, same = tmp_path / "report", tmp_path / "pack" / ".." / "report"
    ran = qrlock("conform", place, "--simulator", "--results", one, "--junit", same)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.endswith("give two places\n") and ran.err.count("\n") == 1
    assert not one.exists()


def test_beside_a_pack_is_a_good_place(qrlock: Run, place: Path, tmp_path: Path) -> None:
    """So is the folder of a single file that is in no pack."""
    alone = write_pack(tmp_path / "alone", listed=False) / "decode.json"
    for pack, results in ((place, tmp_path / "pack.json"), (alone, alone.parent / "results.json")):
        ran = qrlock("conform", pack, "--simulator", "--results", results, "--junit", tmp_path / "junit.xml")
        assert (ran.status, ran.err) == (0, "")
        assert results.exists()


def test_a_file_that_is_asked_is_not_overwritten(qrlock: Run, tmp_path: Path) -> None:
    """Not even where it is no pack."""
    alone = write_pack(tmp_path / "alone", listed=False) / "decode.json"
    before = alone.read_bytes()
    assert qrlock("conform", alone, "--simulator", "--results", alone).status == 2
    assert alone.read_bytes() == before
