"""What is in a link of `/apiLogin`: base64, RSA, and a query string inside (GUEST.md, Links).

Clients pad by PKCS#1 v1.5 or by OAEP, so both are tried, always both. An error of padding must look like any other:
OpenSSL from 3.2 on gives random bytes for a wrong PKCS#1 v1.5 padding (implicit rejection), older ones an error, and
either way what comes out is no query string that holds the account's token.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1

from simulator.platform.guest.mobile_number import MobileNumber, mobile_number
from simulator.platform.protocol.signature import readings_s

DATA_MAX = 512
"""Characters of `data`; 2048 bits are 344."""
CIPHERTEXT_BYTES = 256
TIME_TOLERANCE_S = 24 * 3600
_AS_ARRIVED = str.maketrans({" ": "+", "-": "+", "_": "/", "\r": None, "\n": None})
_OAEP = padding.OAEP(padding.MGF1(SHA1()), SHA1(), None)
_DIGITS = re.compile("[0-9]{1,11}").fullmatch
_SINCE_1970 = re.compile("([0-9]{9,10})([0-9]{3})?").fullmatch
_STAMP = re.compile("[0-9]{14}").fullmatch
_SID = re.compile("[0-9A-Za-z]{1,32}").fullmatch
_CARD_NO = re.compile("[0-9A-Za-z]{0,16}").fullmatch


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says; `card_no` is None for all cards of the mobile. Its secrets are in no log.

    `times_s` are the moments that its time can be, since 1970: one, or two of a time without a zone.
    """

    community: int
    sid: str
    token: str
    number: MobileNumber
    times_s: tuple[int, ...]
    card_no: str | None

    def __repr__(self) -> str:
        return "Link()"

    def is_of_today(self, now_s: int) -> bool:
        """Whether its time is at most a day off."""
        return any(abs(now_s - time_s) <= TIME_TOLERANCE_S for time_s in self.times_s)


def ciphertext_of(data: str) -> bytes:
    """The bytes of base64 as it arrives: of either alphabet, with a blank for "+", with padding or without, in lines.

    Zeros if it is none: they decipher to nothing.
    """
    text = data[:DATA_MAX].translate(_AS_ARRIVED).rstrip("=")
    try:
        found = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    return found if len(found) == CIPHERTEXT_BYTES else bytes(CIPHERTEXT_BYTES)


def decipher(key: RSAPrivateKey, ciphertext: bytes) -> bytes:
    """What was enciphered, under either padding; anything, if nothing was."""
    by_pkcs, by_oaep = _deciphered(key, ciphertext, padding.PKCS1v15()), _deciphered(key, ciphertext, _OAEP)
    return by_oaep or by_pkcs


def link_of(plain: bytes) -> Link | None:
    """What a query string says; None if it is none, or names something twice."""
    try:
        pairs = parse_qsl(plain.decode(), keep_blank_values=True, max_num_fields=16)
    except ValueError:
        return None
    fields = {name: value.strip() for name, value in pairs}
    number = mobile_number(fields.get("areaCode", ""), fields.get("mobile", ""))
    community = fields.get("communityNo") or fields.get("no", "")
    times_s = _times_s(fields.get("time", ""))
    sid, card_no = fields.get("id", ""), fields.get("cardNo", "")
    well_formed = _DIGITS(community) and _SID(sid) and _CARD_NO(card_no)
    if len(fields) < len(pairs) or number is None or not times_s or not well_formed:
        return None
    return Link(int(community), sid, fields.get("token", ""), number, times_s, card_no or None)


def _times_s(text: str) -> tuple[int, ...]:
    """As seconds or milliseconds since 1970, or as `batch` has it, which 14 digits are."""
    if _STAMP(text):
        return readings_s(text)
    since = _SINCE_1970(text)
    return (int(since[1]),) if since else ()


def _deciphered(key: RSAPrivateKey, ciphertext: bytes, by: padding.AsymmetricPadding) -> bytes:
    try:
        return key.decrypt(ciphertext, by)
    except ValueError:
        return b""
