import re

import pytest

from lockcore.ed25519_profile import _NOT_A_POINT
from tests.ed25519_cases import library_holds
from vectors.families import by_the_book as book
from vectors.families import seal
from vectors.families.seal_ed25519 import LABEL
from vectors.pack.schema import ID
from vectors.pack.vector import Family, Vector


@pytest.fixture(scope="module")
def family() -> Family:
    """The family, made once."""
    return seal.family(1)


@pytest.fixture
def profile(family: Family) -> list[Vector]:
    """The vectors on which libraries disagree."""
    return list(family.groups[0].vectors)


def test_the_family_is_whole(family: Family) -> None:
    """Ids are well formed, no two are the same, and most vectors must be refused."""
    assert len({vector.id for vector in family.vectors}) == len(family.vectors) >= 250
    assert all(re.search(ID, vector.id) for vector in family.vectors)
    assert sum(vector.expect.accepted for vector in family.vectors) < len(family.vectors) / 5


def test_tags_are_those_of_rfc_4493() -> None:
    """Its examples of 0, 16 and 40 bytes."""
    key = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
    data = bytes.fromhex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411")
    assert book.tag(key, b"").hex() == "bb1d6929e95937287fa37d129b756746"
    assert book.tag(key, data[:16]).hex() == "070a16b46b4d4144f79bdd9dd04a287c"
    assert book.tag(key, data).hex() == "dfa66747de9ae63030ca32611497c827"


def _bytes(vector: Vector, member: str) -> bytes:
    return bytes.fromhex(vector.steps[0].do[member])


def _library_holds(vector: Vector) -> bool:
    return library_holds(_bytes(vector, "public"), LABEL + _bytes(vector, "body"), _bytes(vector, "signature"))


def test_what_comments_say_of_openssl(profile: list[Vector]) -> None:
    """The library beneath this code accepts exactly the refused ones of which the comment says so."""
    accepted = {vector.id for vector in profile if not vector.expect.accepted and _library_holds(vector)}
    assert accepted == {vector.id for vector in profile if "OpenSSL 4.0 accepts it" in vector.comment}
    assert len(accepted) > 25


def test_every_encoding_that_must_not_be_loaded_is_asked(profile: list[Vector]) -> None:
    """All 48 of low order, at or above p, as A and as R; what stands beside them is loaded."""
    keys = {_bytes(vector, "public") for vector in profile if vector.expect.reason == "BAD_KEY"}
    assert {key for key in keys if len(key) == 32} == _NOT_A_POINT
    rs = {_bytes(vector, "signature")[:32] for vector in profile if vector.expect.reason == "BAD_SEAL"}
    assert rs >= _NOT_A_POINT
    assert sum("is loaded" in vector.comment for vector in profile) > 20
