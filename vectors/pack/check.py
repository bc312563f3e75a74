"""Whether a pack is what its manifest says, who signed it, and whether this program makes the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from vectors.pack import manifest
from vectors.pack.diff import difference
from vectors.pack.families import FAMILIES
from vectors.pack.generate import generated
from vectors.pack.manifest import Manifest
from vectors.pack.open_pack import content_of, document_of, documents_at, files_at, manifest_at


def faults(pack: Path) -> Iterator[str]:
    """What is wrong with the files of the pack in this folder, a line each: missing, changed, or not listed.

    Where nothing is, what the manifest says of each test is compared too. PackError or ManifestError where there is no
    pack.
    """
    listed = manifest_at(pack)
    there = files_at(pack)
    found = list(_file_faults(pack, listed, there))
    yield from found
    if not found:
        contents = {path: content_of(pack / path) for path in there}
        yield from _meaning_faults(listed, manifest.manifest_of(listed.seed, contents, documents_at(pack)))


def _file_faults(pack: Path, listed: Manifest, there: set[str]) -> Iterator[str]:
    yield from (f"{path}: is missing" for path in sorted(listed.files.keys() - there))
    yield from (f"{path}: is not in the manifest" for path in sorted(there - listed.files.keys()))
    for path in sorted(there & listed.files.keys()):
        if manifest.entry_of(content_of(pack / path)) != listed.files[path]:
            yield f"{path}: is not what the manifest says"


def check_signed(place: Path, public: str | None = None) -> None:
    """ManifestError unless the manifest in this folder, or this file, is signed by the key beside it.

    `public` (hexadecimal) is the key that it must be, if that is given. PackError where one of the three is missing.
    """
    folder = place if place.is_dir() else place.parent
    path = folder / manifest.NAME if place.is_dir() else place
    signer = content_of(folder / manifest.PUBLIC_NAME).decode("ascii", "replace")
    if public is not None and signer.strip() != public.strip().lower():
        raise manifest.ManifestError("manifest: signed by another key than the one given")
    signature = content_of(folder / manifest.SIGNATURE_NAME).decode("ascii", "replace")
    manifest.check_signature(content_of(path), signature, signer)


def differences(listed: Manifest, tell: Callable[[str], None] = lambda _: None, workers: int = 2) -> Iterator[str]:
    """Generate the listed families anew, with the listed seed: files and tests that come out otherwise, a line each."""
    names = [name for name in FAMILIES if f"{name}.json" in listed.files]
    made = generated(listed.seed, names, workers, tell)
    for path in sorted(made.keys() | listed.files.keys()):
        content = made.get(path)
        if content is None:
            yield f"{path}: is not made any more"
        elif listed.files.get(path) != manifest.entry_of(content):
            yield f"{path}: comes out otherwise"
    documents = (document_of(made[f"{name}.json"], Path(name)) for name in names)
    yield from _meaning_faults(listed, manifest.manifest_of(listed.seed, made, documents))


def _meaning_faults(listed: Manifest, found: Manifest) -> Iterator[str]:
    """Tests of which the manifest says something else than what is there."""
    between = difference(listed, found)
    for ids, what in zip(between, ("is not in the manifest", "is missing", "means something else"), strict=True):
        yield from (f"test {id}: {what}" for id in ids)
