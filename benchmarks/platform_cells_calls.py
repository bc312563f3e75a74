"""The parameters of the calls about a card that is there, with the reply to each case, by hand.

Usual: a card for room 401G (QRA) of the usual mobile, one of its own where the call changes it. `{code}` stands for
what a scanner reads of such a card, in hexadecimal; that mobile has a card for room 403 too, whose lock's address is
A0:B1:C2:D3:E4:F5.
"""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.platform_cells import CARD, MISSING, SUCCESS, Rules, Told, refused

CODE = "{code}"
_NO_CARD = Told(5118, "there is no such card")
_NO_CARD_NO = refused("cardNo is missing")
_NO_COMMUNITY = Told(5001, "communityNo names no community of this account")
_CARD_NO = "is not 1 to 16 letters and digits"
_TYPE = "is not one of 0 1 2"
_TIME = "is no time of the form yyMMddHHmm from 1501010000 to 7410230759"
_OTHERWISE: Mapping[str, object] = {"cardNo": MISSING}


def _card_no(name: str) -> Rules:
    """A card's number under one of its names, in calls where it has no other name then."""
    return Rules(
        name=name,
        absent=_NO_CARD_NO,
        taken=(CARD, f" {CARD} "),
        rule=_CARD_NO,
        foreign=("card-1", "a b", "' OR 1=1--", "卡", "*", "%"),
        true_text=_NO_CARD,
        beyond=("12345678901234567", 10**20, -1),
        others={} if name == "cardNo" else _OTHERWISE,
        more=(("unknown", "0000000000000000", {}, _NO_CARD), ("a number", 1234, {}, _NO_CARD)),
    )


def _not_looked_at(name: str) -> Rules:
    """What clients send, and nobody looks at."""
    return Rules(name=name, absent=None, taken=("QRLOCK", 5, "2611231200"), rule=None, foreign=("<&>", "订单"))


_CARD_TYPE = Rules(
    name="cardType", absent=None, taken=("0", 0, "1", "2"), rule=_TYPE, foreign=("room",), beyond=("3", -1)
)
_COMMUNITY = Rules(
    name="communityNo",
    absent=None,
    taken=("1316870001", 1316870001),
    rule="is not 1 to 11 digits",
    foreign=("riverside",),
    beyond=("0", "131687000100", -1),
)

GET_CARD = (
    Rules(
        name="mobile",
        absent=refused("mobile is missing"),
        taken=("13800138000", 13800138000),
        rule="is not 5 to 15 digits",
        foreign=("+8613800138000", "a" * 11, "%"),
        beyond=("1234", "1234567890123456"),
        more=(("another", "13900139000", {}, _NO_CARD),),
    ),
    Rules(
        name="communityNo",
        absent=refused("communityNo is missing"),
        taken=("1316870001", 1316870001),
        rule="is not 1 to 11 digits",
        foreign=("riverside",),
        beyond=("0", "131687000100"),
        more=(("unknown", "1316870009", {}, _NO_COMMUNITY), ("another account's", 1316870002, {}, _NO_COMMUNITY)),
    ),
    Rules(
        name="areaCode",
        absent=None,
        taken=("86", 86),
        rule="is not 1 to 4 digits",
        foreign=("+86",),
        beyond=("12345",),
        more=(("another", "1", {}, _NO_CARD), ("with a zero before", "086", {}, _NO_CARD)),
    ),
    _card_no("cardNo"),
    _card_no("no"),
    Rules(
        name="roomFlag",
        absent=_NO_CARD_NO,
        taken=(CARD, "mac:A0B1C2D3E4F5", "mac:a0:b1:c2:d3:e4:f5", "mac:A0-B1-C2-D3-E4-F5"),
        rule="is neither 1 to 16 letters and digits nor mac and the address of a lock",
        foreign=("mac:", "mac:A0B1C2D3E4", "mac:G0B1C2D3E4F5", "a b", "MAC:A0B1C2D3E4F5", "mac:%"),
        true_text=_NO_CARD,
        beyond=("12345678901234567", "mac:A0B1C2D3E4F5A6"),
        others=_OTHERWISE,
        more=(
            ("unknown lock", "mac:000000000000", {}, _NO_CARD),
            ("another mobile at the lock", "mac:A0B1C2D3E4F5", {"mobile": "13900139000"}, _NO_CARD),
        ),
    ),
    _CARD_TYPE,
    _not_looked_at("lockType"),
    Rules(
        name="openEndTime",
        absent=None,
        taken=("2611231210", 2611231210, "00", "2001010000", "7401010000"),
        rule=_TIME,
        foreign=("soon", "2026-11-23", "0"),
        beyond=("261123121", "26112312100", "2602301200", "9912312359"),
    ),
    _not_looked_at("time"),
    Rules(
        name="resultType",
        absent=None,
        taken=("1", 1, "2", 2),
        rule="is not one of 1 2 4",
        foreign=("image", "png"),
        beyond=("0", "3", 5, -1),
        more=(("a password that there is not", 4, {}, Told(5118, "this card has no password")),),
    ),
)  # fmt: skip
CANCEL_CARD = (_card_no("cardNo"), _card_no("no"), _COMMUNITY, _CARD_TYPE)
REPORT_LOST = (
    _card_no("cardNo"),
    _card_no("no"),
    Rules(
        name="wholeRoom",
        absent=refused("wholeRoom is missing"),
        taken=("0", 0, "1", 1),
        rule="is not one of 0 1",
        foreign=("true", "room"),
        beyond=("2", -1),
        more=(
            (
                "0 on a QRB", "0", {"cardNo": "{QRB}"},
                refused("wholeRoom is 0 where the lock cannot void one card; use wholeRoom 1"),
            ),
            ("1 on a QRB", "1", {"cardNo": "{QRB}"}, SUCCESS),
            (
                "a floor card's", "1", {"cardNo": "{floor}"},
                refused("cardNo is no room card and only those can be reported lost"),
            ),
        ),
    ),
    _COMMUNITY,
    _CARD_TYPE,
)  # fmt: skip
GET_ROOM_CARD_INFO = (
    Rules(
        name="communityNo",
        absent=refused("communityNo is missing"),
        taken=("1316870001", 1316870001),
        rule="is not 1 to 11 digits",
        foreign=("riverside",),
        beyond=("0", "131687000100"),
        more=(("unknown", "1316870009", {}, _NO_COMMUNITY), ("another account's", 1316870002, {}, _NO_COMMUNITY)),
    ),
    Rules(
        name="cardString",
        absent=refused("cardString is missing"),
        taken=(CODE, f" {CODE}", f"{CODE}0D0A"),
        rule="is not 1 to 512 bytes in hexadecimal",
        foreign=("no card", "0x31", "３１"),
        beyond=("1", "31" * 513),
        more=(
            ("no card", "31", {}, Told(5118, "the code is no card of this community - NOT_A_CARD")),
            ("a card and a digit", f"{CODE}31", {}, Told(5118, "the code is no card of this community - NOT_A_CARD")),
            ("no ASCII", "FF", {}, refused("cardString is not what a scanner reads of a card")),
        ),
    ),
)  # fmt: skip
