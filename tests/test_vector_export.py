from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lockcore import QrlockError, encode
from simulator.cli.vectors_export import export
from simulator.readers.registry import make_reader
from tests.vector_pack import pictured
from vectors.exact.png import bit_png, pixels_of
from vectors.export import glyphs, sheet, sheet_keys
from vectors.export.c_header import headers
from vectors.export.errors import ExportError
from vectors.export.intel_hex import intel_hex
from vectors.export.pdf import pdf
from vectors.export.run import Pack
from vectors.export.sheet_codes import Code, Lock, chosen
from vectors.families import site
from vectors.families.ask import life, question
from vectors.pack import generate
from vectors.pack.vector import ACCEPTED, OPENS, Family, Group, Request, Vector, refused

_KEYS = site.keys_of().to_bytes().hex()
_DOOR = site.DOOR.to_bytes().hex()
_GIVEN = {"profile": "QRA", "geometry": "nor", "blocks": 8, "placement": _DOOR, "keys": _KEYS}
_GOOD, _EARLY, _SHORT = (
    encode(site.card(), site.ISSUER), encode(site.card(start_min=site.NOON + 1), site.ISSUER), "12345",
)  # fmt: skip
_IMAGE = "0:00ff7f;5ffa:0102030405060708090a0b0c0d0e0f;7fff:aa"
_TRICKY = 'A comment with "quotes", \\, what looks like a trigraph, ??=, a tab\t, */ and an é.'
_NAMES = ("encode", "decode", "frame", "lock", "flash")


def _family(name: str, given: dict[str, Any], *vectors: Vector) -> Family:
    group = Group(name="all", comment="All.", needs=("lock",), given=given, vectors=vectors)
    return Family(name=name, algorithm="an export", header=("Keys of nobody. */",), groups=(group,))


def _decode(id: str, text: str, reason: str, comment: str = "A text.") -> Vector:
    verdict = refused(reason) if reason else ACCEPTED
    return question(id, comment, ("Good",), {"op": "decode", "text": text}, verdict, given={"keys": _KEYS})


def _shown(id: str, text: str, reason: str) -> Vector:
    requests: list[Request] = [
        {"op": "new"}, {"op": "boot", "minute": site.NOON}, {"op": "show", "text": text}, {"op": "log"},
        {"op": "state"},
    ]  # fmt: skip
    return life(id, "A life.", ("Good",), requests, refused(reason) if reason else OPENS, given=_GIVEN)


def _made(name: str, seed: int) -> Family:
    """Families of a few vectors each, with every kind of value that a header has to hold."""
    if name == "frame":
        return pictured(seed)
    if name == "encode":
        grant = dict.fromkeys(("building", "floor", "room", "cut_off"), None)
        given = {"seal": "cmac", "key_id": 1, "secret": site.MASTER.hex(), "community": "1", "card": "room", **grant,
                 "start": 0, "end": 9, "times": 0, "open_type": "single", "lost": "none", "revision": 0}  # fmt: skip
        do = {"op": "encode", "serial": 1 << 64}
        return _family(name, given, question("encode.big", "Big.", ("BadGrant",), do, refused("NO_GRANT"), given=given))
    if name == "decode":
        bad = _decode("decode.short", _SHORT, "NOT_A_CARD", _TRICKY)
        return _family(
            name, {"keys": _KEYS}, bad, _decode("decode.good", _GOOD, ""), _decode("decode.empty", "", "NOT_A_CARD")
        )
    if name == "lock":
        return _family(name, _GIVEN, _shown("lock.good", _GOOD, ""), _shown("lock.early", _EARLY, "NOT_YET_VALID"))
    load: list[Request] = [{"op": "load", "image": _IMAGE}, {"op": "boot", "minute": None}]
    empty = life("flash.empty", "Nothing.", ("TornFlash",), load, refused("NOT_COMMISSIONED"), given=_GIVEN)
    return _family(name, _GIVEN, empty)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small pack."""
    out = tmp_path_factory.mktemp("packs") / "pack"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generate, "made", _made)
        generate.generate(out, names=_NAMES, workers=1)
    yield out


@pytest.fixture(scope="module")
def exported(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All its exports."""
    out = tmp_path_factory.mktemp("exports")
    export(pack, out)
    return out


_WALK = r"""
#include "qrlock_vectors_all.h"
#include <stdio.h>

static void print_step(const qrlock_step *step)
{
    size_t at;
    if (step->op == QRLOCK_SHOW) {
        printf(" show %s:", (const char *)step->as.show->text.bytes);
        for (at = 0; at < step->as.show->expect.did.count; at++)
            printf(" %s", step->as.show->expect.did.items[at]);
    } else if (step->op == QRLOCK_DECODE) {
        const qrlock_decode_step *decode = step->as.decode;
        printf(" decode %d %lu:", decode->text.is, (unsigned long)decode->text.length);
        if (decode->expect.refused.is == QRLOCK_GIVEN)
            printf(" %s", (const char *)decode->expect.refused.bytes);
        else
            printf(" serial %ld cut-off %d", (long)decode->expect.serial.value, decode->expect.cut_off.is);
    } else if (step->op == QRLOCK_ENCODE) {
        printf(" encode %d", step->as.encode->serial.is);
    } else if (step->op == QRLOCK_LOAD) {
        printf(" load %lx", (unsigned long)step->as.load->image.items[1].offset);
    } else {
        printf(" %d", (int)step->op);
    }
}

int main(void)
{
    size_t family, vector, step;
    for (family = 0; family < sizeof qrlock_vectors_families / sizeof qrlock_vectors_families[0]; family++)
        for (vector = 0; vector < qrlock_vectors_families[family].count; vector++) {
            const qrlock_vector *v = &qrlock_vectors_families[family].vectors[vector];
            printf("%s [%s] %d %s %d", v->id, v->comment, v->accepted, v->reason, v->order);
            for (step = 0; step < v->step_count; step++)
                print_step(&v->steps[step]);
            printf("\n");
        }
    return 0;
}
"""


def test_headers_hold_what_the_pack_holds(exported: Path, tmp_path: Path) -> None:
    """Without a warning, C99 walks through every vector and finds ids, comments, texts, answers and nulls."""
    gcc = shutil.which("gcc")
    if gcc is None and not os.environ.get("CI"):
        pytest.skip("no gcc here")
    assert gcc is not None
    (tmp_path / "walk.c").write_text(_WALK)
    warnings = ("-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic")
    include = f"-I{exported / 'headers'}"
    subprocess.run([gcc, *warnings, include, "walk.c", "-o", "walk"], cwd=tmp_path, check=True)
    told = subprocess.run([str(tmp_path / "walk")], check=True, capture_output=True).stdout.decode().splitlines()
    assert told == [
        "encode.big [Big.] 0 NO_GRANT 0 encode 3",
        f"decode.short [{_TRICKY}] 0 NOT_A_CARD 1 decode 2 5: NOT_A_CARD",
        "decode.good [A text.] 1  0 decode 2 202: serial 100 cut-off 1",
        "decode.empty [A text.] 0 NOT_A_CARD 1 decode 2 0: NOT_A_CARD",
        f"lock.good [A life.] 1  12 7 9 show {_GOOD}: OPEN 5000 20 19",
        f"lock.early [A life.] 0 NOT_YET_VALID 9 7 9 show {_EARLY}: REFUSE NOT_YET_VALID TOO_EARLY 20 19",
        "flash.empty [Nothing.] 0 NOT_COMMISSIONED 0 load 5ffa 9",
    ]


_CPP_KEYWORDS = (
    "and asm auto bool catch class compl const_cast constexpr delete decltype explicit export false final friend import"
    " inline module mutable namespace new noexcept not nullptr operator or private protected public requires"
    " static_assert template this throw true try typeid typename using virtual wchar_t xor"
)


def test_no_member_is_a_keyword_of_c_plus_plus(exported: Path, tmp_path: Path) -> None:
    """Types and data are read as C++20 too, which wants the members in their order."""
    header = (exported / "headers" / "qrlock_vectors.h").read_text()
    assert not set(_CPP_KEYWORDS.split()) & set(re.findall(r"(\w+);", header))
    compiler = shutil.which("g++")
    if compiler is None and not os.environ.get("CI"):
        pytest.skip("no g++ here")
    assert compiler is not None
    (tmp_path / "all.cpp").write_text('#include "qrlock_vectors_all.h"\n')
    strict = ("-std=c++20", "-Werror", "-pedantic", "-fsyntax-only")
    subprocess.run([compiler, *strict, f"-I{exported / 'headers'}", "all.cpp"], cwd=tmp_path, check=True)


def test_a_header_loses_nothing_unseen(pack: Path) -> None:
    """A member that no struct has, or a value of another kind, is an error that names it."""
    documents = [dict(document) for document in Pack(pack).documents if document["family"] == "decode"]
    test = documents[0]["groups"][0]["tests"][0]
    for expect in ({"colour": "red"}, {"serial": "7"}):
        test["steps"][0]["expect"] = expect
        with pytest.raises(ExportError, match=next(iter(expect))):
            headers(documents, "here")


def _read_hex(text: str) -> dict[int, int]:
    """Bytes by address, by the book and not by the writer."""
    memory: dict[int, int] = {}
    base, ended = 0, False
    for line in text.splitlines():
        assert line[0] == ":" and not ended
        data = bytes.fromhex(line[1:])
        assert sum(data) % 256 == 0 and len(data) == data[0] + 5
        offset, kind, content = int.from_bytes(data[1:3], "big"), data[3], data[4:-1]
        if kind == 4:
            base = int.from_bytes(content, "big") << 16
        elif kind == 0:
            assert offset + len(content) <= 1 << 16
            memory |= {base + offset + at: byte for at, byte in enumerate(content)}
        ended = kind == 1
    assert ended
    return memory


def test_images_are_the_same_in_both_forms(exported: Path) -> None:
    """The binary is as long as the flash; the HEX file sets exactly what is not erased there."""
    image = (exported / "images" / "flash.empty.bin").read_bytes()
    memory = _read_hex((exported / "images" / "flash.empty.hex").read_text())
    assert len(image) == 8 * 4096
    assert bytes(memory.get(at, 0xFF) for at in range(len(image))) == image
    assert sorted(memory) == [*range(3), *range(0x5FFA, 0x6009), 0x7FFF]


def test_hex_goes_beyond_64_kib() -> None:
    """Bytes on both sides of a page's end, and pages further up, come back."""
    data = bytes(range(40))
    memory = _read_hex(intel_hex([(3, b"\xab"), (0xFFF9, data), (0x123450, data)]))
    assert memory == {3: 0xAB} | {start + at: at for start in (0xFFF9, 0x123450) for at in data}


def test_an_archive_is_the_pack(pack: Path, exported: Path) -> None:
    """Unpacked by a standard tool it has every file of the pack, without a time or an owner."""
    with tarfile.open(exported / "archive" / "qrlock-vectors.tar") as tar:
        members = tar.getmembers()
        unpacked = {member.name: tar.extractfile(member) for member in members}
        contents = {name: file.read() for name, file in unpacked.items() if file is not None}
    files = {path.relative_to(pack).as_posix(): path.read_bytes() for path in pack.rglob("*") if path.is_file()}
    assert contents == {f"qrlock-vectors/{path}": content for path, content in files.items()}
    assert {(member.mtime, member.uid, member.mode, member.uname) for member in members} == {(0, 0, 0o644, "")}


def test_all_is_the_same_to_the_byte(pack: Path, exported: Path, tmp_path: Path) -> None:
    """Another export of the same pack, part by part, has the same files."""
    export(pack, tmp_path, headers=True, images=True)
    export(pack, tmp_path, archive=True, sheet=True, json=True)
    first, second = (
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        for out in (exported, tmp_path)
    )
    assert first == second


def test_a_sheet_shows_what_its_lock_decides_on(pack: Path) -> None:
    """Refusals of its keys first, then its lock's, openings last; what is nothing to show is left out."""
    found = chosen(Pack(pack).documents)
    assert found is not None
    lock, codes = found
    assert (lock.profile, lock.minute) == ("QRA", site.NOON)
    assert [code.id for code in codes] == ["decode.short", "lock.early", "lock.good"]


def _codes(count: int) -> tuple[Lock, list[Code]]:
    """So many codes of every size, the smallest symbol and the largest among them."""
    lock = Lock("QRA", _DOOR, _KEYS, site.NOON)
    texts = [f"{number:0{(34, 101, 149, 202, 255, 513)[number % 6]}}" for number in range(count)]
    return lock, [Code(f"lock.n{at}", "One " * 30, text, False, 9, "EXPIRED", lock) for at, text in enumerate(texts)]


def test_every_code_on_a_page_is_read() -> None:
    """A reader gets all codes of a page from its picture, and no symbol is under 30 mm."""
    lock, codes = _codes(sheet.CODES_A_PAGE + 1)
    _, first, second = sheet.pages(lock, codes, "here")
    assert (first.shape, second.shape) == ((3508, 2480), (3508, 2480))
    seen = make_reader("zxing-cpp").read(np.where(first == 1, np.uint8(0), np.uint8(255)))
    assert sorted(each.text for each in seen) == sorted(code.text for code in codes[:-1])
    for each in seen:
        (left, top), (right, _), _, (_, bottom) = each.corners
        assert (
            min(right - left, bottom - top) * 25.4 / sheet.DOTS_AN_INCH >= 29.5
        )  # the reader's corners, within 0.5 mm


def test_the_keys_are_there_in_full() -> None:
    """The first page has every digit of the key set: what is typed from it is the set; then each key by itself."""
    keys = site.keys_of()
    told = list(sheet_keys.lines(_KEYS))
    typed = "".join(line.partition(":")[2].replace(" ", "") for line in told if re.match(" *[0-9]+: ", line))
    assert typed == _KEYS
    alone = {line.replace(" ", "") for line in told}
    assert keys.passcode is not None
    derived = [key for scopes in keys.cmac.values() for key in scopes.values()]
    assert alone >= {key.hex() for key in (*keys.ed25519.values(), *derived, keys.passcode, keys.service)}
    page = sheet.pages(*_codes(1), "here")[0]
    for line in told:
        dots = glyphs.line(line).repeat(4, axis=0).repeat(4, axis=1)
        rows = [
            top for top in range(200, 3400) if np.array_equal(page[top : top + 32, 120 : 120 + dots.shape[1]], dots)
        ]
        assert rows, line
    assert not page[:, -120:].any() and not page[-120:].any()


def test_captions_keep_apart() -> None:
    """A comment that is too long for its lines ends in dots, and none comes near its neighbour's."""
    lock, codes = _codes(1)
    page = sheet.pages(lock, [codes[0]._replace(comment="several words " * 30)] * 3, "here")[1]
    caption = np.flatnonzero(page[950:1110].max(axis=0))
    for column in range(1, sheet.COLUMNS):
        edge = 120 + column * (2480 - 240) // sheet.COLUMNS
        assert np.abs(caption - edge).min() > 36


def test_pages_are_these() -> None:
    """Their dots are known by a hash: font and layout depend on nothing outside."""
    page = sheet.pages(*_codes(2), "here")[1]
    assert sha256(bit_png(page, sheet.DOTS_AN_INCH)).hexdigest()[:16] == "253c0c7ddfea8cda"


def test_a_page_has_its_true_size() -> None:
    """The PNG says 300 dots an inch; the PDF's page is A4, its table names every object, its picture is the page."""
    from PIL import Image

    page = sheet.pages(*_codes(1), "here")[1]
    image = Image.open(BytesIO(bit_png(page, sheet.DOTS_AN_INCH)))
    assert [round(each) for each in image.info["dpi"]] == [300, 300]
    assert np.array_equal(np.asarray(image), page == 0)
    document = pdf([page, page], sheet.DOTS_AN_INCH)
    table = document[int(document.rsplit(b"startxref\n", 1)[1].split()[0]) :].split(b"\n")
    entries = table[3 : 2 + int(table[1].split()[1])]
    assert len(entries) == 8
    for number, entry in enumerate(entries, 1):
        assert document[int(entry[:10]) :].startswith(b"%d 0 obj\n" % number)
    assert document.count(b"/MediaBox [0 0 595.20 841.92]") == 2
    assert document.count(np.packbits(page, axis=1).tobytes()) == 2


def test_every_character_has_a_form_of_its_own() -> None:
    """No two printable characters look alike, and lines break between words."""
    forms = {glyphs.line(chr(code)).tobytes() for code in range(0x20, 0x7F)}
    assert len(forms) == 95
    assert glyphs.wrapped("two words overlong a.bc-def", 5) == ["two", "words", "overl", "ong", "a.bc-", "def"]


def test_what_cannot_be_exported_is_one_line(pack: Path, tmp_path: Path) -> None:
    """A spoilt pack, a folder within the pack and a place that is none are told, and nothing is written."""
    spoilt = tmp_path / "spoilt"
    shutil.copytree(pack, spoilt)
    (spoilt / "decode.json").write_text("{}")
    (tmp_path / "file").write_text("")
    for place, out, said in (
        (spoilt, tmp_path / "out", "is not what the manifest says"),
        (pack, pack / "exports", "lies in the pack"),
        (tmp_path / "nowhere", tmp_path / "out", "nowhere"),
        (pack, tmp_path / "file", "file"),
    ):
        with pytest.raises(QrlockError, match=said) as told:
            export(place, out)
        assert "\n" not in str(told.value)
    assert not (tmp_path / "out").exists()
    assert not (pack / "exports").exists()


def test_a_picture_of_one_bit_is_no_frame() -> None:
    """Frames are grey: a sheet's page is refused as one."""
    with pytest.raises(ValueError):
        pixels_of(bit_png(np.zeros((9, 9), np.uint8), 300))
