"""`/apiLogin`: a link that a developer's program made opens a session for one mobile's cards in one community."""

from __future__ import annotations

import hmac
from functools import partial
from hashlib import sha256
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from sqlalchemy import Connection, insert, select, update
from starlette.responses import Response

from simulator.platform.data import accounts, communities
from simulator.platform.data.tables import USED_LINKS
from simulator.platform.guest import cookies, sessions
from simulator.platform.guest.api_link import Link, ciphertext_of, decipher, link_of
from simulator.platform.guest.guest_error import GuestError
from simulator.platform.guest.link_key import link_key
from simulator.platform.guest.sessions import Scope
from simulator.platform.guest.visit import Visit
from simulator.platform.platform import Platform

OPENINGS_MAX = 20
_COUNT = USED_LINKS.c["count"]
_NO_TOKEN = "0" * accounts.TOKEN_LENGTH


class LinkPage:
    """Of one platform, whose key it reads at first need and keeps."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._key: RSAPrivateKey | None = None
        self._making = Lock()

    def open(self, visit: Visit) -> Response:
        """A session, and on to the cards without what the link held. Every failure is the same page."""
        ciphertext = ciphertext_of(visit.request.query_params.get("data", ""))
        link = link_of(decipher(self._private_key(), ciphertext))
        community_id = visit.platform.read(partial(_community_of, link))
        now_s = visit.platform.now_s()
        if link is None or community_id is None or not link.is_of_today(now_s):
            raise GuestError(403, "link_ended")
        scope = Scope(link.number.area_code, link.number.mobile, community_id, link.card_no)
        token, digest = sessions.new_token(), sha256(ciphertext).digest()
        if not visit.platform.write(partial(_start, scope, token, digest, visit.token, now_s)).result():
            raise GuestError(403, "link_ended")
        response = visit.redirect("/guest/cards" + (f"/{link.card_no}" if link.card_no else ""))
        cookies.set_session(response, token, visit.secure)
        return response

    def _private_key(self) -> RSAPrivateKey:
        with self._making:
            if self._key is None:
                self._key = link_key(self._platform.settings.home)
            return self._key


def _community_of(link: Link | None, connection: Connection) -> int | None:
    """The community, if the link's account may act for it. The same is asked and compared whatever is wrong."""
    account = accounts.account_of(connection, link.sid if link else "")
    community = communities.community_of(connection, link.community if link else 0)
    member = accounts.is_member(connection, account.id if account else 0, community.id if community else 0)
    given, kept = link.token if link else "", account.token if account else _NO_TOKEN
    right = hmac.compare_digest(given.encode(), kept.encode())
    return community.id if right and member and account and account.active and community else None


def _start(scope: Scope, token: str, digest: bytes, before: str | None, now_s: int, connection: Connection) -> bool:
    """Start the session; False if the link was opened too often."""
    if not _count(connection, digest, now_s):
        return False
    sessions.start(connection, token, scope, now_s, before)
    return True


def _count(connection: Connection, digest: bytes, now_s: int) -> bool:
    """Whether one more opening is within the limit; it is counted then. One transaction writes at a time."""
    mine = USED_LINKS.c.digest == digest
    if connection.execute(select(_COUNT).where(mine)).first() is None:
        connection.execute(insert(USED_LINKS).values(digest=digest, first_s=now_s, count=1))
        return True
    counted = update(USED_LINKS).where(mine & (_COUNT < OPENINGS_MAX)).values({_COUNT: _COUNT + 1})
    return connection.execute(counted).rowcount == 1
