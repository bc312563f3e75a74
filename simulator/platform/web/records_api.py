"""`/Home/Records/…`: a posted form, signed in the other of the vendor's two ways."""

from __future__ import annotations

import re

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from simulator.platform.calls.asked import Asked
from simulator.platform.calls.table import RECORD_CALLS
from simulator.platform.codes import Code, ParameterError, PlatformError
from simulator.platform.data.accounts import Account
from simulator.platform.data.requests import RequestKey
from simulator.platform.platform import Platform
from simulator.platform.protocol import record_signature
from simulator.platform.protocol.form import form_of
from simulator.platform.protocol.parameters import read_values
from simulator.platform.protocol.record_signature import RecordForm, read_form
from simulator.platform.web.account_cache import AccountCache
from simulator.platform.web.answer import Answer, reply_to, send_bytes, told
from simulator.platform.web.authority import NOBODY, check_active, digest_of, query_of, refused, stale
from simulator.platform.web.replays import ReadCounter
from simulator.platform.web.request_body import read_body

_SID = re.compile("[0-9A-Za-z]{32}").fullmatch


class RecordsApi:
    """The application at `/Home/Records/{call}`, for every method: those other than POST are told there is no call."""

    def __init__(self, platform: Platform, accounts: AccountCache, reads: ReadCounter) -> None:
        self._platform = platform
        self._accounts = accounts
        self._reads = reads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reply to one request."""
        headers = dict(reversed(scope["headers"]))
        form = form_of(headers.get(b"accept", b"").decode("latin-1"))

        async def reply() -> Answer:
            body = await read_body(receive, self._platform.settings.body_bytes_max)
            call = RECORD_CALLS.get(scope["path_params"]["call"])
            if scope["method"] != "POST" or call is None:
                raise PlatformError(Code.UNKNOWN_CALL, "there is no such call")
            posted, query, now_s = read_form(body), query_of(scope), self._platform.now_s()
            account, sig = await self._authenticated(posted, query, now_s)
            key = RequestKey(account.id, sig, digest_of(call, body))
            self._reads.count(key, now_s)
            values = read_values(call.parameters, posted.given)
            return await reply_to(self._platform, call, Asked(account, key, values, now_s, form))

        try:
            content = await told(form, reply)
        except ClientDisconnect:
            return
        await send_bytes(send, form, content)

    async def _authenticated(self, posted: RecordForm, query: dict[str, str], now_s: int) -> tuple[Account, str]:
        """As for the other calls; `sig` is read from the query, or else the body, `accountSid` the other way round."""
        sid = posted.given.get("accountSid") or query.get("accountSid", "")
        sig = query.get("sig") or posted.sig
        if not sid:
            raise ParameterError("accountSid", "is missing")
        account = await self._accounts.account(sid if _SID(sid) else NOBODY)
        holds = record_signature.matches(posted, NOBODY if account is None else account.token, sig)
        if account is None or not holds:
            raise refused()
        check_active(account)
        timestamp = posted.given.get("timestamp", "")
        if not record_signature.is_fresh(timestamp, now_s):
            raise stale(is_time=record_signature.is_timestamp(timestamp))
        return account, sig.lower()
