"""The lock core in C: it builds without a warning, and says what the vectors say. The whole pack: `benchmarks.bars`."""

from __future__ import annotations

import os

import pytest

from benchmarks.firmware import FIRMWARE, FirmwareError, command
from tests.vector_families import family_of
from vectors.conform.command import Command
from vectors.conform.pack_file import pack_of
from vectors.conform.run import run


@pytest.fixture(scope="module")
def device() -> Command:
    """The core as a program; where there is no compiler or no library for it, only CI may not do without."""
    try:
        return Command(command("host"))
    except FirmwareError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


def test_the_core_in_c_passes_what_it_declares(device: Command) -> None:
    """Passcodes, and a life of cards through all stages; what it has not declared is skipped by name."""
    results = run(pack_of([family_of("passcode"), family_of("card")]), device)
    device.close()
    assert [failure.id for failure in results.failures] == []
    assert results.counts["pass"] > 250
    assert results.missing.keys() == {"draw", "encode", "make-passcode"}


def test_there_is_no_cryptography_in_the_core() -> None:
    """The core has the modes; block ciphers, hashes and curves are the libraries'."""
    paths = [path.relative_to(FIRMWARE).as_posix() for path in FIRMWARE.rglob("*.c")]
    own = [path for path in paths if not path.startswith("build/")]
    assert "src/seal_ed25519.c" in own
    assert not any(word in path for path in own for word in ("third_party", "aes", "sodium/", "sha", "25519_ref"))
