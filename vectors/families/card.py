"""The family `card`: one card through every stage, from the grant to a lock's decision, good or wrong at one stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lockcore import Grant, Sealer, SealKind, body, symbol
from lockcore.carrier import CARRIERS, Carrier, carrier_of
from lockcore.placement import Placement
from vectors.conform.questions import grant_fields
from vectors.conform.simulator import Simulator
from vectors.families import card_defects
from vectors.families.ask import DisagreementError, step, verdict_of
from vectors.families.card_cards import CARDS, SECRETS, Sample
from vectors.families.lock_requests import NEW, boot, show
from vectors.families.site import keys_of
from vectors.pack.vector import ACCEPTED, OPENS, REASON_STEPS, Family, Group, Request, Step, Vector, Verdict, refused

NAME = "card"
DECODED = 4
"""Steps up to this one are the decoder's."""


def family(seed: int) -> Family:  # noqa: ARG001  # the families' one signature; nothing here is random
    """All cards, with what every stage must come to."""
    return Family(
        name=NAME,
        algorithm="qrlock card v1, all stages",
        header=(
            "Each test keeps what its card was on its way: grant, body, sealed bytes, text, matrix.",
            "A port that differs sees from the stages where it does.",
        ),
        groups=tuple(_groups()),
    )


def _groups() -> Iterator[Group]:
    for kind in (SealKind.ED25519, SealKind.CMAC):
        decode = ("decode",) if kind is SealKind.ED25519 else ("decode-cmac",)
        samples = [sample for sample in CARDS if sample.sealer.kind is kind]
        yield Group(
            name=f"issued.{kind.value}", needs=("encode", "draw"), comment="An issuer makes the card and draws it.",
            vectors=[_issued(sample) for sample in samples],
        )  # fmt: skip
        wrong = [defect for defect in card_defects.defects() if defect.sample.sealer.kind is kind]
        for placement in dict.fromkeys(sample.placement for sample in samples):
            yield Group(
                name=f"shown.{kind.value}.{placement.lock_id.lower()}", needs=(*decode, "lock"),
                comment="A lock reads the card, and decides.", given=_given(placement),
                vectors=[
                    *(_shown(sample) for sample in samples if sample.placement == placement),
                    *(_wrong(defect) for defect in wrong if defect.sample.placement == placement),
                ],
            )  # fmt: skip


def _given(placement: Placement) -> dict[str, Any]:
    return {
        "profile": "QRA", "geometry": "nor", "blocks": 6, "placement": placement.to_bytes().hex(),
        "keys": keys_of(placement).to_bytes().hex(),
    }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Made:
    """A card at each stage."""

    grant: Grant
    body: bytes
    sealed: bytes
    text: str
    stages: Mapping[str, Any] = field(default_factory=dict)


def made(sample: Sample) -> Made:
    """The good card of a sample."""
    number = body.pack(sample.grant, sample.sealer.key_id)
    carrier = carrier_of(number, sample.sealer.kind)
    return _stages(sample.grant, number.to_bytes(carrier.body_bytes, "big"), sample.sealer, carrier, sample.mask)


def _stages(grant: Grant, packed: bytes, sealer: Sealer, carrier: Carrier, mask: int) -> Made:
    sealed = packed + sealer.seal(grant, packed)
    text = str(int.from_bytes(sealed, "big")).zfill(carrier.digits)
    stages = {
        "grant": grant_fields(grant), "body": packed.hex(), "sealed": sealed.hex(), "text": text,
        "matrix": matrix_of(text, carrier.version, mask),
    }  # fmt: skip
    return Made(grant=grant, body=packed, sealed=sealed, text=text, stages=stages)


def matrix_of(text: str, version: int, mask: int) -> str:
    """The symbol as `draw` answers it."""
    return np.packbits(symbol.matrix(text, version=version, mask=mask), axis=1).tobytes().hex()


def _issued(sample: Sample) -> Vector:
    good, id = made(sample), f"{NAME}.issued.{sample.name}"
    carrier = CARRIERS[len(good.text)]
    kind = sample.sealer.kind
    asked: tuple[tuple[Request, dict[str, Any]], ...] = (
        ({"op": "encode", "seal": kind.value, "key_id": sample.sealer.key_id, "secret": SECRETS[kind].hex(),
          **grant_fields(sample.grant)}, {"text": good.text}),
        ({"op": "draw", "text": good.text, "version": carrier.version, "mask": sample.mask},
         {"matrix": good.stages["matrix"]}),
    )  # fmt: skip
    steps = tuple(step(Simulator(), do, {}, id) for do, _ in asked)
    for each, (_, answer) in zip(steps, asked, strict=True):
        _agree(id, dict(each.expect), answer)
    return Vector(
        id=id, comment=f"{sample.comment} Issued and drawn.", flags=("Good",), steps=steps, expect=ACCEPTED,
        stages=good.stages,
    )  # fmt: skip


def _shown(sample: Sample) -> Vector:
    good = made(sample)
    fields = {"seal": sample.sealer.kind.value, "key_id": sample.sealer.key_id, **grant_fields(sample.grant)}
    return _asked(
        f"{NAME}.shown.{sample.name}", sample, good.text, good.stages, fields, OPENS, ("Good",),
        f"{sample.comment} Read, and it opens.",
    )  # fmt: skip


def _wrong(defect: card_defects.Defect) -> Vector:
    """The stages up to the defect are the good card's, from there on they carry it."""
    good, bad = made(defect.sample), defect.card
    stages = dict(good.stages) | dict(bad)
    decoded: dict[str, Any] = {"refused": defect.reason}
    if REASON_STEPS[defect.reason] > DECODED:
        sealer = defect.sample.sealer
        decoded = {"seal": sealer.kind.value, "key_id": sealer.key_id, **stages["grant"]}
    return _asked(
        f"{NAME}.wrong.{defect.stage}.{defect.name}", defect.sample, stages["text"], stages, decoded,
        refused(defect.reason), defect.flags, defect.comment,
    )  # fmt: skip


def _asked(
    id: str, sample: Sample, text: str, stages: Mapping[str, Any], decoded: Mapping[str, Any], expect: Verdict,
    flags: tuple[str, ...], comment: str,
) -> Vector:  # fmt: skip
    """Decode, then the presentation; both must come to what is stated."""
    device, given = Simulator(), _given(sample.placement)
    requests: tuple[Request, ...] = ({"op": "decode", "text": text}, NEW, boot(sample.minute), show(text))
    steps: tuple[Step, ...] = tuple(step(device, do, given, id) for do in requests)
    _agree(id, dict(steps[0].expect), dict(decoded))
    came_to = verdict_of(steps[-1].expect["did"])
    if came_to != expect:
        raise DisagreementError(f"{id}: stated {expect}, but the reference does {steps[-1].expect['did']}")
    return Vector(
        id=id, comment=comment, flags=flags, steps=steps, expect=expect, now=sample.minute, stages=dict(stages)
    )


def _agree(id: str, came: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    if came != answer:
        raise DisagreementError(f"{id}: stated {dict(answer)}, but the reference answers {dict(came)}")
