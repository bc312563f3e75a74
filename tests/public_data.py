"""Where the public test data are: beside the checkout, or where QRLOCK_DATA says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parents[1]


def public_data(name: str) -> Path:
    """The folder or file `name` of the public data; without it the test is skipped, and fails where CI is set."""
    root = Path(os.environ.get("QRLOCK_DATA") or _CHECKOUT / "../shared/data")
    found = root / name
    if found.exists():
        return found
    if os.environ.get("CI"):
        pytest.fail(f"the public test data are not there: {found}")
    pytest.skip(f"no public test data: {found}")
