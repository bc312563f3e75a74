"""The manifests that were released: whole, signed, and no id of them means anything else today."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

from tests.vector_families import family_of
from vectors.pack import manifest
from vectors.pack.diff import difference
from vectors.pack.family_file import record
from vectors.pack.manifest import Manifest, check_signature, manifest_of
from vectors.pack.open_pack import manifest_at

RELEASED = sorted((Path(__file__).parents[1] / "vectors" / "released").iterdir(), key=lambda place: int(place.name))
CHEAP = ("seal", "passcode", "lock", "flash")
"""Families that other tests have made anyway; CI makes all of them, `qrlock vectors check … --regenerate`."""


def test_each_release_is_signed() -> None:
    """By the key that lies beside it."""
    assert RELEASED
    for place in RELEASED:
        content = (place / manifest.NAME).read_bytes()
        signature, public = ((place / name).read_text() for name in (manifest.SIGNATURE_NAME, manifest.PUBLIC_NAME))
        check_signature(content, signature, public)


def test_an_id_means_the_same_in_every_release() -> None:
    """A later one may add and drop, and not change."""
    for old, new in pairwise(map(manifest_at, RELEASED)):
        assert difference(old, new).changed == ()


def test_what_is_made_today_is_what_was_released() -> None:
    """No id of the last release means something else, and none is gone."""
    documents = [json.loads(json.dumps(record(family_of(name)))) for name in CHEAP]
    today, last = manifest_of(1, {}, documents), manifest_at(RELEASED[-1])
    released = {id: digest for id, digest in last.tests.items() if id.partition(".")[0] in CHEAP}
    found = difference(Manifest(seed=1, files={}, tests=released), today)
    assert (found.changed, found.dropped) == ((), ())
