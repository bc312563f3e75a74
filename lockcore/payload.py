"""A grant and a sealer make a card's text; a text and a lock's keys make a grant again, or a reason why not.

FORMAT.md, sections 1 and 8: steps 1 to 4 of a presentation, in that order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lockcore import body as body_format
from lockcore.carrier import CARRIERS, SMALL, Carrier, SealKind, carrier_of
from lockcore.grant import Grant
from lockcore.reason import DecodeError, Reason
from lockcore.seal import CmacVerifier, Ed25519Verifier, Sealer


@dataclass(frozen=True, slots=True, kw_only=True)
class LockKeys:
    """What a lock can check seals with, by key id; an empty kind is a kind that it does not know."""

    ed25519: Mapping[int, Ed25519Verifier] = field(default_factory=dict)
    cmac: Mapping[int, CmacVerifier] = field(default_factory=dict)


class Card(NamedTuple):
    """What a sealed text says, after it was verified."""

    grant: Grant
    key_id: int
    kind: SealKind


def encode(grant: Grant, sealer: Sealer) -> str:
    """The one text of `grant` under this key: 101, 149, 202 or 255 digits."""
    body = body_format.pack(grant, sealer.key_id)
    carrier = carrier_of(body, sealer.kind)
    sealed = body.to_bytes(carrier.body_bytes, "big")
    sealed += sealer.seal(grant, sealed)
    return str(int.from_bytes(sealed, "big")).zfill(carrier.digits)


def decode(text: str, keys: LockKeys) -> Card:
    """The card of a text that one of `keys` sealed; DecodeError with the reason of the step that refuses it."""
    carrier, body_bytes, seal = split(text)
    body = int.from_bytes(body_bytes, "big")
    key_id = _check_seal(keys, carrier, body, body_bytes, seal)
    if carrier is not SMALL[carrier.kind] and carrier_of(body, carrier.kind) is not carrier:
        raise DecodeError(Reason.MALFORMED, "body: longer than it needs to be")
    return Card(body_format.unpack(body), key_id, carrier.kind)


def split(text: str) -> tuple[Carrier, bytes, bytes]:
    """Step 1: carrier, body and seal of a text; DecodeError NOT_A_CARD. Nothing is verified yet."""
    carrier = CARRIERS.get(len(text))
    if carrier is None or not (text.isascii() and text.encode().isdigit()):  # of bytes it is ASCII's, and faster
        raise DecodeError(Reason.NOT_A_CARD, "text: not 101, 149, 202 or 255 digits")
    number = int(text)
    if number >= carrier.limit:
        raise DecodeError(Reason.NOT_A_CARD, "text: a number beyond its bytes")
    body_length = carrier.body_bytes
    sealed = number.to_bytes(body_length + carrier.seal_bytes, "big")
    return carrier, sealed[:body_length], sealed[body_length:]


_ED25519 = SealKind.ED25519  # looked up once: Python 3.11 takes 0.1 µs to find an enum's member


def _check_seal(keys: LockKeys, carrier: Carrier, body: int, body_bytes: bytes, seal: bytes) -> int:
    """Steps 2 and 3: the id of the key under which the seal holds."""
    form, key_id, scope = body_format.head(body)
    if form != body_format.FORMAT:
        raise DecodeError(Reason.UNSUPPORTED_FORMAT, "head: a format that is not in use")
    if carrier.kind is _ED25519:
        public = keys.ed25519.get(key_id)
        if public is None:
            raise _unknown(keys.ed25519, key_id)
        holds = public.holds(body_bytes, seal)
    else:
        derived = keys.cmac.get(key_id)
        if derived is None or scope not in derived.scopes:
            raise _unknown(keys.cmac, key_id)
        holds = derived.holds(scope, body_bytes, seal)
    if not holds:
        raise DecodeError(Reason.BAD_SEAL, "seal: not of this body under this key")
    return key_id


def _unknown(kind: Mapping[int, object], key_id: int) -> DecodeError:
    if not kind:
        return DecodeError(Reason.UNSUPPORTED_FORMAT, "seal: a kind for which there is no key here")
    return DecodeError(Reason.UNKNOWN_KEY, f"head: key id {key_id} is not known here")
