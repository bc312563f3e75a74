"""Attacks on cards: another developer's, another guest's, by number, mobile, lock or code."""

from __future__ import annotations

from sqlalchemy import Connection

from benchmarks.platform_attacked import OTHER_MOBILE, Attack, Attacked
from simulator.platform.data import communities
from tests.platform_site import COMMUNITY, MAC, MOBILE, OTHER_COMMUNITY, order

_IN = {"mobile": MOBILE, "communityNo": str(COMMUNITY)}
_IN_OTHER = {"mobile": MOBILE, "communityNo": str(OTHER_COMMUNITY)}


def _code_of_another(target: Attacked) -> str:
    """Code of another developer's card, in its community and in one's own, under every name."""
    card_no = target.new_card()
    for name in ("cardNo", "no", "roomFlag"):
        for where in (_IN, _IN_OTHER):
            if target.succeeds(target.stranger, "getCard", **where, **{name: card_no}):
                return "a code"
    return ""


def _code_of_other_mobile(target: Attacked) -> str:
    """Code of a card with another mobile, or the same in another country."""
    card_no = target.new_card()
    tried: tuple[dict[str, object], ...] = ({"mobile": OTHER_MOBILE}, {"areaCode": "1"}, {"mobile": f"0{MOBILE}"})
    return (
        "a code" if any(target.succeeds(target.caller, "getCard", **_IN | one, cardNo=card_no) for one in tried) else ""
    )


def _lock_of_another(target: Attacked) -> str:
    """Code by the address of a lock in another's community."""
    target.new_card(roomNo="403")
    found = any(
        target.succeeds(target.stranger, "getCard", **where, roomFlag=f"mac:{MAC}") for where in (_IN, _IN_OTHER)
    )
    return "a code" if found else ""


def _same_address(target: Attacked) -> str:
    """Lock in one's own community with the address of another's: whose card is handed out."""
    others = target.new_card(roomNo="403")

    def claim(connection: Connection) -> None:
        community = communities.community_of(connection, OTHER_COMMUNITY)
        assert community is not None
        floor = communities.add_floor(connection, communities.add_building(connection, community.id, "9", ""), "9", "")
        communities.add_room(connection, community.id, floor, "909", model="QRB", mac=MAC)

    target.platform.write(claim).result()
    reply = target.api(target.stranger, "getCard", {**_IN_OTHER, "roomFlag": f"mac:{MAC}"}).json()
    return "the other's code" if reply.get("cardNo") == others else "a code" if reply["status"] == 200 else ""


def _cancel_another(target: Attacked) -> str:
    """Another developer's card cancelled."""
    card_no = target.new_card()
    target.succeeds(target.stranger, "cancelCard", cardNo=card_no)
    target.succeeds(target.stranger, "cancelCard", no=card_no, communityNo=OTHER_COMMUNITY)
    return "it is cancelled" if target.card(card_no).cancelled else ""


def _report_another(target: Attacked) -> str:
    """Another developer's card reported lost, alone and with its room."""
    card_no = target.new_card()
    before = target.card(card_no)
    for whole_room in ("0", "1"):
        target.succeeds(target.stranger, "reportLost", cardNo=card_no, wholeRoom=whole_room)
    return "" if target.card(card_no) == before else "its code is another"


def _read_another(target: Attacked) -> str:
    """What the code of another's card says."""
    card_no = target.new_card()
    code = target.api(target.caller, "getCard", {**_IN, "cardNo": card_no, "resultType": 2}).json()["bleStr"]
    tried = (COMMUNITY, OTHER_COMMUNITY)
    read = any(
        target.succeeds(target.stranger, "getRoomCardInfo", communityNo=where, cardString=code) for where in tried
    )
    return "what it says" if read else ""


def _changed_code(target: Attacked) -> str:
    """Code of one's own card with a digit changed: what it says."""
    code = target.api(target.caller, "getCard", {**_IN, "cardNo": target.new_card(), "resultType": 2}).json()["bleStr"]
    text = bytes.fromhex(code).decode()
    changed = (text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :] for at in range(0, len(text), 9))
    read = any(
        target.succeeds(target.caller, "getRoomCardInfo", communityNo=COMMUNITY, cardString=one.encode().hex())
        for one in changed
    )
    return "it is taken" if read else ""


def _wildcards(target: Attacked) -> str:
    """Card numbers that stand for many, or are written otherwise."""
    card_no = target.new_card()
    tried = ("%", "_" * 16, "*", card_no.swapcase(), card_no[:15] + "%", card_no[:15], f"{card_no}\0", "0", "-1")
    found = [one for one in tried if target.succeeds(target.caller, "getCard", **_IN, cardNo=one)]
    return f"a code by {found[0]!r}" if found else ""


def _which_exist(target: Attacked) -> str:
    """Cards and communities of others told from those that there are not."""
    card_no = target.new_card()
    differ = [
        name
        for name, others in (("getCard", _IN_OTHER), ("cancelCard", {}), ("reportLost", {"wholeRoom": "1"}))
        if target.api(target.stranger, name, {**others, "cardNo": card_no}).content
        != target.api(target.stranger, name, {**others, "cardNo": "0" * 16}).content
    ]
    there = target.api(target.stranger, "getLink", order()).content
    if there != target.api(target.stranger, "getLink", order(communityNo="99999999999")).content:
        differ.append("getLink")
    return f"by {' '.join(differ)}" if differ else ""


def _guessed(target: Attacked) -> str:
    """Card numbers guessed from those of one's own."""
    numbers = [target.new_card() for _ in range(20)]
    alike = max(
        sum(a == b for a, b in zip(one, other, strict=True)) for one in numbers for other in numbers if one != other
    )
    return "" if len({*numbers}) == 20 and alike < 8 else f"{alike} of 16 places are the same"


def _cancelled(target: Attacked) -> str:
    """Code of a card that was cancelled, by its developer and by its guest."""
    card_no = target.new_card()
    target.api(target.caller, "cancelCard", {"cardNo": card_no})
    if target.succeeds(target.caller, "getCard", **_IN, cardNo=card_no):
        return "a code"
    target.log_in()
    return "a picture" if "<svg" in target.get(f"/guest/cards/{card_no}").text else ""


ATTACKS: tuple[Attack, ...] = (
    _code_of_another, _code_of_other_mobile, _lock_of_another, _same_address, _cancel_another, _report_another,
    _read_another, _changed_code, _wildcards, _which_exist, _guessed, _cancelled,
)  # fmt: skip
