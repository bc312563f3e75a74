"""Seals alone, as a library is asked: does this one hold over this body under this key?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vectors.families import seal_cmac, seal_ed25519, seal_ed25519_bytes
from vectors.families.ask import question
from vectors.families.seal_cmac import Tagged
from vectors.families.seal_ed25519 import Signed
from vectors.pack.vector import ACCEPTED, Family, Group, Vector, refused

HEADER = (
    "The two seals of lockcore/FORMAT.md, sections 6 and 7, over the label of each and a body of any length.",
    "ed25519: rules 1 to 4 exactly, whatever a library does by itself. BAD_KEY: the key must not even be loaded.",
    "What a comment says of other libraries was measured with libsodium 1.0.18 and OpenSSL 4.0, or is documented.",
)


def family(seed: int) -> Family:  # noqa: ARG001  # nothing here is random
    """The vectors of `seal`."""
    ed25519, cmac = seal_ed25519_bytes, seal_cmac
    return Family(
        name="seal",
        algorithm="the seals of qrlock card v1",
        header=HEADER,
        groups=(
            _signed("ed25519-profile", "On these libraries disagree.", seal_ed25519.profile()),
            _signed("ed25519-changed", "A good signature, changed.", ed25519.changed()),
            _signed("ed25519-else", "Signatures of something else.", ed25519.of_something_else()),
            _tagged("cmac-lengths", "Bodies of every length to four blocks.", cmac.lengths()),
            _tagged("cmac-changed", "A good tag, changed.", cmac.changed()),
            _tagged("cmac-else", "Tags of something else.", cmac.of_something_else()),
        ),
    )


def _signed(name: str, comment: str, asked: Iterable[Signed]) -> Group:
    given = {"seal": "ed25519"}
    vectors = [
        _vector(
            f"ed25519.{each.slug}", each,
            {"public": each.public.hex(), "body": each.body.hex(), "signature": each.signature.hex()}, given,
        )
        for each in asked
    ]  # fmt: skip
    return Group(name=name, comment=comment, needs=("verify",), given=given, vectors=vectors)


def _tagged(name: str, comment: str, asked: Iterable[Tagged]) -> Group:
    given = {"seal": "cmac"}
    vectors = [
        _vector(
            f"cmac.{each.slug}", each, {"key": each.key.hex(), "body": each.body.hex(), "tag": each.tag.hex()}, given
        )
        for each in asked
    ]
    return Group(name=name, comment=comment, needs=("verify-cmac",), given=given, vectors=vectors)


def _vector(slug: str, asked: Signed | Tagged, do: dict[str, Any], given: dict[str, Any]) -> Vector:
    expect = refused(asked.reason) if asked.reason else ACCEPTED
    flags = (asked.flag,)
    return question(f"seal.{slug}", asked.comment, flags, {"op": "verify", **do}, expect, given=given)
