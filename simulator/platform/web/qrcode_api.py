"""`/?c=Qrcode&a=…`: who calls, whether the signature holds, then the call."""

from __future__ import annotations

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from simulator.platform.calls.asked import Asked
from simulator.platform.calls.table import QRCODE_CALLS
from simulator.platform.codes import Code, PlatformError
from simulator.platform.data.accounts import Account
from simulator.platform.data.requests import RequestKey
from simulator.platform.platform import Platform
from simulator.platform.protocol import signature
from simulator.platform.protocol.body import read_parameters
from simulator.platform.protocol.form import Form, form_of
from simulator.platform.protocol.parameters import read_values
from simulator.platform.web.account_cache import AccountCache
from simulator.platform.web.answer import Answer, reply_to, send_bytes, told
from simulator.platform.web.authority import NOBODY, check_active, digest_of, query_of, refused, stale
from simulator.platform.web.replays import ReadCounter
from simulator.platform.web.request_body import read_body


class QrcodeApi:
    """The application at `/`, for every method: those other than POST are told that they are no call."""

    def __init__(self, platform: Platform, accounts: AccountCache, reads: ReadCounter) -> None:
        self._platform = platform
        self._accounts = accounts
        self._reads = reads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reply to one request."""
        headers = dict(reversed(scope["headers"]))  # of a header that comes twice the first counts
        form = form_of(headers.get(b"accept", b"").decode("latin-1"))
        try:
            content = await told(form, lambda: self._reply(scope, receive, headers, form))
        except ClientDisconnect:
            return
        await send_bytes(send, form, content)

    async def _reply(self, scope: Scope, receive: Receive, headers: dict[bytes, bytes], form: Form) -> Answer:
        body = await read_body(receive, self._platform.settings.body_bytes_max)
        query = query_of(scope)
        call = QRCODE_CALLS.get(query.get("a", ""))
        if scope["method"] != "POST" or query.get("c") != "Qrcode" or call is None:
            raise PlatformError(Code.UNKNOWN_CALL, "there is no such call")
        account, sig = await self._authenticated(headers.get(b"authorization", b""), query.get("sig", ""))
        key = RequestKey(account.id, sig, digest_of(call, body))
        now_s = self._platform.now_s()
        self._reads.count(key, now_s)  # a call that creates a card has its own limit, which all processes share
        values = read_values(call.parameters, read_parameters(body, form))
        return await reply_to(self._platform, call, Asked(account, key, values, now_s, form))

    async def _authenticated(self, authorization: bytes, sig: str) -> tuple[Account, str]:
        """The account, and the signature as it is written down; an unknown account is refused like a wrong signature,
        after the same work."""
        claim = signature.claim_of(authorization.decode("latin-1"))
        if claim is None:
            info = "Authorization is not base64 of an accountSid of 32 letters and digits and a batch of 14 digits"
            raise PlatformError(Code.REFUSED, info)
        account = await self._accounts.account(claim.sid)
        holds = signature.matches(claim, NOBODY if account is None else account.token, sig)
        if account is None or not holds:
            raise refused()
        check_active(account)
        if not signature.is_fresh(claim.batch, self._platform.now_s()):
            raise stale(is_time=bool(signature.readings_s(claim.batch)))
        return account, sig.upper()
