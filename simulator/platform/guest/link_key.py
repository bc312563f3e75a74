"""The key pair that links of `/apiLogin` are enciphered for: HOME/apilogin.pem, made at first need."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from simulator import atomic_file
from simulator.home import Home

BITS = 2048


def link_key(home: Home) -> RSAPrivateKey:
    """The secret key, for its owner's eyes; FileError if others can read it, or if it is none."""
    path = home.root / "apilogin.pem"
    if not path.exists():
        _make(path)
    pem = atomic_file.read_text(path)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise atomic_file.FileError(f"{path}: others can read this secret key; close it with chmod 600")
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, RSAPrivateKey) or key.key_size != BITS:
        raise atomic_file.FileError(f"{path}: not a PEM of an RSA key of {BITS} bits")
    return key


def public_pem(home: Home) -> str:
    """The public key for developers, as PEM (SubjectPublicKeyInfo); FileError."""
    return link_key(home).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _make(path: Path) -> None:
    """Of two processes that make one at once, the first wins."""
    atomic_file.make_folder(path.parent)
    key = generate_private_key(65537, BITS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        atomic_file.create(path, pem, atomic_file.SECRET_MODE)
    except FileExistsError:
        return
