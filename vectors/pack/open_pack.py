"""A pack as it lies in a folder: its manifest, its families as values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from vectors.pack import manifest
from vectors.pack.errors import PackError
from vectors.pack.families import FAMILIES

Document = dict[str, Any]


def manifest_at(place: Path) -> manifest.Manifest:
    """The manifest of the pack in this folder, or in this file; PackError, ManifestError."""
    path = place / manifest.NAME if place.is_dir() else place
    return manifest.Manifest.of_bytes(content_of(path), str(path))


def files_at(pack: Path) -> set[str]:
    """The paths of all files in this folder but those of the manifest itself."""
    there = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if not path.is_dir()}
    return there - {manifest.NAME, manifest.SIGNATURE_NAME, manifest.PUBLIC_NAME}


def content_of(path: Path) -> bytes:
    """A file's bytes; PackError, also for what would have to be waited for."""
    try:
        if path.exists() and not path.is_file():
            raise PackError(f"{path}: is no file")
        return path.read_bytes()
    except OSError as error:
        raise PackError(f"{path}: {error.strerror}") from None


def documents_at(pack: Path) -> Iterator[Document]:
    """The families that are in this folder, in the order of FAMILIES; PackError for one that is no JSON object."""
    if not pack.is_dir():
        raise PackError(f"{pack}: is no folder")
    for name in FAMILIES:
        path = pack / f"{name}.json"
        if path.exists():
            yield document_of(content_of(path), path)


def document_of(content: bytes, path: Path) -> Document:
    """A family's file as a value; PackError."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise PackError(f"{path}: no JSON") from None
    if not isinstance(document, dict):
        raise PackError(f"{path}: no JSON object")
    return document
