"""`verify` under ed25519: good signatures that were changed, and signatures of something else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lockcore.secret_pem import public_of
from vectors.families import by_the_book as book
from vectors.families.by_the_book import CMAC_SEAL, ED25519, LABELS, WIDE
from vectors.families.ed25519_cases import NONCE, ORDER, SECRET, encoded, multiple
from vectors.families.seal_ed25519 import LABEL, Signed, bodies
from vectors.families.site import NEXT_PRIVATE, PRIVATE, SERVICE_PRIVATE, STRANGERS_PRIVATE

_PUBLIC = public_of(PRIVATE)
LONG_BODY = book.plain(book.body(book.codes_of(WIDE), ED25519), 255)


def changed() -> Iterator[Signed]:
    """Every byte of signature, body and key changed, and wrong lengths."""
    body = bodies(0)
    signature = _sign(LABEL + body)
    yield Signed("good-20", "a body of 20 bytes", "Good", _PUBLIC, body, signature, "")
    yield Signed("good-42", "a body of 42 bytes", "Good", _PUBLIC, LONG_BODY, _sign(LABEL + LONG_BODY), "")
    for byte in range(64):
        for bit in (0, 7):
            made = _flipped(signature, byte, bit)
            comment = f"bit {bit} of byte {byte} of the signature changed"
            yield Signed(f"signature-flip-{byte}-{bit}", comment, "Altered", _PUBLIC, body, made)
    for byte in range(len(LONG_BODY)):
        made = _flipped(LONG_BODY, byte, byte % 8)
        comment = f"byte {byte} of the body changed"
        yield Signed(f"body-flip-{byte}", comment, "Altered", _PUBLIC, made, _sign(LABEL + LONG_BODY))
    yield from _lengths(body, signature)
    yield from _halves(body, signature)


def _sign(message: bytes, private: bytes = PRIVATE) -> bytes:
    return book.signing(private).sign(message)


def _flipped(data: bytes, byte: int, bit: int) -> bytes:
    made = bytearray(data)
    made[byte] ^= 1 << bit
    return bytes(made)


def _lengths(body: bytes, signature: bytes) -> Iterator[Signed]:
    for length in (0, 1, 16, 31, 32, 33, 48, 62, 63, 65, 66, 96, 128):
        made = (signature * 2)[:length]
        yield Signed(f"signature-bytes-{length}", f"a signature of {length} bytes", "Truncated", _PUBLIC, body, made)
    for slug, made in (
        ("zero", signature + b"\0"),
        ("line-end", signature + b"\n"),
        ("zero-before", b"\0" + signature),
    ):
        yield Signed(f"signature-and-{slug}", f"a byte too many: {slug}", "Truncated", _PUBLIC, body, made)
    for length in (0, 1, 19, 21, 26, 41, 43, 45, 63, 64):
        data = (body * 4)[:length]
        comment = f"a body of {length} bytes: the seal holds"
        yield Signed(f"body-bytes-{length}", comment, "Good", _PUBLIC, data, _sign(LABEL + data), "")
    for slug, data in (("cut", body[:-1]), ("zero-after", body + b"\0"), ("zero-before", b"\0" + body), ("none", b"")):
        comment = f"the signature of another length of body: {slug}"
        yield Signed(f"body-{slug}", comment, "Truncated", _PUBLIC, data, signature)


def _halves(body: bytes, signature: bytes) -> Iterator[Signed]:
    r, s = signature[:32], signature[32:]
    for slug, made in (
        ("swapped", s + r), ("r-twice", r + r), ("s-twice", s + s), ("zero-r", bytes(32) + s),
        ("zero-s", r + bytes(32)),
        ("all-zero", bytes(64)), ("all-ones", b"\xff" * 64), ("reversed", signature[::-1]),
        ("s-big-endian", r + s[::-1]), ("r-big-endian", r[::-1] + s),
        ("other-body-s", r + _sign(LABEL + bodies(1))[32:]),
        ("other-body-r", _sign(LABEL + bodies(1))[:32] + s),
    ):  # fmt: skip
        yield Signed(f"signature-{slug}", f"R and S: {slug.replace('-', ' ')}", "Altered", _PUBLIC, body, made)


def of_something_else() -> Iterator[Signed]:
    """Good signatures, by other keys or of other messages."""
    body = bodies(0)
    for slug, private, flag in (
        ("next", NEXT_PRIVATE, "WrongKey"), ("service", SERVICE_PRIVATE, "WrongKey"),
        ("stranger", STRANGERS_PRIVATE, "Forged"), ("public", _PUBLIC, "KeyReadOut"),
    ):  # fmt: skip
        yield Signed(f"by-{slug}", f"by another key: {slug}", flag, _PUBLIC, body, _sign(LABEL + body, private))
    for slug, comment, flag, message in _messages(body):
        yield Signed(f"of-{slug}", f"of {comment}", flag, _PUBLIC, body, _sign(message))
    public = encoded(multiple(SECRET))
    for slug, comment, prefix, message in (
        ("ctx", "the variant Ed25519ctx, without a context", b"\0\0", LABEL + body),
        ("ctx-label", "the variant Ed25519ctx, the label as its context", b"\0\x10" + LABEL, body),
        ("ph", "the variant Ed25519ph", b"\x01\0", hashlib.sha512(LABEL + body).digest()),
    ):
        made = _variant(public, prefix, message)
        yield Signed(f"of-{slug}", comment, "Downgrade", public, body, made)
    good = _variant(public, None, LABEL + body)
    yield Signed(
        "of-no-variant", "the same key and nonce, plain Ed25519: the seal holds", "Good", public, body, good, ""
    )


def _messages(body: bytes) -> Iterator[tuple[str, str, str, bytes]]:
    other = LABELS[CMAC_SEAL]
    yield "label-other-seal", "the body under the label of the other seal", "Downgrade", other + body
    yield "label-service", "the body under the label of service commands", "WrongKey", b"qrlock service\0\x01" + body
    yield "label-none", "the body without a label", "Downgrade", body
    yield "label-alone", "the label alone", "Truncated", LABEL
    yield "label-twice", "the body under the label twice", "Altered", LABEL + LABEL + body
    yield "label-after", "the body, then the label", "Altered", body + LABEL
    yield "nothing", "nothing", "Truncated", b""
    yield "body-reversed", "the body's bytes in reverse", "Altered", LABEL + body[::-1]
    yield "body-shortest", "the body without its leading zeros", "Truncated", LABEL + body.lstrip(b"\0")
    yield "body-longer", "the body in the bytes of a longer card", "SecondSpelling", LABEL + body.rjust(42, b"\0")
    yield "hash", "the hash of label and body", "Downgrade", hashlib.sha512(LABEL + body).digest()
    for byte in range(16):
        label = _flipped(LABEL, byte, byte % 8)
        yield f"label-flip-{byte}", f"the body under a label with byte {byte} changed", "Altered", label + body


def _variant(public: bytes, prefix: bytes | None, message: bytes) -> bytes:
    """A signature by SECRET whose challenge begins as RFC 8032, section 2, has it for a variant."""
    r = encoded(multiple(NONCE))
    dom = b"" if prefix is None else b"SigEd25519 no Ed25519 collisions" + prefix
    k = int.from_bytes(hashlib.sha512(dom + r + public + message).digest(), "little")
    return r + ((NONCE + k * SECRET) % ORDER).to_bytes(32, "little")
