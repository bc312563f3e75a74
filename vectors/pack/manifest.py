"""The manifest of a pack: what is in it, to the byte, and what each test means (FORMAT.md, section 6)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from lockcore import Ed25519Verifier, QrlockError
from lockcore.document import DocumentError, expect
from lockcore.secret_pem import public_of
from vectors.pack.family_file import canonical, json_bytes
from vectors.pack.schema import VERSION

NAME, SIGNATURE_NAME, PUBLIC_NAME = "manifest.json", "manifest.sig", "manifest.pub"
LABEL = b"qrlock vectors manifest v1\x00"
"""In front of the manifest's bytes when they are signed, so that no card's key ever signs a card by it."""
EVERYBODYS_KEY = sha256(b"qrlock vectors: a key that everybody can compute").digest()


class ManifestError(QrlockError):
    """A manifest that is none, of another version, or not signed by the key it names."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a pack holds: files by path with length and SHA-256, tests by id with the SHA-256 of what they mean."""

    seed: int
    files: Mapping[str, tuple[int, str]]
    tests: Mapping[str, str]

    def to_bytes(self) -> bytes:
        """The manifest's file."""
        files = {path: {"bytes": size, "sha256": digest} for path, (size, digest) in sorted(self.files.items())}
        return json_bytes({"version": VERSION, "seed": self.seed, "files": files, "tests": dict(self.tests)})

    @classmethod
    def of_bytes(cls, data: bytes, where: str) -> Manifest:
        """What `to_bytes` wrote; ManifestError says what is wrong at `where`."""
        try:
            fields = expect(json.loads(data), where, {"version": int, "seed": int, "files": dict, "tests": dict})
            files = {path: _file(entry, f"{where}: {path}") for path, entry in fields["files"].items()}
        except (ValueError, RecursionError, DocumentError) as error:
            raise ManifestError(str(error) if isinstance(error, DocumentError) else f"{where}: no JSON") from None
        if fields["version"] != VERSION:
            raise ManifestError(f"{where}: version {fields['version']}, not {VERSION}")
        if not all(isinstance(digest, str) for digest in fields["tests"].values()):
            raise ManifestError(f"{where}: a test's digest is a text")
        return cls(seed=fields["seed"], files=files, tests=fields["tests"])


def _file(entry: Any, where: str) -> tuple[int, str]:
    fields = expect(entry, where, {"bytes": int, "sha256": str})
    return fields["bytes"], fields["sha256"]


def entry_of(content: bytes) -> tuple[int, str]:
    """What a manifest says of a file: its length and its SHA-256 in hexadecimal."""
    return len(content), sha256(content).hexdigest()


def manifest_of(seed: int, files: Mapping[str, bytes], documents: Iterable[Mapping[str, Any]]) -> Manifest:
    """The manifest of these files, of which `documents` are the families' as values."""
    listed = {path: entry_of(content) for path, content in files.items()}
    tests = {id: digest for document in documents for id, digest in _meanings(document, listed)}
    return Manifest(seed=seed, files=listed, tests=tests)


def _meanings(document: Mapping[str, Any], files: Mapping[str, tuple[int, str]]) -> Iterable[tuple[str, str]]:
    """Each test's id with the digest of all that decides what it asks and what must come back, pictures among it.

    A comment may be put better, and a flag may be added, without the test becoming another one.
    """
    for group in document["groups"]:
        for test in group["tests"]:
            meaning = {name: test[name] for name in ("steps", "expect", "needs", "now", "stages") if name in test}
            meaning |= {"given": group["given"], "group_needs": group["needs"]}
            meaning["pictures"] = [files[path][1] for path in _pictures(test)]
            yield test["id"], sha256(canonical(meaning)).hexdigest()


def _pictures(test: Mapping[str, Any]) -> Iterable[str]:
    return (step["do"]["picture"] for step in test["steps"] if "picture" in step["do"])


def sign(manifest: bytes, private: bytes = EVERYBODYS_KEY) -> tuple[str, str]:
    """The signature of a manifest's bytes and its public key, both as hexadecimal lines."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signature = Ed25519PrivateKey.from_private_bytes(private).sign(LABEL + manifest)
    return f"{signature.hex()}\n", f"{public_of(private).hex()}\n"


def check_signature(manifest: bytes, signature: str, public: str) -> None:
    """ManifestError unless this is the manifest's signature under this key."""
    try:
        verifier = Ed25519Verifier(bytes.fromhex(public.strip()))
        holds = verifier.verify(LABEL + manifest, bytes.fromhex(signature.strip()))
    except (ValueError, QrlockError):
        raise ManifestError("manifest: signature or public key is none") from None
    if not holds:
        raise ManifestError("manifest: not signed by this key")
