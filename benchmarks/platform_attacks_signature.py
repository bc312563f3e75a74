"""Attacks on signatures: another's, an old one, the same one again."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from unittest.mock import patch
from urllib.parse import urlencode

from httpx import Response

from benchmarks.platform_attacked import Attack, Attacked
from simulator.platform.data import accounts
from simulator.platform.data.accounts import Account
from simulator.platform.data.tables import OUTBOX
from simulator.platform.web import replays
from tests.platform_site import COMMUNITY, batch_of, order, signed

DAY_S = 24 * 3600
_ORDER = json.dumps(order()).encode()


def _post(target: Attacked, sig: str, headers: dict[str, str], body: bytes | None = None) -> str:
    """What was gained by an order under this signature."""
    before = target.rows()["cards"]
    content = body or _ORDER
    response = target.send("POST", f"/?c=Qrcode&a=getLink{sig and '&sig=' + sig}", content=content, headers=headers)
    return _gained(response) or ("a card" if target.rows()["cards"] > before else "")


def _gained(response: Response) -> str:
    return "success" if response.json()["status"] == 200 else ""


def _other_sid(target: Attacked) -> str:
    """Signature of one account with the sid of another."""
    sig, _ = signed(target.stranger, batch_of(target.seeded.clock_s))
    _, headers = signed(target.caller, batch_of(target.seeded.clock_s))
    return _post(target, sig, headers)


def _other_community(target: Attacked) -> str:
    """Good signature of one account, order in the community of another."""
    return _gained(target.api(target.stranger, "getLink", order()))


def _sig_for_token(target: Attacked) -> str:
    """Signature seen once, used as if it were the token."""
    batch = batch_of(target.seeded.clock_s)
    seen, headers = signed(target.caller, batch)
    made = hashlib.md5(f"{target.caller.sid}{seen}{batch}".encode()).hexdigest().upper()
    return _post(target, made, headers)


def _longer_batch(target: Attacked) -> str:
    """MD5 extended: a batch with more behind it."""
    batch = batch_of(target.seeded.clock_s)
    sig, _ = signed(target.caller, batch)
    claim = base64.b64encode(f"{target.caller.sid}:{batch}0".encode()).decode()
    return _post(target, sig, {"Authorization": claim})


def _moved_border(target: Attacked) -> str:
    """Letters moved from the sid into what follows it."""
    batch = batch_of(target.seeded.clock_s)
    sig, _ = signed(target.caller, batch)
    for cut in (31, 30, 16):
        claim = f"{target.caller.sid[:cut]}:{target.caller.sid[cut:]}{batch}"
        gained = _post(target, sig, {"Authorization": base64.b64encode(claim.encode()).decode()})
        if gained:
            return gained
    return ""


def _other_batch(target: Attacked) -> str:
    """Old signature with a new time beside it."""
    sig, _ = signed(target.caller, batch_of(target.seeded.clock_s - 2 * DAY_S))
    _, headers = signed(target.caller, batch_of(target.seeded.clock_s))
    return _post(target, sig, headers)


def _no_signature(target: Attacked) -> str:
    """No signature, an empty one, signs that are none."""
    _, headers = signed(target.caller, batch_of(target.seeded.clock_s))
    tried = ("", "0", "0" * 32, "%00", "%ff" * 32, "null", "*")
    return next((gained for sig in tried if (gained := _post(target, sig, headers))), "")


def _no_claim(target: Attacked) -> str:
    """Authorization that is missing, empty, of nobody, or nothing that can be read."""
    sig, good = signed(target.caller, batch_of(target.seeded.clock_s))
    nobody = base64.b64encode(f"{'0' * 32}:{batch_of(target.seeded.clock_s)}".encode()).decode()
    tried: tuple[dict[str, str], ...] = (
        {},
        {"Authorization": ""},
        {"Authorization": nobody},
        {"Authorization": "Bearer " + good["Authorization"]},
    )
    return next((gained for headers in tried if (gained := _post(target, sig, dict(headers)))), "")


def _nobodys_token(target: Attacked) -> str:
    """Sid of nobody, signed with the token that stands in for it."""
    nobody = Account(0, "z" * 32, "0" * 30, "", False, True)
    return _gained(target.api(nobody, "getLink", order()))


def _out_of_time(target: Attacked) -> str:
    """Batch more than a day off, either way, and further than China's time explains."""
    for off_s in (-DAY_S - 1, DAY_S + 8 * 3600 + 1, -30 * DAY_S, 365 * DAY_S):
        if _gained(target.api(target.caller, "getLink", order(), batch=batch_of(target.seeded.clock_s + off_s))):
            return f"{off_s} s off"
    return ""


def _switched_off(target: Attacked) -> str:
    """Account that was switched off."""
    made = target.platform.write(lambda c: accounts.add_account(c, "gone", test=False, now_s=0)).result()
    target.platform.write(lambda c: accounts.add_member(c, made.id, target.seeded.community.id)).result()
    target.platform.write(lambda c: accounts.set_active(c, made.sid, False)).result()
    return _gained(target.api(made, "getLink", order()))


def _after_a_minute(target: Attacked) -> str:
    """Signed request sent again after a minute."""
    batch = batch_of(target.seeded.clock_s)
    first = target.api(target.caller, "getLink", order(), batch=batch).json()
    target.seeded.clock_s += 61
    return _gained(target.api(target.caller, "getLink", order(), batch=batch)) if first["status"] == 200 else "nothing"


def _eleventh(target: Attacked) -> str:
    """Signed request sent eleven times within a minute."""
    batch, before = batch_of(target.seeded.clock_s), target.rows()["cards"]
    told = [target.api(target.caller, "getLink", order(), batch=batch).json() for _ in range(11)]
    if target.rows()["cards"] > before + 1:
        return "a second card"
    return "an eleventh reply" if told[10]["status"] == 200 else ""


def _written_otherwise(target: Attacked) -> str:
    """Request sent again with sig in lower case, the claim with Basic before it or without its colon: a second card."""
    batch, body = batch_of(target.seeded.clock_s), _ORDER
    sig, headers = signed(target.caller, batch)
    claim = headers["Authorization"]
    bare = base64.b64encode(f"{target.caller.sid}{batch}".encode()).decode()
    _post(target, sig, headers, body)
    before = target.rows()["cards"]
    for other_sig, other in (
        (sig.lower(), claim),
        (sig, f"Basic {claim}"),
        (sig, bare),
        (sig.title(), claim.rstrip("=")),
    ):
        _post(target, other_sig, {"Authorization": other}, body)
    return "a second card" if target.rows()["cards"] > before else ""


def _reads_again(target: Attacked) -> str:
    """Signed getCard sent again and again, beyond its limit."""
    wanted = {"mobile": order()["mobile"], "communityNo": COMMUNITY, "cardNo": target.new_card(), "resultType": 2}
    batch = batch_of(target.seeded.clock_s)
    with patch.object(replays, "READS_MAX", 5):
        told = [target.api(target.caller, "getCard", wanted, batch=batch).json()["status"] for _ in range(6)]
    return "a sixth code" if told[5] == 200 else ""


def _test_account(target: Attacked) -> str:
    """Test account that has an SMS sent."""
    target.api(target.tester, "getLink", order(sendSms=1))
    sent = target.platform.read(lambda c: c.execute(OUTBOX.select().where(OUTBOX.c.kind == "card")).mappings().all())
    return "a message" if any(row["state"] != "withheld" or row["text"] for row in sent) else ""


def _who_is_there(target: Attacked) -> str:
    """Account that is none told from a wrong signature, by the reply or by the work."""
    counted: list[int] = []
    compare = hmac.compare_digest

    def counting(a: bytes, b: bytes) -> bool:
        counted.append(len(a))
        return compare(a, b)

    batch = batch_of(target.seeded.clock_s)
    seen = []
    for sid in (target.caller.sid, "z" * 32):
        _, headers = signed(Account(0, sid, "", "", False, True), batch)
        counted.clear()
        with patch.object(hmac, "compare_digest", counting):
            response = target.send("POST", f"/?c=Qrcode&a=getLink&sig={'0' * 32}", content=b"{}", headers=headers)
        seen.append((response.content, list(counted)))
    return "" if seen[0] == seen[1] and seen[0][1] == [32] else "whether there is such an account"


def _form(target: Attacked, account: Account, fields: dict[str, str], **changes: str) -> str:
    """What was gained by a form signed as `fields`, sent as `changes` make it; a value of "" is left out."""
    joined = "&".join(f"{name}={value}" for name, value in sorted({**fields, "authToken": account.token}.items()))
    sig = changes.pop("sig", hashlib.sha1(joined.encode()).hexdigest())
    sent = {name: value for name, value in {**fields, **changes}.items() if value}
    path = f"/Home/Records/queryByRoom?sig={sig}"
    return _gained(target.send("POST", path, content=urlencode(sent).encode()))


def _fields(target: Attacked, account: Account, **changes: str) -> dict[str, str]:
    return {
        "accountSid": account.sid, "timestamp": str(int(target.seeded.clock_s)), "communityNo": str(COMMUNITY),
        "buildNo": "1", "floorNo": "4", "roomNo": "401G", "startDate": "2026-11-01", "endDate": "2026-11-24",
        "recordType": "2", **changes,
    }  # fmt: skip


def _records_of_another(target: Attacked) -> str:
    """Records of another's community, with a good signature, with the other's sid, and with the other's signature."""
    own, others = _fields(target, target.stranger), _fields(target, target.caller)
    return (
        _form(target, target.stranger, own)
        or _form(target, target.stranger, others)
        or _form(target, target.stranger, own, accountSid=target.caller.sid)
    )


def _records_changed(target: Attacked) -> str:
    """Signed form of records with another room, another time, a field less, or fields joined under one name."""
    fields = _fields(target, target.caller, lang="zh")
    if not _form(target, target.caller, fields):
        return "nothing: the form as it was signed is refused"
    joined = {"lang": "", "recordType": "", "lang=zh&recordType": "2"}
    value = {"lang": "zh&recordType=2", "recordType": ""}
    tried: tuple[dict[str, str], ...] = (
        {"roomNo": "402"}, {"recordType": ""}, {"recordType": "0"}, {"timestamp": "9"}, {"x": "y"}, joined, value,
        {"sig": ""}, {"sig": "0" * 40},
    )  # fmt: skip
    return next((f"with {' '.join(one)}" for one in tried if _form(target, target.caller, fields, **one)), "")


def _records_out_of_time(target: Attacked) -> str:
    """Signed form of records more than a day old, or of tomorrow."""
    stamps = (str(int(target.seeded.clock_s) + off_s) for off_s in (-DAY_S - 1, DAY_S + 1))
    tried = (*stamps, "", "-1", "now", "9" * 30)
    return next(
        (f"at {at}" for at in tried if _form(target, target.caller, _fields(target, target.caller, timestamp=at))), ""
    )


def _token_given(target: Attacked) -> str:
    """Form of records that brings a token of its own to be signed with."""
    made = Account(0, target.caller.sid, "x" * 30, "", False, True)
    return _form(target, made, _fields(target, made), authToken=made.token)


ATTACKS: tuple[Attack, ...] = (
    _other_sid, _other_community, _sig_for_token, _longer_batch, _moved_border, _other_batch, _no_signature, _no_claim,
    _nobodys_token, _out_of_time, _switched_off, _after_a_minute, _eleventh, _written_otherwise, _reads_again,
    _test_account, _who_is_there, _records_of_another, _records_changed, _records_out_of_time, _token_given,
)  # fmt: skip
