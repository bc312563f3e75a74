"""A client program of the platform's API, as real ones are: it signs as the vendor's protocol has it, no more.

The standard library is all that it needs, so that a process of its own is there at once and is no load itself.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Caller:
    """A developer's account."""

    sid: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signed:
    """A request that was signed: it can be sent again, byte for byte."""

    target: str
    headers: dict[str, str]
    body: bytes

    def raw(self, host: str) -> bytes:
        """All of the request, for a connection that is kept."""
        fields = {"Host": host, **self.headers, "Content-Length": str(len(self.body))}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        return f"POST {self.target} HTTP/1.1\r\n{head}\r\n".encode() + self.body


def signed(caller: Caller, call: str, parameters: dict[str, object], at_s: float) -> Signed:
    """One of `/?c=Qrcode&a=…`, stamped with this time; the body is JSON."""
    batch = time.strftime("%Y%m%d%H%M%S", time.gmtime(at_s))
    sig = hashlib.md5(f"{caller.sid}{caller.token}{batch}".encode(), usedforsecurity=False).hexdigest().upper()
    headers = {
        "Authorization": base64.b64encode(f"{caller.sid}:{batch}".encode()).decode(),
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded;charset=utf-8",
    }
    return Signed(f"/?c=Qrcode&a={call}&sig={sig}", headers, json.dumps(parameters).encode())


def signed_records(caller: Caller, call: str, parameters: dict[str, object], at_s: float) -> Signed:
    """One of `/Home/Records/…`; the body is a form."""
    fields = {"accountSid": caller.sid, "timestamp": str(int(at_s)), **{k: str(v) for k, v in parameters.items()}}
    joined = "&".join(f"{name}={value}" for name, value in sorted({**fields, "authToken": caller.token}.items()))
    sig = hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()
    headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    return Signed(f"/Home/Records/{call}?sig={sig}", headers, urlencode(fields).encode())


class Client:
    """One account at one platform, over a connection that is kept. `now_s` is the time that it signs with."""

    def __init__(self, port: int, caller: Caller, now_s: Callable[[], float] = time.time) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
        self._caller = caller
        self._now_s = now_s

    def ask(self, call: str, **parameters: object) -> dict[str, Any]:
        """The reply to one of `/?c=Qrcode&a=…`."""
        return self.send(signed(self._caller, call, parameters, self._now_s()))

    def records(self, call: str, **parameters: object) -> dict[str, Any]:
        """The reply to one of `/Home/Records/…`."""
        return self.send(signed_records(self._caller, call, parameters, self._now_s()))

    def records_raw(self, call: str, **parameters: object) -> bytes:
        """The same as it came."""
        return self._sent(signed_records(self._caller, call, parameters, self._now_s()))

    def send(self, request: Signed) -> dict[str, Any]:
        """The reply to a request that is signed already."""
        reply = json.loads(self._sent(request))
        assert isinstance(reply, dict)
        return reply

    def _sent(self, request: Signed) -> bytes:
        """Sent again over a new connection where the server has let go of the old one, as it does after a while."""
        try:
            return self._sent_once(request)
        except ConnectionError:
            self._connection.close()
            return self._sent_once(request)

    def _sent_once(self, request: Signed) -> bytes:
        self._connection.request("POST", request.target, request.body, request.headers)
        return self._connection.getresponse().read()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
