"""Requests as real client programs write them, quirks and all: what a program gives, as method, path, headers, body.

Each is made from the same order. What is odd in one is what was seen in a public client of that language.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

from simulator.platform.data.accounts import Account

Order = Mapping[str, object]


@dataclass(frozen=True)
class Written:
    """One POST."""

    path: str
    headers: dict[str, str]
    body: bytes


def _signed(account: Account, call: str, batch: str, *, colon: str = ":") -> tuple[str, str]:
    sig = hashlib.md5((account.sid + account.token + batch).encode()).hexdigest().upper()
    authorization = base64.b64encode(f"{account.sid}{colon}{batch}".encode()).decode()
    return f"/?c=Qrcode&a={call}&sig={sig}", authorization


def node(account: Account, call: str, order: Order, at_s: float) -> Written:
    """China's time, a content type that is no type, numbers as numbers, no space in the JSON."""
    batch = f"{datetime.fromtimestamp(at_s, UTC) + timedelta(hours=8):%Y%m%d%H%M%S}"
    path, authorization = _signed(account, call, batch)
    headers = {
        "Accept": "application/json", "Content-Type": "application/x-www-form-urlencode;charset=uft-8",
        "Authorization": authorization,
    }  # fmt: skip
    numbers = {
        name: int(str(value)) if str(value).isdigit() and name == "times" else value for name, value in order.items()
    }
    return Written(path, headers, json.dumps(numbers, separators=(",", ":")).encode())


def java(account: Account, call: str, order: Order, at_s: float) -> Written:
    """XML under a root in lower case; what is null is the text null; a 12-hour clock."""
    path, authorization = _signed(account, call, f"{datetime.fromtimestamp(at_s, UTC):%Y%m%d%I%M%S}")
    fields = {**order, "outInfo": order.get("outInfo", "null"), "startTime": order.get("startTime", "null")}
    body = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in fields.items())
    headers = {
        "Accept": "application/xml",
        "Content-Type": "application/xml;charset=utf-8",
        "Authorization": authorization,
    }
    return Written(path, headers, f"<?xml version='1.0' encoding='utf-8'?>\n<request>\n{body}</request>".encode())


def csharp(account: Account, call: str, order: Order, at_s: float) -> Written:
    """Six hours behind on purpose, a byte order mark, every value a string, `Basic` before the signature."""
    batch = f"{datetime.fromtimestamp(at_s, UTC) - timedelta(hours=6):%Y%m%d%H%M%S}"
    path, authorization = _signed(account, call, batch)
    body = json.dumps({name: str(value) for name, value in order.items()}, indent=2)
    headers = {
        "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
        "Authorization": f"Basic {authorization}",
    }  # fmt: skip
    return Written(path, headers, b"\xef\xbb\xbf" + body.encode())


def python(account: Account, call: str, order: Order, at_s: float) -> Written:
    """UTC, None as null, and the colon left out."""
    path, authorization = _signed(account, call, f"{datetime.fromtimestamp(at_s, UTC):%Y%m%d%H%M%S}", colon="")
    fields = {**order, "outInfo": order.get("outInfo"), "areaCode": order.get("areaCode")}
    headers = {"Accept": "application/json", "Content-Type": "application/json", "Authorization": authorization}
    return Written(path, headers, json.dumps(fields).encode())


def php(account: Account, call: str, order: Order, at_s: float) -> Written:
    """No times as "00", empty strings, slashes and Chinese escaped, the query's fields in another order."""
    batch = f"{datetime.fromtimestamp(at_s, UTC) + timedelta(hours=8):%Y%m%d%H%M%S}"
    path, authorization = _signed(account, call, batch)
    sig = path.rpartition("=")[2]
    fields = {"startTime": "00", "endTime": "00", "outInfo": "", **{name: str(value) for name, value in order.items()}}
    headers = {
        "Accept": "application/json;",
        "Content-Type": "application/json;charset=utf-8",
        "Authorization": authorization,
    }
    return Written(f"/?sig={sig}&a={call}&c=Qrcode", headers, json.dumps(fields).replace("/", "\\/").encode())


CLIENTS: dict[str, Callable[[Account, str, Order, float], Written]] = {
    "node": node, "java": java, "csharp": csharp, "python": python, "php": php,
}  # fmt: skip
