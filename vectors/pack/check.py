"""Whether a pack is what its manifest says, who signed it, and whether this program makes the same one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from vectors.pack import manifest
from vectors.pack.families import FAMILIES
from vectors.pack.generate import generated
from vectors.pack.manifest import Manifest
from vectors.pack.open_pack import content_of, manifest_at

_SIGNED = (manifest.NAME, manifest.SIGNATURE_NAME, manifest.PUBLIC_NAME)


def faults(pack: Path, public: str | None = None) -> Iterator[str]:
    """What is wrong with the pack, a line each: files that are missing, changed or not listed.

    ManifestError where the signature does not hold, or is not by `public` (hexadecimal) if that is given. PackError
    where there is no pack.
    """
    listed = manifest_at(pack)
    signer = content_of(pack / manifest.PUBLIC_NAME).decode("ascii", "replace")
    if public is not None and signer.strip() != public.strip().lower():
        raise manifest.ManifestError("manifest: signed by another key than the one given")
    signature = content_of(pack / manifest.SIGNATURE_NAME).decode("ascii", "replace")
    manifest.check_signature(content_of(pack / manifest.NAME), signature, signer)
    yield from _file_faults(pack, listed)


def _file_faults(pack: Path, listed: Manifest) -> Iterator[str]:
    there = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()} - {*_SIGNED}
    yield from (f"{path}: is missing" for path in sorted(listed.files.keys() - there))
    yield from (f"{path}: is not in the manifest" for path in sorted(there - listed.files.keys()))
    for path in sorted(there & listed.files.keys()):
        content = content_of(pack / path)
        if manifest.entry_of(content) != listed.files[path]:
            yield f"{path}: is not what the manifest says"


def differences(listed: Manifest, tell: Callable[[str], None] = lambda _: None, workers: int = 2) -> Iterator[str]:
    """Generate the listed families anew, with the listed seed; each file that comes out otherwise, a line each."""
    names = [name for name in FAMILIES if f"{name}.json" in listed.files]
    made = generated(listed.seed, names, workers, tell)
    for path in sorted(made.keys() | listed.files.keys()):
        content = made.get(path)
        if content is None:
            yield f"{path}: is not made any more"
        elif listed.files.get(path) != manifest.entry_of(content):
            yield f"{path}: comes out otherwise"
