"""One defect, brought in at one stage of a card that was good until then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from lockcore import CmacSealer, Ed25519Sealer, Grant, SealKind, body, symbol
from lockcore.carrier import CARRIERS, LARGE, Carrier, carrier_of
from lockcore.ed25519_profile import L
from lockcore.seal import CMAC_LABEL
from lockcore.secret_pem import public_of
from vectors.conform.questions import grant_fields
from vectors.families.card_cards import BY_NAME, Sample
from vectors.families.lock_faults import impossible
from vectors.families.site import KEY_ID, MASTER, NEXT_ID, NOON, PRIVATE, STRANGERS_PRIVATE


@dataclass(frozen=True, kw_only=True)
class Defect:
    """What is wrong, at which stage, and the stages that carry it."""

    name: str
    stage: str
    comment: str
    flags: tuple[str, ...]
    sample: Sample
    reason: str
    card: Mapping[str, Any]


def defects() -> Iterator[Defect]:
    """All of them, under both seals."""
    for kind in (SealKind.ED25519, SealKind.CMAC):
        sample = BY_NAME[f"{kind.value}.counted"]
        for make in (_of_grants, _of_bodies, _of_seals, _of_texts):
            yield from make(sample)


class _Tagged:
    """Tags with any key."""

    kind, key_id = SealKind.CMAC, KEY_ID

    def __init__(self, key: bytes) -> None:
        self._key = key

    def seal(self, _grant: Grant, sealed: bytes) -> bytes:
        """AES-CMAC over label and body."""
        tagging = CMAC(AES(self._key))
        tagging.update(CMAC_LABEL + sealed)
        return tagging.finalize()


def _sealer(sample: Sample, key_id: int | None = None, stranger: bool = False) -> Any:
    key_id = sample.sealer.key_id if key_id is None else key_id
    if sample.sealer.kind is SealKind.ED25519:
        return Ed25519Sealer(key_id, STRANGERS_PRIVATE if stranger else PRIVATE)
    return CmacSealer(key_id, STRANGERS_PRIVATE if stranger else MASTER)


def _defect(
    sample: Sample, name: str, stage: str, comment: str, flags: tuple[str, ...], reason: str, **card: Any
) -> Defect:
    return Defect(
        name=f"{sample.sealer.kind.value}.{name}", stage=stage, comment=comment, flags=flags, sample=sample,
        reason=reason, card=card,
    )  # fmt: skip


def _drawn(text: str) -> dict[str, str]:
    """Text and symbol, where there is a symbol for it: a text of another length is drawn by nobody."""
    carrier = CARRIERS.get(len(text))
    if carrier is None or not (text.isascii() and text.isdigit()):
        return {"text": text}
    matrix = np.packbits(symbol.matrix(text, version=carrier.version, mask=0), axis=1).tobytes().hex()
    return {"text": text, "matrix": matrix}


def _of_sealed(sealed: bytes, carrier: Carrier) -> dict[str, Any]:
    return {"sealed": sealed.hex(), **_drawn(str(int.from_bytes(sealed, "big")).zfill(carrier.digits))}


def _of_body(sample: Sample, number: int, carrier: Carrier | None = None, sealer: Any = None) -> dict[str, Any]:
    carrier = carrier or carrier_of(number, sample.sealer.kind)
    packed = number.to_bytes(carrier.body_bytes, "big")
    return {"body": packed.hex(), **_of_sealed(packed + (sealer or sample.sealer).seal(sample.grant, packed), carrier)}


def _of_grant(sample: Sample, grant: Grant) -> dict[str, Any]:
    return {"grant": grant_fields(grant), **_of_body(sample, body.pack(grant, sample.sealer.key_id))}


def _of_grants(sample: Sample) -> Iterator[Defect]:
    """A good card, for another door or another time; under cmac another door is another key."""
    by_key = sample.sealer.kind is SealKind.CMAC
    cases: tuple[tuple[str, dict[str, Any], str, tuple[str, ...]], ...] = (
        ("over", {"start_min": NOON - 60, "end_min": NOON}, "EXPIRED", ("TimeBoundary",)),
        ("early", {"start_min": NOON + 1}, "NOT_YET_VALID", ("TimeBoundary",)),
        ("cut-off", {"start_min": NOON - 60, "cut_off_min": NOON}, "EXPIRED", ("TimeBoundary",)),
        ("room", {"room": "402G"}, "WRONG_ROOM", ("OtherDoor",)),
        ("floor", {"floor": "5"}, "WRONG_FLOOR", ("OtherDoor",)),
        ("building", {"building": "2"}, "WRONG_BUILDING", ("OtherDoor",)),
        ("community", {"community": 7}, "WRONG_COMMUNITY", ("OtherCommunity",)),
    )
    for name, fields, reason, flags in cases:
        grant = sample.grant._replace(**fields)
        if by_key and reason.startswith("WRONG"):
            # sealed as the other door's card is: this door has no such key
            packed = body.pack(grant, sample.sealer.key_id)
            carrier = carrier_of(packed, sample.sealer.kind)
            data = packed.to_bytes(carrier.body_bytes, "big")
            stages = {"body": data.hex(), **_of_sealed(data + sample.sealer.seal(grant, data), carrier)}
            yield _defect(sample, name, "grant", f"The grant is another one: {name}.", flags, "BAD_SEAL",
                          grant=grant_fields(grant), **stages)  # fmt: skip
            continue
        yield _defect(sample, name, "grant", f"The grant is another one: {name.replace('-', ' ')}.", flags, reason,
                      **_of_grant(sample, grant))  # fmt: skip


def _of_bodies(sample: Sample) -> Iterator[Defect]:
    """Bodies that are no grant's, or of no key, sealed as if they were."""
    good, key_id = sample.grant, sample.sealer.key_id
    number = body.pack(good, key_id)
    broken: tuple[tuple[str, int, str, tuple[str, ...]], ...] = (
        ("format-1", number | 1, "UNSUPPORTED_FORMAT", ("Downgrade",)),
        ("format-3", number | 3, "UNSUPPORTED_FORMAT", ("Downgrade",)),
        ("times-255", body.pack(impossible(good, times=255), key_id), "MALFORMED", ("CountLimit", "ParserLimit")),
        ("report-revision-0", body.pack(impossible(good, lost=2), key_id), "MALFORMED", ("ParserLimit",)),
        ("lost-3", body.pack(impossible(good, lost=3), key_id), "MALFORMED", ("ParserLimit",)),
        (
            "cut-off-at-end",
            body.pack(impossible(good, cut_off_min=good.end_min), key_id),
            "MALFORMED",
            ("ParserLimit",),
        ),
    )
    for name, changed, reason, flags in broken:
        yield _defect(sample, name, "body", f"The body says what no grant says: {name.replace('-', ' ')}.", flags,
            reason,
                      **_of_body(sample, changed))  # fmt: skip
    other = _sealer(sample, 9 if sample.sealer.kind is SealKind.CMAC else NEXT_ID)
    yield _defect(sample, "key-id", "body", "A key id that the lock does not hold.", ("UnknownKey",), "UNKNOWN_KEY",
                  **_of_body(sample, body.pack(good, other.key_id), sealer=other))  # fmt: skip
    if sample.sealer.kind is SealKind.CMAC:
        yield _defect(sample, "public-as-secret", "body", "A tag by a key that everybody knows: the public one.",
                      ("Downgrade", "WrongKey"), "UNKNOWN_KEY",
                      **_of_body(sample, body.pack(good, KEY_ID), sealer=_Tagged(public_of(PRIVATE)[:16])))  # fmt: skip
    yield _defect(sample, "rung", "body", "The body in the larger of two sizes.", ("SecondSpelling",), "MALFORMED",
                  **_of_body(sample, number, LARGE[sample.sealer.kind]))  # fmt: skip
    number ^= 1 << 30
    data = number.to_bytes(carrier_of(number, sample.sealer.kind).body_bytes, "big")
    seal = _good_seal(sample)
    yield _defect(sample, "altered", "body", "A bit of the body changed under the good seal.", ("Altered",), "BAD_SEAL",
                  body=data.hex(), **_of_sealed(data + seal, carrier_of(number, sample.sealer.kind)))  # fmt: skip


def _good_seal(sample: Sample) -> bytes:
    packed, _ = _good(sample)
    return bytes(sample.sealer.seal(sample.grant, packed))


def _good(sample: Sample) -> tuple[bytes, Carrier]:
    number = body.pack(sample.grant, sample.sealer.key_id)
    carrier = carrier_of(number, sample.sealer.kind)
    return number.to_bytes(carrier.body_bytes, "big"), carrier


def _of_seals(sample: Sample) -> Iterator[Defect]:
    """The body is good, and its seal is not."""
    packed, carrier = _good(sample)
    seal = _good_seal(sample)
    cases = [
        ("stranger", "A stranger's seal.", ("Forged",), bytes(_sealer(sample, None, True).seal(sample.grant, packed))),
        ("zeros", "Zeros.", ("Forged",), bytes(len(seal))),
        ("first-bit", "Its first bit changed.", ("Altered",), bytes([seal[0] ^ 0x80]) + seal[1:]),
        ("last-bit", "Its last bit changed.", ("Altered",), seal[:-1] + bytes([seal[-1] ^ 1])),
        ("first-byte-right", "Only its first byte is right.", ("Forged",), seal[:1] + bytes(len(seal) - 1)),
    ]
    if sample.sealer.kind is SealKind.ED25519:
        s = int.from_bytes(seal[32:], "little") + L
        cases.append(("s-plus-l", "S + L.", ("SignatureMalleability",), seal[:32] + s.to_bytes(32, "little")))
    for name, comment, flags, wrong in cases:
        yield _defect(sample, name, "sealed", f"The seal is wrong. {comment}", flags, "BAD_SEAL",
                      **_of_sealed(packed + wrong, carrier))  # fmt: skip


def _of_texts(sample: Sample) -> Iterator[Defect]:
    """The bytes are good, and the text is not theirs."""
    packed, carrier = _good(sample)
    number = int.from_bytes(packed + _good_seal(sample), "big")
    text = str(number).zfill(carrier.digits)
    cases = (
        ("digit-more", "A digit more.", ("Truncated",), text + "0"),
        ("digit-less", "A digit less.", ("Truncated",), text[:-1]),
        ("space", "A space before it.", ("SecondSpelling",), " " + text[1:]),
        ("line-end", "A line end behind it.", ("SecondSpelling",), text + "\n"),
        ("letter", "A letter in it.", ("ForeignText",), text[:9] + "O" + text[10:]),
        ("beyond", "The number with what falls out of its bytes.", ("SecondSpelling",),
         str(number + carrier.limit).zfill(carrier.digits)),
    )  # fmt: skip
    for name, comment, flags, wrong in cases:
        yield _defect(sample, name, "text", f"The text is another one. {comment}", flags, "NOT_A_CARD", **_drawn(wrong))
