"""The same card as JWT, PASETO and COSE, each in the most compact form that someone would still call sensible.

In all three the claims that are at their default are left out, times are minutes since lockcore's epoch with the
ends counted from the start, and places in digits are numbers. JSON has one-letter names and no white space, CBOR
small integers as keys. No key id: a peer's lock has one key. The optional parts are left out too: `typ` of JWT,
the footer of PASETO, the tag of COSE. Each is signed with Ed25519.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import base45
import cbor2
import jwt
import pyseto
import segno
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from pycose.algorithms import EdDSA
from pycose.headers import Algorithm
from pycose.keys.okp import OKPKey
from pycose.messages.sign1message import Sign1Message

from benchmarks import keys
from lockcore import CardType, Grant, Lost, OpenType

Claims = dict[Any, Any]

_NAMES = {
    "community": "c", "start_min": "s", "end_min": "e", "serial": "n", "card": "k", "building": "b", "floor": "f",
    "room": "r", "cut_off_min": "x", "times": "t", "open_type": "o", "lost": "l", "revision": "v",
}  # fmt: skip
_CBOR_KEYS = {name: key for key, name in enumerate(_NAMES.values())}
_DEFAULTS: dict[str, Any] = {"k": 0, "b": None, "f": None, "r": None, "x": None, "t": 0, "o": 0, "l": 0, "v": 0}
_ENUMS = {"card": CardType, "open_type": OpenType, "lost": Lost}


class Token(NamedTuple):
    """One format as four functions; the claims of a card are made beforehand and not timed."""

    name: str
    claims: Callable[[Grant], Claims]
    """The card in the shape that `pack` and `sign` take and `verify` returns."""
    pack: Callable[[Claims], bytes]
    """The claims as they are signed, without header and signature."""
    sign: Callable[[Claims], str]
    """The token as the text that its symbol would hold."""
    verify: Callable[[str], Claims]
    """The claims of a token whose signature holds; an error of the library otherwise."""


def json_claims(grant: Grant) -> Claims:
    """The card as a JSON object; what is at its default is absent."""
    fields: dict[str, Any] = grant._asdict()
    fields["end_min"] -= grant.start_min
    if grant.cut_off_min is not None:
        fields["cut_off_min"] = grant.cut_off_min - grant.start_min
    for place in ("building", "floor"):
        if fields[place] is not None and fields[place].isdigit():
            fields[place] = int(fields[place])
    claims = {_NAMES[field]: value for field, value in fields.items()}
    return {name: value for name, value in claims.items() if name not in _DEFAULTS or value != _DEFAULTS[name]}


def cbor_claims(grant: Grant) -> Claims:
    """The card as a CBOR map."""
    return {_CBOR_KEYS[name]: value for name, value in json_claims(grant).items()}


def grant_of(claims: Claims) -> Grant:
    """The grant of JSON claims, to show that nothing was left out that a lock needs."""
    complete = _DEFAULTS | claims
    fields = {field: complete[name] for field, name in _NAMES.items()}
    fields["end_min"] += fields["start_min"]
    if fields["cut_off_min"] is not None:
        fields["cut_off_min"] += fields["start_min"]
    for place in ("building", "floor"):
        fields[place] = None if fields[place] is None else str(fields[place])
    return Grant(**fields | {field: of(fields[field]) for field, of in _ENUMS.items()})


def symbol_version(text: str) -> int:
    """The smallest QR version at level M that holds `text`, in the mode that segno picks for it."""
    version = segno.make(text, error="m", boost_error=False, micro=False, mask=0).version
    assert isinstance(version, int)
    return version


def _json(claims: Claims) -> bytes:
    return json.dumps(claims, separators=(",", ":")).encode()


_PUBLIC_KEY = keys.PRIVATE_KEY.public_key()


def _jwt_sign(claims: Claims) -> str:
    return jwt.encode(claims, keys.PRIVATE_KEY, algorithm="EdDSA", headers={"typ": None})


def _jwt_verify(token: str) -> Claims:
    return jwt.decode(token, _PUBLIC_KEY, algorithms=["EdDSA"])


_PASETO_PRIVATE = pyseto.Key.new(
    4, "public", keys.PRIVATE_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
)
_PASETO_PUBLIC = pyseto.Key.new(4, "public", _PUBLIC_KEY.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _paseto_sign(claims: Claims) -> str:
    return pyseto.encode(_PASETO_PRIVATE, _json(claims)).decode()


def _paseto_verify(token: str) -> Claims:
    return _object(json.loads(bytes(pyseto.decode(_PASETO_PUBLIC, token).payload)))  # type: ignore[arg-type]


_COSE_KEY = OKPKey(crv="ED25519", d=keys.PRIVATE, x=keys.PUBLIC)


def _cose_sign(claims: Claims) -> str:
    message = Sign1Message(phdr={Algorithm: EdDSA}, payload=cbor2.dumps(claims))
    message.key = _COSE_KEY
    return str(base45.b45encode(message.encode(tag=False)), "ascii")


def _cose_verify(token: str) -> Claims:
    message = Sign1Message.from_cose_obj(cbor2.loads(base45.b45decode(token)), True)
    message.key = _COSE_KEY
    if message.payload is None or not message.verify_signature():
        raise ValueError("the signature does not hold")
    return _object(cbor2.loads(message.payload))


def _object(decoded: Any) -> Claims:
    assert isinstance(decoded, dict)
    return decoded


TOKENS = (
    Token("JWT", json_claims, _json, _jwt_sign, _jwt_verify),
    Token("PASETO v4.public", json_claims, _json, _paseto_sign, _paseto_verify),
    Token("COSE_Sign1/base45", cbor_claims, cbor2.dumps, _cose_sign, _cose_verify),
)
"""JWT (RFC 7519) by PyJWT, PASETO by pyseto, COSE_Sign1 (RFC 9052) over CBOR as base45 (RFC 9285) by pycose."""
