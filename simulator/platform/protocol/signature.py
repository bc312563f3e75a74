"""The vendor's signature of `/?c=Qrcode&a=…`: MD5 of accountSid, authToken and a time, and who says so when.

It is what the vendor's protocol has. It covers neither call nor body, and protects nothing from who reads the traffic.
"""

from __future__ import annotations

import base64
import binascii
import calendar
import hashlib
import hmac
import re
from datetime import datetime
from typing import NamedTuple

DAY_S = 24 * 3600
CHINA_S = 8 * 3600
_CLAIM = re.compile(r"([0-9A-Za-z]{32}):?([0-9]{14})").fullmatch
_SCHEME = re.compile(r"\s*(?:basic\s+)?", re.IGNORECASE).match


class Claim(NamedTuple):
    """Who an `Authorization` header says is calling, and the time that it was stamped with, yyyyMMddHHmmss."""

    sid: str
    batch: str


def claim_of(authorization: str) -> Claim | None:
    """The claim in a header: base64 of sid, ":" and batch, bare; None if it is none.

    One client leaves the ":" out, and some HTTP libraries put "Basic" before: both are read.
    """
    scheme = _SCHEME(authorization)
    encoded = authorization[scheme.end() if scheme else 0 :].strip()
    try:
        text = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    found = _CLAIM(text)
    return Claim(found[1], found[2]) if found else None


def signature(claim: Claim, token: str) -> str:
    """Upper-case hexadecimal MD5 of sid, token and batch."""
    return hashlib.md5(f"{claim.sid}{token}{claim.batch}".encode(), usedforsecurity=False).hexdigest().upper()


def matches(claim: Claim, token: str, sig: str) -> bool:
    """Whether `sig`, in either case, is the claim's; compared in constant time."""
    return hmac.compare_digest(signature(claim, token).encode(), sig.upper().encode())


def is_fresh(batch: str, now_s: int) -> bool:
    """Whether a batch is within 24 hours of now, read as UTC or as China's time, whichever suits the client."""
    return any(abs(stamped_s - now_s) <= DAY_S for stamped_s in readings_s(batch))


def readings_s(batch: str) -> tuple[int, ...]:
    """The moments that yyyyMMddHHmmss can be, since 1970: as UTC and as China's time; none if it is no such text."""
    stamped_s = _seconds_of(batch)
    return () if stamped_s is None else (stamped_s, stamped_s - CHINA_S)


def _seconds_of(batch: str) -> int | None:
    parts = (batch[:4], *(batch[at : at + 2] for at in range(4, 14, 2)))
    try:
        year, month, day, hour, minute, second = map(int, parts)
        return calendar.timegm(datetime(year, month, day, hour, minute, second).timetuple())
    except ValueError:
        return None
