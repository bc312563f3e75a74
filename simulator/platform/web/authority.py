"""What both kinds of call share in telling who calls: the query, the errors, and what makes two requests the same."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl

from starlette.types import Scope

from simulator.platform.calls.asked import Call
from simulator.platform.codes import Code, PlatformError
from simulator.platform.data.accounts import Account

NOBODY = "0" * 30
"""What the signature is compared under where there is no account: the work is the same."""
_FIELDS_MAX = 16


def query_of(scope: Scope) -> dict[str, str]:
    """The query's fields, the first of each name."""
    try:
        fields = parse_qsl(scope["query_string"].decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS_MAX)
    except ValueError:
        return {}
    return dict(reversed(fields))


def digest_of(call: Call, body: bytes) -> bytes:
    """What stands for the call and its body, byte for byte."""
    return hashlib.sha256(call.name.encode() + b"\0" + body).digest()


def refused() -> PlatformError:
    """The error of a signature that does not hold, and of an account that is none."""
    return PlatformError(Code.REFUSED, "the signature does not hold")


def stale() -> PlatformError:
    """The error of a time that is too far off."""
    return PlatformError(Code.STALE, "the time in the signature is more than a day off")


def check_active(account: Account) -> None:
    """PlatformError (NOT_CERTIFIED) if the account was switched off."""
    if not account.active:
        raise PlatformError(Code.NOT_CERTIFIED, "this account is switched off")
