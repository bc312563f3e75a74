"""A pack's exports, part by part, as files by their path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from simulator.atomic_file import replace
from vectors.exact.png import bit_png
from vectors.export import sheet
from vectors.export.archive import archive
from vectors.export.c_header import headers
from vectors.export.errors import ExportError
from vectors.export.flash_images import images
from vectors.export.pdf import pdf
from vectors.export.sheet_codes import chosen
from vectors.pack import check, manifest
from vectors.pack.open_pack import content_of, documents_at, manifest_at
from vectors.pack.schema import VERSION

_Files = dict[str, bytes]


class Part(StrEnum):
    """What can be exported."""

    HEADERS = "headers"
    IMAGES = "images"
    ARCHIVE = "archive"
    SHEET = "sheet"


class Pack:
    """A pack in a folder; ExportError where it is not what its manifest says, PackError where there is none."""

    def __init__(self, place: Path) -> None:
        for fault in check.faults(place):
            raise ExportError(f"{place}: {fault}")
        self.place = place
        self.documents: Sequence[Mapping[str, Any]] = list(documents_at(place))
        digest = sha256(content_of(place / manifest.NAME)).hexdigest()
        self.origin = f"Pack version {VERSION}; SHA-256 of its manifest.json: {digest}"

    def files(self, part: Part) -> _Files:
        """The files of this part by path; ExportError for what the part cannot hold."""
        return {f"{part}/{path}": content for path, content in _MAKERS[part](self).items()}


def _headers(pack: Pack) -> _Files:
    return headers(pack.documents, pack.origin)


def _images(pack: Pack) -> _Files:
    return images(pack.documents)


def _archive(pack: Pack) -> _Files:
    paths = (*manifest_at(pack.place).files, manifest.NAME, manifest.SIGNATURE_NAME, manifest.PUBLIC_NAME)
    contents = {path: content_of(pack.place / path) for path in paths}
    return {"qrlock-vectors.tar": archive(contents, "qrlock-vectors")}


def _sheet(pack: Pack) -> _Files:
    found = chosen(pack.documents)
    if found is None:
        return {}
    drawn = sheet.pages(*found, pack.origin)
    files = {f"page-{number}.png": bit_png(page, sheet.DOTS_AN_INCH) for number, page in enumerate(drawn, 1)}
    return files | {"sheet.pdf": pdf(drawn, sheet.DOTS_AN_INCH)}


_MAKERS: dict[Part, Callable[[Pack], _Files]] = {
    Part.HEADERS: _headers,
    Part.IMAGES: _images,
    Part.ARCHIVE: _archive,
    Part.SHEET: _sheet,
}


def export(
    place: Path, out: Path, parts: Sequence[Part], tell: Callable[[str], None] = lambda _: None
) -> dict[Part, int]:
    """Write these parts of the pack into `out`, a folder for each, and say how many files each has.

    A part is made whole before any of it is written. ExportError where `out` is the pack, or in it: the pack would not
    be whole any more; FileError where nothing can be written.
    """
    if out.resolve().is_relative_to(place.resolve()):
        raise ExportError(f"{out}: lies in the pack; give another folder")
    pack = Pack(place)
    counts: dict[Part, int] = {}
    for part in parts:
        files = pack.files(part)
        for path, content in files.items():
            _write(out / path, content)
        counts[part] = len(files)
        tell(part)
    return counts


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{path.parent}: {error.strerror}") from None
    replace(path, content)
