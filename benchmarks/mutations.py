"""Texts that are not cards, texts that nearly are, and bodies that no issuer would seal, sealed all the same.

The last are what tests the parser: without the key nothing reaches it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from benchmarks import keys
from benchmarks.random_grants import any_grant
from lockcore import Scope, SealKind, encode
from lockcore import body as body_format
from lockcore.carrier import CARRIERS, LARGE, SMALL, Carrier
from lockcore.ladder import Ladder, put

WIDTHS = tuple(CARRIERS)
_FOREIGN = "٣३３²①〇Ⅷ𝟗 \n\t\0+-_.,eExX,ABCz\ud800￿\u200d"
_DIGITS_OF_ALL_SCRIPTS = [
    chr(code) for code in range(128, 0x1_0000) if unicodedata.decimal(chr(code), None) is not None
]
_KIN = {f"{value}": [c for c in _DIGITS_OF_ALL_SCRIPTS if unicodedata.decimal(c) == value] for value in range(10)}
"""The digits of other scripts, by the ASCII digit that `int` would take them for."""
_ADDRESS_CODES = {
    Scope.ROOM: (body_format.ROOM, body_format.PLACE, body_format.PLACE),
    Scope.ROOM_ALONE: (body_format.ROOM,),
    Scope.FLOOR: (body_format.PLACE, body_format.PLACE),
    Scope.BUILDING: (body_format.PLACE,),
}


class Case(NamedTuple):
    """A text for `decode`. `source` is the card it was made from; None: it carries a seal of its own."""

    text: str
    source: str | None


class Pool:
    """Good cards to start from, of all four carriers, one in eight with `ed25519`."""

    def __init__(self, random: Random, count: int = 200) -> None:
        self.random = random
        self.bodies: list[int] = []
        self.texts: list[str] = []
        for number in range(count):
            grant = any_grant(random)
            kind = SealKind.ED25519 if number % 8 == 0 else SealKind.CMAC
            self.bodies.append(body_format.pack(grant, keys.SEALERS[kind].key_id))
            self.texts.append(encode(grant, keys.SEALERS[kind]))

    def text(self) -> str:
        """A good card's text."""
        return self.random.choice(self.texts)

    def sealed(self, body: int) -> Case:
        """`body` cut to a carrier and sealed for it with the right key, one time in 50 with `ed25519`."""
        kind = SealKind.ED25519 if self.random.random() < 0.02 else SealKind.CMAC
        small = self.random.random() < 0.7 and body >> SMALL[kind].body_bits == 0
        carrier = SMALL[kind] if small else LARGE[kind]
        body &= (1 << carrier.body_bits) - 1
        return Case(keys.sealed_text(_addressed(body, carrier, self.random), carrier), None)


def _addressed(body: int, carrier: Carrier, random: Random) -> int:
    """Nearly always with a head that this lock knows, so that the rest of the body is looked at."""
    if random.random() < 0.02:
        return body
    return body >> 6 << 6 | keys.SEALERS[carrier.kind].key_id << 2 | body_format.FORMAT


def digits_at_random(pool: Pool) -> Case:
    """Any digits, as many as a card has."""
    width = pool.random.choice(WIDTHS)
    return Case(f"{pool.random.randrange(10**width):0{width}}", "")


def head_that_fits(pool: Pool) -> Case:
    """Any number below a carrier's limit that claims a known format and key: it gets as far as the seal."""
    carrier = CARRIERS[pool.random.choice((101, 101, 101, 149, 149, 149, 202, 255))]
    number = pool.random.randrange(carrier.limit)
    low = 8 * carrier.seal_bytes
    body = body_format.FORMAT | keys.SEALERS[carrier.kind].key_id << 2 | pool.random.randrange(4) << 6
    return Case(f"{number >> low + 8 << low + 8 | body << low | number & (1 << low) - 1:0{carrier.digits}}", "")


def digits_too_few_or_many(pool: Pool) -> Case:
    """Any digits, 0 to 400 of them."""
    width = pool.random.randrange(401)
    return Case(f"{pool.random.randrange(10**width):0{width}}"[:width], "")


def foreign_text(pool: Pool) -> Case:
    """Letters, signs, surrogates, digits of other scripts; half of them as long as a card."""
    length = pool.random.choice(WIDTHS) if pool.random.random() < 0.5 else pool.random.randrange(300)
    alphabet = pool.random.choice((_FOREIGN, _DIGITS_OF_ALL_SCRIPTS, "0123456789" * 5 + _FOREIGN))
    return Case("".join(pool.random.choices(alphabet, k=length)), "")


def digit_changed(pool: Pool) -> Case:
    """A card with one digit replaced."""
    text = pool.text()
    at = pool.random.randrange(len(text))
    return Case(text[:at] + pool.random.choice("0123456789") + text[at + 1 :], text)


def digits_swapped(pool: Pool) -> Case:
    """A card with two digits exchanged, neighbours half of the time."""
    text = pool.text()
    a = pool.random.randrange(len(text) - 1)
    b = a + 1 if pool.random.random() < 0.5 else pool.random.randrange(len(text))
    digits = list(text)
    digits[a], digits[b] = digits[b], digits[a]
    return Case("".join(digits), text)


def digit_slipped(pool: Pool) -> Case:
    """A card with one digit lost or doubled, cut or filled to its width half of the time."""
    text = pool.text()
    at = pool.random.randrange(len(text))
    slipped = text[:at] + pool.random.choice(("", text[at] * 2)) + text[at + 1 :]
    width = len(text) if pool.random.random() < 0.5 else len(slipped)
    return Case(slipped.zfill(width)[:width], text)


def character_foreign(pool: Pool) -> Case:
    """A card with one character that is no ASCII digit, the same digit of another script among them."""
    text = pool.text()
    at = pool.random.randrange(len(text))
    foreign = pool.random.choice((pool.random.choice(_KIN[text[at]]), pool.random.choice(_FOREIGN)))
    return Case(text[:at] + foreign + text[at + 1 :], text)


def bits_flipped(pool: Pool) -> Case:
    """A card with one to three bits of its number changed, in body or seal."""
    text = pool.text()
    number = _flip(int(text), CARRIERS[len(text)].limit.bit_length(), pool.random)
    return Case(f"{number:0{len(text)}}", text)


def width_changed(pool: Pool) -> Case:
    """A card's number written in another width."""
    text = pool.text()
    width = pool.random.choice((*WIDTHS, len(text) + 1, len(text) - 1))
    return Case(text.lstrip("0").zfill(width), text)


def sealed_bits_flipped(pool: Pool) -> Case:
    """A good body with one to three bits changed, sealed."""
    body = pool.random.choice(pool.bodies)
    return pool.sealed(_flip(body, body.bit_length() + 8, pool.random))


def sealed_bits_slipped(pool: Pool) -> Case:
    """A good body with some bits removed or put in at one place, sealed."""
    body = pool.random.choice(pool.bodies)
    at, length = pool.random.randrange(8, body.bit_length()), pool.random.randint(1, 8)
    low, high = body & (1 << at) - 1, body >> at
    high = high >> length if pool.random.random() < 0.5 else high << length | pool.random.getrandbits(length)
    return pool.sealed(high << at | low)


def sealed_at_random(pool: Pool) -> Case:
    """Any body of any length, sealed."""
    return pool.sealed(pool.random.getrandbits(pool.random.randint(8, 340)))


def sealed_fields_at_random(pool: Pool) -> Case:
    """A body with the right fields in the right order, each of them any code there is, sealed."""
    random = pool.random
    scope = random.choice(tuple(Scope))
    body = random.getrandbits(random.choice((0, 0, 8, 9, 9, 11, 12, 19, 22, 45)))
    body = _rest(_code(body, body_format.SERIAL, random), random)
    body = _rest(_code(body, body_format.LENGTH, random), random) << 20 | random.getrandbits(20)
    for codes in _ADDRESS_CODES[scope]:
        body = _code(body, codes, random)
    body = body << 37 | random.choice((random.getrandbits(37), random.randrange(100), 99_999_999_999))
    return pool.sealed((body << 2 | scope) << 6)


def _code(number: int, codes: Ladder, random: Random) -> int:
    """`number` with any code of a ladder below it, legal in its field or not."""
    first, last, *_ = random.choice(codes)
    return put(number, random.choice((first, last, random.randint(first, last))), codes)


def _rest(number: int, random: Random) -> int:
    """`number` with the minutes beyond a half hour below it, 31 and 32 among them."""
    return number << 1 if random.random() < 0.5 else (number << 5 | random.getrandbits(5)) << 1 | 1


def _flip(number: int, width_bits: int, random: Random) -> int:
    for _ in range(random.randint(1, 3)):
        number ^= 1 << random.randrange(width_bits)
    return number


TEXTS: tuple[Callable[[Pool], Case], ...] = (
    digits_at_random, head_that_fits, digits_too_few_or_many, foreign_text, digit_changed, digits_swapped,
    digit_slipped, character_foreign, bits_flipped, width_changed,
)  # fmt: skip
SEALED: tuple[Callable[[Pool], Case], ...] = (
    sealed_bits_flipped, sealed_bits_slipped, sealed_at_random, sealed_fields_at_random,
)  # fmt: skip
