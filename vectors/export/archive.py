"""A pack as one file, the same on every run: a tar archive (POSIX ustar) without times, owners and compression."""

from __future__ import annotations

import tarfile
from collections.abc import Mapping
from io import BytesIO

_FILE_MODE = 0o644


def archive(files: Mapping[str, bytes], folder: str) -> bytes:
    """The archive of these files by path, under one folder, in the order of their paths."""
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted(files):
            member = tarfile.TarInfo(f"{folder}/{path}")
            member.size, member.mode, member.mtime = len(files[path]), _FILE_MODE, 0
            tar.addfile(member, BytesIO(files[path]))
    return packed.getvalue()
