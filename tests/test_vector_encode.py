import re
from importlib.resources import files

import pytest

from vectors.families import by_the_book as book
from vectors.families import encode
from vectors.families.by_the_book import CMAC_SEAL, ED25519, SHORT, WIDE
from vectors.pack.schema import ID
from vectors.pack.vector import Vector


@pytest.fixture(scope="module")
def vectors() -> list[Vector]:
    """The family, made once."""
    return encode.family(1).vectors


def test_the_family_is_whole(vectors: list[Vector]) -> None:
    """Ids are well formed, no two are the same, and most vectors must be refused."""
    assert len({vector.id for vector in vectors}) == len(vectors) >= 150
    assert all(re.search(ID, vector.id) for vector in vectors)
    assert sum(not vector.expect.accepted for vector in vectors) > len(vectors) / 2


def test_made_by_the_book_as_the_document_has_it() -> None:
    """The generators' own issuer makes the texts of FORMAT.md, sections 10.1, 10.2 and 10.4."""
    document = re.sub(r"\s", "", (files("lockcore") / "FORMAT.md").read_text())
    wide = {**WIDE, "revision": 1}
    for grant, kind in ((SHORT, ED25519), (SHORT, CMAC_SEAL), (wide, ED25519)):
        sealed, digits = book.sealed_card(grant, kind)
        assert f"text{book.text(sealed, digits)}```" in document


def test_every_field_is_refused(vectors: list[Vector]) -> None:
    """Each field of a grant has refusals under both seals."""
    ids = [vector.id for vector in vectors if not vector.expect.accepted]
    fields = (
        "community",
        "building",
        "floor",
        "room",
        "start",
        "end",
        "cut-off",
        "times",
        "lost",
        "serial",
        "revision",
    )
    for field in fields:
        for kind in ("ed25519", "cmac"):
            assert any(id.startswith(f"encode.{field}-") and id.endswith(kind) for id in ids), (field, kind)
