"""A pack of a few vectors, made in no time: what tests of packs break."""

from __future__ import annotations

import pytest

from vectors.exact.png import grey_png
from vectors.pack import generate
from vectors.pack.vector import ACCEPTED, Family, Group, Step, Vector, refused


def little(name: str = "decode", *, seed: int = 1, comment: str = "A text that is no card.") -> Family:
    """A family of two vectors: one refusal and one acceptance, whose text follows from the seed."""
    bad = Vector(
        id=f"{name}.letters", comment=comment, flags=("ForeignText",), expect=refused("NOT_A_CARD"),
        steps=(Step(do={"op": "decode", "text": "x"}, expect={"refused": "NOT_A_CARD"}),),
    )  # fmt: skip
    good = Vector(
        id=f"{name}.good", comment="A good card.", flags=("Good",), expect=ACCEPTED,
        steps=(Step(do={"op": "decode", "text": f"{seed:0101d}"}, expect={"seal": "cmac"}),),
    )  # fmt: skip
    group = Group(name="plain", comment="Both.", needs=("decode",), given={"keys": "00"}, vectors=(bad, good))
    return Family(name=name, algorithm="qrlock card v1", header=("A little family.",), groups=(group,))


def pictured(seed: int) -> Family:
    """A family with one picture."""
    import numpy as np

    picture = "frame/frame.blank.png"
    look = Vector(
        id="frame.blank", comment="Nothing to read.", flags=("CameraNoise",), expect=refused("NO_CODE"),
        steps=(Step(do={"op": "read", "picture": picture}, expect={"texts": []}),),
    )  # fmt: skip
    group = Group(name="plain", comment="One.", needs=("read",), vectors=(look,))
    pixels = np.full((4, 5), seed, np.uint8)
    return Family(
        name="frame", algorithm="reading", header=("One frame.",), groups=(group,), pictures={picture: grey_png(pixels)}
    )


NAMES = ("decode", "frame")


def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on packs are made of these two families."""

    def made(name: str, seed: int) -> Family:
        return pictured(seed) if name == "frame" else little(name, seed=seed)

    monkeypatch.setattr(generate, "made", made)
