"""Photographs with texts beside them: what counts as read, and what as wrong."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from lockcore import symbol
from simulator.trial.errors import TrialError
from simulator.trial.photographs import fingerprint, found_in, shown
from simulator.trial.plan import Plan
from simulator.trial.record import Part, Record
from simulator.trial.work import work

TEXT = "31415926535897932384"


def photograph(path: Path, text: str = TEXT) -> None:
    """As good as it gets."""
    matrix = np.pad(symbol.matrix(text, version=2), 4)
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.kron(np.where(matrix, 0, 255), np.ones((6, 6))).astype(np.uint8))


def records_of(folder: Path) -> dict[str, Record]:
    """By path within the folder."""
    plan = Plan(readers=("zxing-cpp",), parts=(Part.PHOTOGRAPHS,), images=str(folder))
    return {record.frame.condition: record for job in plan.jobs() for record in work(job)}


def test_a_text_is_read_and_any_other_is_wrong(tmp_path: Path) -> None:
    """With a line end in the file or without; without a file, everything is wrong."""
    for name, text in (("a.png", TEXT), ("b/right.png", TEXT + "\n"), ("b/wrong.png", "27182818"), ("c.png", None)):
        photograph(tmp_path / name)
        if text is not None:
            (tmp_path / name).with_suffix(".txt").write_bytes(text.encode())
    found = records_of(tmp_path)
    assert list(found) == ["a.png", "b/right.png", "b/wrong.png", "c.png"]
    assert [(r.read, r.wrong, r.has_code) for r in found.values()] == [
        (True, False, True), (True, False, True), (False, True, True), (False, True, False)
    ]  # fmt: skip


def test_only_images_that_are_in_sight_count(tmp_path: Path) -> None:
    """Hidden files and folders, and files of other kinds, are passed over."""
    for name in (".hidden.png", ".git/a.png", "seen.png"):
        photograph(tmp_path / name)
    (tmp_path / "notes.txt").write_text("of no image")
    (tmp_path / "folder.png").mkdir()
    assert found_in(tmp_path) == ["seen.png"]


def test_a_folder_without_images_is_one_error(tmp_path: Path) -> None:
    """As is one that is not there, and a text that is none."""
    with pytest.raises(TrialError, match="without images"):
        found_in(tmp_path)
    with pytest.raises(TrialError, match="no such folder"):
        found_in(tmp_path / "nowhere")
    photograph(tmp_path / "a.png")
    (tmp_path / "a.txt").write_bytes(b"\xff")
    with pytest.raises(TrialError, match=r"a\.txt: not a text"):
        shown(str(tmp_path), "a.png")


def test_the_fingerprint_sees_files_come_and_go(tmp_path: Path) -> None:
    """Texts too; where the folder lies is all the same."""
    for folder in ("here", "there"):
        photograph(tmp_path / folder / "a.png")
    here, there = ((fingerprint(tmp_path / name, ["a.png"])) for name in ("here", "there"))
    (tmp_path / "here" / "a.txt").write_text(TEXT)
    assert here == there != fingerprint(tmp_path / "here", ["a.png"])
