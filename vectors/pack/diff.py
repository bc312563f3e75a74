"""Two packs side by side: what a test id means must never change."""

from __future__ import annotations

from typing import NamedTuple

from vectors.pack.manifest import Manifest


class Difference(NamedTuple):
    """Ids that only the new pack has, only the old one, and those that mean something else now, each in order."""

    added: tuple[str, ...]
    dropped: tuple[str, ...]
    changed: tuple[str, ...]


def difference(old: Manifest, new: Manifest) -> Difference:
    """What became of the tests of `old` in `new`."""
    return Difference(
        added=tuple(sorted(new.tests.keys() - old.tests.keys())),
        dropped=tuple(sorted(old.tests.keys() - new.tests.keys())),
        changed=tuple(sorted(id for id in old.tests.keys() & new.tests.keys() if old.tests[id] != new.tests[id])),
    )
