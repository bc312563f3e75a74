"""The signature of `/Home/Records/…`: SHA-1 of the posted parameters and authToken. Reading such a form."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote_plus, unquote_plus

from simulator.platform.protocol.members import bad_body, flat, text_of

DAY_S = 24 * 3600
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_JOINT = re.compile("[&=]")
_UNSIGNED = ("sig", "authToken")


class RecordForm(NamedTuple):
    """A posted form: `posted` and `decoded` are all its fields as they came and as they read, but sig and authToken.

    `given` is what the call is asked with; `sig` is the one in the body, "" if there is none. The token is nowhere.
    """

    posted: Mapping[str, str]
    decoded: Mapping[str, str]
    given: Mapping[str, str]
    sig: str


def read_form(body: bytes) -> RecordForm:
    """A form from its bytes; PlatformError (BAD_BODY), ParameterError for a field that comes twice."""
    posted = [_field(pair) for pair in text_of(body).split("&") if pair]
    decoded = [(_decoded(name), _decoded(value)) for name, value in posted]
    if any(_JOINT.search(name) or "&" in value for name, value in decoded):
        raise bad_body("the body is no form")  # the signature would be that of other fields as well
    given = flat(decoded)
    signed = [at for at, (name, _) in enumerate(decoded) if name not in _UNSIGNED]
    return RecordForm(
        {posted[at][0]: posted[at][1] for at in signed},
        dict(decoded[at] for at in signed),
        {name: value for name, value in given.items() if name not in _UNSIGNED},
        given.get("sig", ""),
    )


def signatures(form: RecordForm, token: str) -> list[str]:
    """The signatures that a client may make of the form: of values as read, as it sent them, and URL-encoded."""
    encoded = {name: quote_plus(value) for name, value in form.decoded.items()}
    return [_signature(fields, token) for fields in (form.decoded, form.posted, encoded)]


def matches(form: RecordForm, token: str, sig: str) -> bool:
    """Whether `sig`, in either case, is one of the form's; each is compared in constant time."""
    given = sig.lower().encode()
    return sum([hmac.compare_digest(made.encode(), given) for made in signatures(form, token)]) > 0


def is_fresh(timestamp: str, now_s: int) -> bool:
    """Whether a timestamp, in UNIX seconds, is within 24 hours of now."""
    return is_timestamp(timestamp) and abs(int(timestamp) - now_s) <= DAY_S


def is_timestamp(text: str) -> bool:
    """Whether a text is a number of seconds, up to 11 digits."""
    return text.isascii() and text.isdigit() and len(text) <= 11


def _signature(fields: Mapping[str, str], token: str) -> str:
    joined = "&".join(f"{name}={value}" for name, value in sorted({**fields, "authToken": token}.items()))
    return hashlib.sha1(joined.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def _field(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return name, value


def _decoded(text: str) -> str:
    if _PERCENT.search(text):
        raise bad_body("the body is no form")
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError:
        raise bad_body("the body is not UTF-8") from None
