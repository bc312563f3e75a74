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
_ONCE = {"c": Code.UNKNOWN_CALL, "a": Code.UNKNOWN_CALL, "sig": Code.REFUSED, "accountSid": Code.REFUSED}


def query_of(scope: Scope) -> dict[str, str]:
    """The query's fields; PlatformError where one that counts comes twice, for a proxy or a log may take the other."""
    try:
        fields = parse_qsl(scope["query_string"].decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS_MAX)
    except ValueError:
        return {}
    names = [name for name, _ in fields]
    for name, code in _ONCE.items():
        if names.count(name) > 1:
            raise PlatformError(code, f"{name} is there twice in the query")
    return dict(fields)


def digest_of(call: Call, body: bytes) -> bytes:
    """What stands for the call and its body, byte for byte."""
    return hashlib.sha256(call.name.encode() + b"\0" + body).digest()


def refused() -> PlatformError:
    """The error of a signature that does not hold, and of an account that is none."""
    return PlatformError(Code.REFUSED, "the signature does not hold")


def stale(is_time: bool) -> PlatformError:
    """The error of a time that is too far off, or of a text that is no time."""
    return PlatformError(Code.STALE, f"the time in the signature is {'more than a day off' if is_time else 'no time'}")


def check_active(account: Account) -> None:
    """PlatformError (NOT_CERTIFIED) if the account was switched off."""
    if not account.active:
        raise PlatformError(Code.NOT_CERTIFIED, "this account is switched off")
