"""`verify` under cmac: lengths on both sides of a block's edge, tags with every bit changed, other keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vectors.families import by_the_book as book
from vectors.families.by_the_book import CMAC_SEAL, DERIVED, DOOR_ADDRESS, ED25519, LABELS, SHORT, WIDE
from vectors.families.decode_seal import cmac_keys

LABEL = LABELS[CMAC_SEAL]
KEY = DERIVED[0]
BODY = book.plain(book.body(book.codes_of(SHORT), CMAC_SEAL), 101)
LONG_BODY = book.plain(book.body(book.codes_of(WIDE), CMAC_SEAL), 149)
BAD_SEAL = "BAD_SEAL"


class Tagged(NamedTuple):
    """A question to `verify`; `reason` "" where the tag holds."""

    slug: str
    comment: str
    flag: str
    key: bytes
    body: bytes
    tag: bytes
    reason: str = BAD_SEAL


def lengths() -> Iterator[Tagged]:
    """Bodies of 0 to 64 bytes: the last block is whole where the length is a multiple of 16 (RFC 4493, 2.3)."""
    data = bytes(range(1, 65))
    for length in range(65):
        body = data[:length]
        yield Tagged(f"body-bytes-{length}", f"a body of {length} bytes", "Good", KEY, body, _tag(body), "")
    for body in (BODY, LONG_BODY):
        name = f"card-{len(body)}"
        yield Tagged(name, f"a card's body of {len(body)} bytes", "Good", KEY, body, _tag(body), "")
    for length in (15, 16, 17, 31, 32, 33):
        padded = data[:length] + b"\x80" + bytes(-(length + 1) % 16)
        comment = f"the tag of {length} bytes, and a body with the padding written out"
        yield Tagged(f"padded-{length}", comment, "SecondSpelling", KEY, padded, _tag(data[:length]))
    for name, key in (("msb-clear", _key_with_top(0)), ("msb-set", _key_with_top(1))):
        comment = f"a key whose subkey is doubled with the top bit {name[4:]}"
        yield Tagged(f"subkey-{name}", comment, "Good", key, BODY, book.tag(key, LABEL + BODY), "")


def _tag(body: bytes) -> bytes:
    return book.tag(KEY, LABEL + body)


def _key_with_top(top: int) -> bytes:
    """The first key of a row for which AES of the zero block has this top bit: the subkeys are doubled from it."""
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import ECB

    keys = (bytes([number]) * 16 for number in range(1, 99))
    return next(key for key in keys if Cipher(AES(key), ECB()).encryptor().update(bytes(16))[0] >> 7 == top)


def changed() -> Iterator[Tagged]:
    """Tags, bodies and keys with a bit changed, and wrong lengths."""
    tag = _tag(BODY)
    for byte in range(16):
        for bit in range(8):
            comment = f"bit {bit} of byte {byte} of the tag changed"
            yield Tagged(f"tag-flip-{byte}-{bit}", comment, "Altered", KEY, BODY, _flipped(tag, byte, bit))
    for name, body in (("short", BODY), ("long", LONG_BODY)):
        for byte in range(len(body)):
            comment = f"byte {byte} of the {name} body changed"
            made = _flipped(body, byte, byte % 8)
            yield Tagged(f"body-{name}-flip-{byte}", comment, "Altered", KEY, made, _tag(body))
    for byte in range(16):
        comment = f"byte {byte} of the key changed"
        yield Tagged(f"key-flip-{byte}", comment, "WrongKey", _flipped(KEY, byte, byte % 8), BODY, tag)
    for length in (*range(16), 17, 24, 32, 64):
        comment = f"a tag of {length} bytes"
        yield Tagged(f"tag-bytes-{length}", comment, "Truncated", KEY, BODY, (tag * 4)[:length])


def _flipped(data: bytes, byte: int, bit: int) -> bytes:
    made = bytearray(data)
    made[byte] ^= 1 << bit
    return bytes(made)


def of_something_else() -> Iterator[Tagged]:
    """Tags under other keys, of other messages, and in other forms."""
    tag = _tag(BODY)
    for slug, comment, flag, key in cmac_keys(DOOR_ADDRESS, 0):
        yield Tagged(f"by-{slug}", f"under {comment}", flag, KEY, BODY, book.tag(key, LABEL + BODY))
    for scope, key in enumerate(DERIVED[1:], 1):
        comment = f"under the lock's key for scope {scope}"
        yield Tagged(f"by-scope-{scope}", comment, "WiderScope", KEY, BODY, book.tag(key, LABEL + BODY))
    for slug, comment, flag, message in _messages():
        yield Tagged(f"of-{slug}", f"the tag of {comment}", flag, KEY, BODY, book.tag(KEY, message))
    for slug, made in (
        ("zero", bytes(16)), ("ones", b"\xff" * 16), ("reversed", tag[::-1]), ("rotated", tag[1:] + tag[:1]),
        ("halves-swapped", tag[8:] + tag[:8]), ("other-body", _tag(LONG_BODY)),
        ("inverted", bytes(byte ^ 255 for byte in tag)),
        ("zero-after-8", tag[:8] + bytes(8)), ("zero-before-8", bytes(8) + tag[8:]),
    ):  # fmt: skip
        yield Tagged(f"tag-{slug}", f"a tag that is none: {slug.replace('-', ' ')}", "Altered", KEY, BODY, made)


def _messages() -> Iterator[tuple[str, str, str, bytes]]:
    yield "label-other-seal", "the body under the label of the other seal", "Downgrade", LABELS[ED25519] + BODY
    yield "label-service", "the body under the label of service commands", "WrongKey", b"qrlock service\0\x01" + BODY
    yield "label-none", "the body without a label", "Downgrade", BODY
    yield "label-alone", "the label alone", "Truncated", LABEL
    yield "label-cut", "the body under the label without its last byte", "Truncated", LABEL[:-1] + BODY
    yield "label-after", "the body, then the label", "Altered", BODY + LABEL
    yield "nothing", "nothing", "Truncated", b""
    yield "body-cut", "the body without its last byte", "Truncated", LABEL + BODY[:-1]
    yield "body-shortest", "the body without its leading zeros", "Truncated", LABEL + BODY.lstrip(b"\0")
    yield "body-longer", "the body in the bytes of a longer card", "SecondSpelling", LABEL + BODY.rjust(45, b"\0")
    yield "body-reversed", "the body's bytes in reverse", "Altered", LABEL + BODY[::-1]
    for byte in range(16):
        label = _flipped(LABEL, byte, byte % 8)
        yield f"label-flip-{byte}", f"the body under a label with byte {byte} changed", "Altered", label + BODY
