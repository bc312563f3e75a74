import json
import os
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conform_devices import ASK, KEYS, RIGHT, family, pack, vector, write_pack
from vectors.conform.pack_file import pack_of, read_pack
from vectors.conform.pack_record import family_tests
from vectors.conform.picture import SIDE_MAX
from vectors.exact.png import grey_png
from vectors.pack.errors import PackError
from vectors.pack.family_file import record
from vectors.pack.manifest import ManifestError
from vectors.pack.vector import Family

PIXELS = np.arange(12, dtype=np.uint8).reshape(3, 4)
PICTURE = "frame/a.png"
Change = Callable[[dict[str, Any]], object]


def with_picture(content: bytes = grey_png(PIXELS), path: str = PICTURE) -> Family:
    """A family that asks about this picture."""
    return family(vector("seen", ({"op": "read", "picture": path}, {"texts": []})), pictures={path: content})


def changed(place: Path, change: Change) -> Path:
    """A pack of which the family's file was changed."""
    document = record(family())
    change(document)
    write_pack(place, listed=False)
    (place / "decode.json").write_text(json.dumps(document))
    return place


def test_a_folder_is_read_in_the_order_of_its_file(tmp_path: Path) -> None:
    """Tests have what their group gives and needs, and what an attacker gains where they fail."""
    read = read_pack(write_pack(tmp_path))
    assert [test.id for test in read.tests] == ["decode.one", "decode.two", "decode.three"]
    assert read.tests[0].steps[0].request == {"keys": KEYS, **ASK}
    assert read.tests[0].needs == ("decode",)
    assert read.tests[0].effects == ("A stranger's code confuses or crashes the lock.",)
    assert read.manifest_sha256 is not None


def test_a_single_file_is_a_pack_too(tmp_path: Path) -> None:
    """With the manifest beside it, or without one, whose digest is then none."""
    read = read_pack(write_pack(tmp_path / "listed") / "decode.json")
    assert len(read.tests) == 3
    assert read.manifest_sha256 == read_pack(tmp_path / "listed").manifest_sha256
    read = read_pack(write_pack(tmp_path / "bare", listed=False) / "decode.json")
    assert len(read.tests) == 3
    assert read.manifest_sha256 is None


def test_a_single_file_is_what_the_manifest_beside_it_says(tmp_path: Path) -> None:
    """A changed one is no pack, nor is one that is not listed."""
    place = write_pack(tmp_path, with_picture())
    other = place / "other.json"
    other.write_bytes((place / "decode.json").read_bytes())
    with pytest.raises(PackError, match="not what manifest"):
        read_pack(other)
    (place / "decode.json").write_bytes((place / "decode.json").read_bytes() + b"\n")
    with pytest.raises(PackError, match="not what manifest"):
        read_pack(place / "decode.json")


def test_a_manifest_that_is_none_is_one_clear_error(tmp_path: Path) -> None:
    """Before any test is read."""
    place = write_pack(tmp_path)
    (place / "manifest.json").write_bytes(b"{}")
    for each in (place, place / "decode.json"):
        with pytest.raises(ManifestError, match="manifest"):
            read_pack(each)


@pytest.mark.parametrize("name", ["decode.json", PICTURE, "manifest.json"])
def test_a_pipe_in_a_pack_is_not_waited_for(tmp_path: Path, name: str) -> None:
    """It may never end."""
    place = write_pack(tmp_path, with_picture(), listed=name == "manifest.json")
    (place / name).unlink()
    os.mkfifo(place / name)
    with pytest.raises(PackError, match=name.rpartition("/")[2]):
        read_pack(place)


def test_families_in_memory_are_the_same_pack(tmp_path: Path) -> None:
    """What pack_of makes is what would be read from the files."""
    assert pack().tests == read_pack(write_pack(tmp_path)).tests


def test_the_known_families_come_in_the_order_of_the_pack(tmp_path: Path) -> None:
    """Not in that of the alphabet."""
    for name in ("card", "decode", "encode"):
        one = vector("a")
        made = Family(name=name, algorithm="", header=("",), groups=family(one).groups)
        document = json.loads(json.dumps(record(made)).replace("decode.a", f"{name}.a"))
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    assert [test.family for test in read_pack(tmp_path).tests] == ["encode", "decode", "card"]


def test_a_picture_is_opened_for_the_device(tmp_path: Path) -> None:
    """Width, height and pixels come in place of its path."""
    read = read_pack(write_pack(tmp_path, with_picture()))
    request = read.request(read.tests[0], 0)
    assert request == {"op": "read", "width": 4, "height": 3, "grey": "AAECAwQFBgcICQoL"}


BROKEN: dict[str, Change] = {
    "a member of the file": lambda document: document.update(colour="red"),
    "no member of the file": lambda document: document.pop("header"),
    "a member of a group": lambda document: document["groups"][0].update(need=[]),
    "a member of a test": lambda document: document["groups"][0]["tests"][0].update(flagz=[]),
    "a member of a step": lambda document: document["groups"][0]["tests"][0]["steps"][0].update(expects={}),
    "a member of a request": lambda document: document["groups"][0]["tests"][0]["steps"][0]["do"].update(test="1"),
    "a member of a verdict": lambda document: document["groups"][0]["tests"][0]["expect"].update(why=""),
    "a member that no request has": lambda document: document["groups"][0]["given"].update(colour="red"),
    "a nested request": lambda document: document["groups"][0]["given"].update(keys={}),
    "no such request": lambda document: document["groups"][0]["tests"][0]["steps"][0]["do"].update(op="dance"),
    "no such need": lambda document: document["groups"][0].update(needs=["decode_cmac"]),
    "no such flag": lambda document: document["groups"][0]["tests"][0].update(flags=["Nonesuch"]),
    "no step": lambda document: document["groups"][0]["tests"][0].update(steps=[]),
    "another version": lambda document: document.update(version=2),
    "another count": lambda document: document.update(count=4),
    "true in place of a number": lambda document: document.update(version=True),
    "another family's id": lambda document: document["groups"][0]["tests"][0].update(id="encode.one"),
    "an id with a space": lambda document: document["groups"][0]["tests"][0].update(id="decode.o ne"),
    "one id twice": lambda document: document["groups"][0]["tests"][0].update(id="decode.two"),
    "half a character": lambda document: document["groups"][0]["tests"][0].update(comment="\ud800"),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_what_a_file_does_not_say_right_it_does_not_say(tmp_path: Path, change: Change) -> None:
    """Each is one clear error."""
    with pytest.raises(PackError):
        read_pack(changed(tmp_path, change))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"family": 1}', b"null"])
def test_what_is_no_family_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    """Broken JSON, deep JSON and JSON that is something else."""
    (tmp_path / "decode.json").write_bytes(content)
    with pytest.raises(PackError, match=r"decode\.json"):
        read_pack(tmp_path)


def test_what_is_no_pack_is_one_clear_error(tmp_path: Path) -> None:
    """Nothing there, nothing in it, a pipe that would never end, a folder in place of a file, an impossible name."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder" / "decode.json").mkdir(parents=True)
    (tmp_path / "empty").mkdir()
    for place in ("nowhere", "empty", "pipe", "folder", "a\0b", "x" * 5_000):
        with pytest.raises(PackError):
            read_pack(tmp_path / place)


@pytest.mark.parametrize(
    "path", ["../a.png", "/etc/a.png", "a/../../a.png", "a\\b.png", "a.PNG", "a.png\n", "", "a//b.png"]
)
def test_a_picture_lies_in_the_pack(path: str) -> None:
    """No path leads up, out, or to what a system might read otherwise."""
    with pytest.raises(PackError, match="no path of a picture"):
        pack_of([with_picture(path=path)])


def test_a_link_out_of_the_pack_is_not_followed(tmp_path: Path) -> None:
    """Though its name is a good one."""
    outside = tmp_path / "secret.png"
    outside.write_bytes(grey_png(PIXELS))
    place = write_pack(tmp_path / "pack", with_picture(), listed=False)
    (place / PICTURE).unlink()
    (place / PICTURE).symlink_to(outside)
    with pytest.raises(PackError, match="out of the pack"):
        read_pack(place)


def test_a_missing_picture_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    """In a folder as in memory."""
    place = write_pack(tmp_path, with_picture(), listed=False)
    (place / PICTURE).unlink()
    with pytest.raises(PackError, match=r"a\.png"):
        read_pack(place)
    seen = with_picture()
    with pytest.raises(PackError, match="is missing"):
        pack_of([Family(name="decode", algorithm="", header=("",), groups=seen.groups)])


def test_a_picture_is_eight_bit_grey_and_of_this_world(tmp_path: Path) -> None:
    """Neither another file, nor one whose header claims all memory, nor a broken one."""
    good = grey_png(PIXELS)
    huge = good[:16] + (SIDE_MAX + 1).to_bytes(4, "big") * 2 + good[24:]
    for number, content in enumerate((b"GIF89a", good[:20], good[:25] + b"\x02" + good[26:], huge)):
        with pytest.raises(PackError, match=r"a\.png"):
            read_pack(write_pack(tmp_path / str(number), with_picture(content)))
    read = read_pack(write_pack(tmp_path / "torn", with_picture(good[:45])))
    with pytest.raises(PackError, match="not a PNG"):
        read.request(read.tests[0], 0)


def test_what_is_read_is_what_the_manifest_says(tmp_path: Path) -> None:
    """A changed family, a changed picture, a family that is not listed, and one that is gone."""
    for number, path in enumerate(("decode.json", PICTURE)):
        place = write_pack(tmp_path / str(number), with_picture())
        (place / path).write_bytes((place / path).read_bytes() + b"\n")
        with pytest.raises(PackError, match="not what manifest"):
            read_pack(place)
    place = write_pack(tmp_path / "more", with_picture())
    (place / "seal.json").write_bytes((place / "decode.json").read_bytes())
    with pytest.raises(PackError, match="not what manifest"):
        read_pack(place)
    (place / "decode.json").unlink()
    with pytest.raises(PackError, match="is missing"):
        read_pack(place)


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(deeper for key, each in items for deeper in _places(each, (*place, key)))]


LIFE = record(family(vector("one", (ASK, RIGHT), ({"op": "read", "picture": "a.png"}, {"texts": ["1"], "did": []}))))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(_places(LIFE)[1:]),
    st.sampled_from((None, True, 1, -1.5, "", "x", "\ud800", [], [1], ["x"], {}, {"op": "x"}, {"x": {}}, [[]], [{}])),
)
def test_whatever_stands_in_a_file_is_a_test_or_one_clear_error(place: tuple[Any, ...], value: Any) -> None:
    """Any value in any place: tests come of it, or a PackError, and nothing else."""
    document = deepcopy(LIFE)
    *way, last = place
    at: Any = document
    for key in way:
        at = at[key]
    at[last] = value
    try:
        family_tests(document, "here")
    except PackError as error:
        assert "\n" not in str(error)
