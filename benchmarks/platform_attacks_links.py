"""Attacks on links of `/apiLogin`, and on what a log may tell."""

from __future__ import annotations

import base64
import hmac
import logging
import secrets
from collections.abc import Callable
from functools import partial
from unittest.mock import patch
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from httpx import Response

from benchmarks.platform_attacked import AREA_CODE, OTHER_MOBILE, Attack, Attacked
from simulator.platform.data import accounts
from simulator.platform.data.accounts import Account
from simulator.platform.guest import api_link, link_key, link_page
from simulator.platform.web.server import WithoutQuery
from tests.platform_site import COMMUNITY, MOBILE, OTHER_COMMUNITY, signed

DAY_S = 24 * 3600
_PKCS, _OAEP = padding.PKCS1v15(), padding.OAEP(padding.MGF1(SHA1()), SHA1(), None)


def _key(target: Attacked) -> RSAPublicKey:
    public = load_pem_public_key(link_key.public_pem(target.platform.settings.home).encode())
    assert isinstance(public, RSAPublicKey)
    return public


def _plain(target: Attacked, account: Account | None = None, **changes: str) -> bytes:
    whose = account or target.caller
    fields = {
        "communityNo": str(COMMUNITY), "id": whose.sid, "token": whose.token, "mobile": MOBILE, "areaCode": AREA_CODE,
        "time": str(int(target.seeded.clock_s)), "cardNo": "", "cardType": "0",
    }  # fmt: skip
    return urlencode(fields | changes).encode()


def _link(target: Attacked, account: Account | None = None, **changes: str) -> bytes:
    return _key(target).encrypt(_plain(target, account, **changes), _PKCS)


def _open(target: Attacked, ciphertext: bytes) -> Response:
    return target.get(f"/apiLogin?data={quote(base64.b64encode(ciphertext).decode(), safe='')}")


def _opens(target: Attacked, ciphertext: bytes) -> bool:
    return _open(target, ciphertext).status_code == 303


def _expired(target: Attacked) -> str:
    """Link of more than a day ago, or of the day after tomorrow."""
    times = (str(int(target.seeded.clock_s) + off_s) for off_s in (-DAY_S - 1, DAY_S + 1))
    opened = [at for at in (*times, "", "0", "-1", "99999999999999") if _opens(target, _link(target, time=at))]
    return "a session" if opened else ""


def _others_link(target: Attacked) -> str:
    """Link with another's token, another's id, another's community, or no token."""
    stranger = target.stranger
    tried = (
        _link(target, id=stranger.sid), _link(target, token=stranger.token), _link(target, stranger),
        _link(target, communityNo=str(OTHER_COMMUNITY)), _link(target, token=""), _link(target, token="0" * 30),
        _link(target, id="z" * 32, token="0" * 30), _link(target, token=target.caller.token[:-1]),
        _link(target, token=signed(target.caller, "20261123040000")[0]),
    )  # fmt: skip
    return "a session" if any(_opens(target, one) for one in tried) else ""


def _link_switched_off(target: Attacked) -> str:
    """Link of an account that was switched off."""
    made = target.platform.write(lambda c: accounts.add_account(c, "gone", test=False, now_s=0)).result()
    target.platform.write(lambda c: accounts.add_member(c, made.id, target.seeded.community.id)).result()
    if not _opens(target, _link(target, made)):
        return "nothing: it was never opened"
    target.platform.write(lambda c: accounts.set_active(c, made.sid, False)).result()
    return "a session" if _opens(target, _link(target, made)) else ""


def _one_card(target: Attacked) -> str:
    """Link that is limited to one card, used for another of the same mobile."""
    own, other = target.new_card(), target.new_card()
    _open(target, _link(target, cardNo=own))
    return "the other card" if not target.sees(own) or target.sees(other) else ""


def _card_of_other_mobile(target: Attacked) -> str:
    """Link for one's own mobile that names another mobile's card, or a card of another community."""
    others = target.new_card(mobile=OTHER_MOBILE)
    elsewhere = target.new_card(target.stranger)
    for card_no in (others, elsewhere):
        _open(target, _link(target, cardNo=card_no))
        if target.sees(card_no):
            return "the card"
    _open(target, _link(target))
    return "a card of another community" if target.sees(elsewhere) else ""


def _too_often(target: Attacked) -> str:
    """Link opened more often than its limit, its base64 written otherwise each time."""
    data = base64.b64encode(_link(target)).decode()
    forms = (data, data.rstrip("="), data.replace("+", "-").replace("/", "_"), data.replace("+", " "))
    opened = sum(target.get(f"/apiLogin?data={quote(forms[at % 4], safe='')}").status_code == 303 for at in range(24))
    return "" if opened == 20 else f"{opened} sessions"


def _twice_in_link(target: Attacked) -> str:
    """Link whose fields hold further fields: a second mobile."""
    plain = _plain(target)
    tried = (plain + b"&mobile=" + OTHER_MOBILE.encode(), b"mobile=" + OTHER_MOBILE.encode() + b"&" + plain)
    return "a session" if any(_opens(target, _key(target).encrypt(one, _PKCS)) for one in tried) else ""


def _changed_ciphertext(target: Attacked) -> str:
    """Link changed as RSA without padding lets it be: times a number, plus the modulus, a bit turned."""
    numbers = _key(target).public_numbers()
    value = int.from_bytes(_link(target), "big")
    changed = (value * pow(2, numbers.e, numbers.n) % numbers.n, numbers.n - value, value ^ 1, value + numbers.n, 0, 1)
    opened = any(_opens(target, one.to_bytes(257, "big")[-256:]) for one in changed)
    return "a session" if opened else ""


def _oracle(target: Attacked) -> str:
    """Padding told from no padding, by the reply or by the work, so that it could be asked for the plain text."""
    key = _key(target)
    tried = (
        secrets.token_bytes(256), bytes(256), b"\xff" * 256, b"short", key.encrypt(b"x", _PKCS),
        key.encrypt(b"x", _OAEP), key.encrypt(b"\0" * 200, _PKCS), _link(target, token="0" * 30),
        _link(target, time="0"), _link(target, mobile=""),
    )  # fmt: skip
    seen = {_work(partial(_open, target, one)) for one in tried}
    return "" if len(seen) == 1 else f"{len(seen)} kinds of replies"


def _work(open_: Callable[[], Response]) -> tuple[object, ...]:
    """The reply, how often something was deciphered for it, and how often an account was looked up and compared."""
    deciphered = patch.object(api_link, "_deciphered", wraps=api_link._deciphered)
    looked_up = patch.object(link_page, "_community_of", wraps=link_page._community_of)
    compared = patch.object(hmac, "compare_digest", wraps=hmac.compare_digest)
    with deciphered as first, looked_up as second, compared as third:
        answer = open_()
    headers = tuple(sorted((name, value) for name, value in answer.headers.items() if name != "date"))
    return answer.status_code, answer.content, headers, first.call_count, second.call_count, third.call_count


def _where_it_goes(target: Attacked) -> str:
    """What the link held, in the address that it leads to or in what a browser tells the next site."""
    target.new_card()
    answer = _open(target, _link(target))
    told = answer.headers.get("location", "") + answer.text
    leaks = any(secret in told for secret in (MOBILE, target.caller.token, target.caller.sid))
    return "" if not leaks and answer.headers.get("referrer-policy") == "no-referrer" else "the mobile or the token"


def _access_log(target: Attacked) -> str:
    """What the server's access log says of a signed request, a link and a code."""
    sig, _ = signed(target.caller, "20261123040000")
    record = logging.LogRecord(
        "uvicorn.access", logging.INFO, "", 0, '%s - "%s %s HTTP/%s" %d',
        ("1.2.3.4:5", "POST", f"/?c=Qrcode&a=getLink&sig={sig}", "1.1", 200), None,
    )  # fmt: skip
    kept = WithoutQuery().filter(record)
    return "the signature" if kept and sig in record.getMessage() else ""


ATTACKS: tuple[Attack, ...] = (
    _expired, _others_link, _link_switched_off, _one_card, _card_of_other_mobile, _too_often, _twice_in_link,
    _changed_ciphertext, _oracle, _where_it_goes, _access_log,
)  # fmt: skip
