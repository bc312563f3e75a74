"""A pack as the runner asks it: read strictly, so that a misspelt member is an error and not a test of nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any

from vectors.conform.pack_record import Test, family_tests
from vectors.conform.picture import checked_header, pixels_record
from vectors.pack import manifest
from vectors.pack.errors import PackError
from vectors.pack.families import FAMILIES
from vectors.pack.family_file import record
from vectors.pack.manifest import Manifest
from vectors.pack.open_pack import content_of, document_of, manifest_at
from vectors.pack.vector import Family

SCHEMA_FOLDER = "schema"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pack:
    """What is to be asked.

    tests            in the order of the pack: by family, then as the file has them
    picture          a PNG's bytes by its path in the pack; PackError
    manifest_sha256  in hexadecimal; None where there is no manifest
    """

    tests: tuple[Test, ...]
    picture: Callable[[str], bytes]
    manifest_sha256: str | None = None

    def request(self, test: Test, number: int) -> dict[str, Any]:
        """The request of a test's step as the device gets it: with its picture opened; PackError."""
        request = test.steps[number].request
        if "picture" not in request:
            return request
        path = request["picture"]
        rest = {name: value for name, value in request.items() if name != "picture"}
        return rest | pixels_record(self.picture(path), path)


def read_pack(place: Path) -> Pack:
    """The pack in this folder, or the one family in this file; PackError, ManifestError.

    Where there is a manifest, in the folder or beside the file, what is read must be what it says. A file's
    pictures lie beside it. The signature is another matter (`vectors.pack.check`).
    """
    is_folder = _is_folder(place)
    root = place if is_folder else place.parent
    listed = manifest_at(root) if (root / manifest.NAME).exists() else None
    files = _family_files(place, listed) if is_folder else [place]
    picture = _pictures(root, listed)
    tests = [test for path in files for test in _tests(path, listed, root)]
    for path in _unique(tests):
        checked_header(picture(path), path)
    digest = sha256(content_of(root / manifest.NAME)).hexdigest() if listed else None
    return Pack(tests=tuple(tests), picture=picture, manifest_sha256=digest)


def pack_of(families: Iterable[Family]) -> Pack:
    """The pack that these families would be, without files; PackError."""
    made = list(families)
    pictures = {path: content for family in made for path, content in family.pictures.items()}
    tests = [test for family in made for test in family_tests(record(family), family.name)]
    missing = [path for path in _unique(tests) if path not in pictures]
    if missing:
        raise PackError(f"{missing[0]}: is missing")
    return Pack(tests=tuple(tests), picture=pictures.__getitem__)


def _is_folder(place: Path) -> bool:
    """Whether it is; PackError where nothing is there, or nothing that could be read to its end."""
    try:
        mode = place.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise PackError(f"{str(place)[:200]!a}: {getattr(error, 'strerror', error)}") from None
    if not (S_ISDIR(mode) or S_ISREG(mode)):
        raise PackError(f"{place}: neither a folder nor a file")
    return S_ISDIR(mode)


def _family_files(folder: Path, listed: Manifest | None) -> list[Path]:
    """Those of the known families first, in their order."""
    paths = sorted(path for path in folder.glob("*.json") if path.name != manifest.NAME)
    if not paths:
        raise PackError(f"{folder}: holds no family of vectors")
    missing = {name for name in listed.files if "/" not in name} - {path.name for path in paths} if listed else ()
    for name in sorted(missing):
        raise PackError(f"{folder / name}: is missing")
    names = {f"{name}.json": number for number, name in enumerate(FAMILIES)}
    return sorted(paths, key=lambda path: names.get(path.name, len(names)))


def _tests(path: Path, listed: Manifest | None, root: Path) -> list[Test]:
    content = _listed(content_of(path), path.name, listed, root)
    return family_tests(document_of(content, path), str(path))


def _pictures(root: Path, listed: Manifest | None) -> Callable[[str], bytes]:
    def picture(path: str) -> bytes:
        place = root / path
        content = content_of(place)
        if not place.resolve().is_relative_to(root.resolve()):
            raise PackError(f"{path!a}: leads out of the pack")
        return _listed(content, path, listed, root)

    return picture


def _listed(content: bytes, name: str, listed: Manifest | None, root: Path) -> bytes:
    """The content, which the manifest must know as it is if there is one."""
    if listed is not None and listed.files.get(name) != manifest.entry_of(content):
        raise PackError(f"{root / name}: is not what {manifest.NAME} says")
    return content


def _unique(tests: list[Test]) -> Iterator[str]:
    """The pictures that are asked; PackError where two tests have one id."""
    ids = set[str]()
    for test in tests:
        if test.id in ids:
            raise PackError(f"{test.id}: two tests have this id")
        ids.add(test.id)
    yield from dict.fromkeys(_asked(step.request) for test in tests for step in test.steps if "picture" in step.request)


def _asked(request: Mapping[str, Any]) -> str:
    path: str = request["picture"]
    return path
