"""For one card, every other text that differs in a bit, or that someone might take for the same card."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import keys
from lockcore import Grant, SealKind
from lockcore import body as body_format
from lockcore.address import PLACE_NUMBER_MAX, place_code, room_code
from lockcore.carrier import CARRIERS, LARGE, SMALL, Carrier, carrier_of
from lockcore.ed25519_profile import L
from lockcore.ladder import put, take

_FULL_WIDTH_ZERO, _ARABIC_ZERO = 0xFF10, 0x0660
_WITH_A_BUILDING_AT_BIT = 45


def single_bits(text: str) -> Iterator[str]:
    """The text with each bit of its number changed, the unused top bit included, which may make it wider."""
    carrier = CARRIERS[len(text)]
    for bit in range(carrier.limit.bit_length()):
        yield f"{int(text) ^ 1 << bit:0{carrier.digits}}"


def other_spellings(text: str) -> Iterator[str]:
    """The same number as `int` would read it, spelt otherwise, or a number that means it to a careless reader."""
    yield from (f"0{text}", text[1:], text[:-1], f"{text}0", f"+{text}", f"-{text}", f"{text}.", f"{text}\0")
    yield from (
        f" {text}",
        f"{text} ",
        f"{text}\n",
        f"+{text[1:]}",
        f" {text[1:]}",
        f"{text[0]}_{text[2:]}",
        f"{text}e0",
    )
    significant = text.lstrip("0")
    yield from (significant.zfill(width) for width in CARRIERS if len(significant) <= width != len(text))
    yield from (_other_digits(text, zero) for zero in (_FULL_WIDTH_ZERO, _ARABIC_ZERO))
    for at in range(len(text)):
        yield from (text[:at] + chr(zero + int(text[at])) + text[at + 1 :] for zero in (_FULL_WIDTH_ZERO, _ARABIC_ZERO))
    yield from _numbers_beyond(text)


def other_seals(text: str) -> Iterator[str]:
    """An Ed25519 card with S + kL in place of S, as far as S has room: the equation still holds (RFC 8032, 5.1.7)."""
    carrier = CARRIERS[len(text)]
    if carrier.kind is SealKind.ED25519:
        sealed = int(text).to_bytes(carrier.body_bytes + carrier.seal_bytes, "big")
        s = int.from_bytes(sealed[-32:], "little")
        for more in range(s + L, 1 << 256, L):
            yield f"{int.from_bytes(sealed[:-32] + more.to_bytes(32, 'little'), 'big'):0{carrier.digits}}"


def other_bodies(grant: Grant, kind: SealKind) -> Iterator[str]:
    """The same grant in another body, properly sealed: in a longer text, and with digits written as a place's text."""
    body = body_format.pack(grant, keys.SEALERS[kind].key_id)
    carrier = carrier_of(body, kind)
    if carrier is SMALL[kind]:
        yield keys.sealed_text(body, LARGE[kind])
    if grant.building is not None and grant.building.isdigit():
        yield from _building_as_text(body, grant.building, carrier)


def _building_as_text(body: int, building: str, carrier: Carrier) -> Iterator[str]:
    low = body & (1 << _WITH_A_BUILDING_AT_BIT) - 1
    code, above = take(body >> _WITH_A_BUILDING_AT_BIT, body_format.PLACE)
    assert code == place_code(building)
    for written in (text for text in {building, building.zfill(4)} if len(text) <= 4):
        respelt = put(above, PLACE_NUMBER_MAX + 1 + room_code(written), body_format.PLACE)
        respelt = respelt << _WITH_A_BUILDING_AT_BIT | low
        yield from (keys.sealed_text(respelt, each) for each in CARRIERS.values() if _fits(respelt, each, carrier))


def _fits(body: int, carrier: Carrier, like: Carrier) -> bool:
    return carrier.kind is like.kind and body >> carrier.body_bits == 0


def _numbers_beyond(text: str) -> Iterator[str]:
    """Numbers of the same width that agree in all the bytes that a reader which drops the excess would keep."""
    carrier = CARRIERS[len(text)]
    step = carrier.limit << 1
    yield from (f"{number}" for number in range(int(text) + step, 10**carrier.digits, step))


def _other_digits(text: str, zero: int) -> str:
    return "".join(chr(zero + int(digit)) for digit in text)
