"""A reader for a test, where its library may be missing on a developer's machine but not in CI."""

from __future__ import annotations

import os

import pytest

from simulator.readers import Reader, ReaderMissing, make_reader


def installed_reader(name: str) -> Reader:
    """The reader; without its library the test is skipped, and fails where CI is set."""
    try:
        return make_reader(name)
    except ReaderMissing as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))
