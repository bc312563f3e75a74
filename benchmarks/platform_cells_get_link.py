"""The parameters of `getLink`, with the reply to each case, by hand. It is noon of 2026-11-23 where the rooms are.

Usual: a room card for room 401G (QRA) in building 1, floor 4. 402 is a QRP, 403 a QRB, 404 a QRM; building 2 has
another 402, a QRA, on floor 1.
"""

from __future__ import annotations

from benchmarks.platform_cells import MISSING, SUCCESS, Rules, Told, refused

_NO_COMMUNITY = Told(5001, "communityNo names no community of this account")
_NO_ROOM = Told(6209, "roomNo names no room there")
_SEVERAL = Told(6209, "roomNo names several rooms and buildNo and floorNo say which")
_PLACE = "is no number up to 65535 and no 1 to 4 letters and digits"
_TIME = "is no time of the form yyMMddHHmm from 1501010000 to 7410230759"
_SWITCH = "is not one of 0 1"
_START_NOT_BEFORE = refused("startTime is not before endTime")
_NO_END = refused("endTime is missing and its default from now on is not after startTime")
_PAST = refused("endTime is in the past")
_FLOOR = {"roomNo": "", "cardType": "1"}
_BUILDING = {"roomNo": "", "floorNo": "", "cardType": "2"}
_QRP, _QRB, _QRM = {"roomNo": "402"}, {"roomNo": "403"}, {"roomNo": "404"}

GET_LINK = (
    Rules(
        name="mobile",
        absent=refused("mobile is missing"),
        taken=("13800138000", 13800138000, "12345", "123456789012345", "  13800138000 ", "00138"),
        rule="is not 5 to 15 digits",
        foreign=("abcdefgh", "+8613800138000", "138-0013-8000", "１３８００１３８０００", "13800138000;"),
        beyond=("1234", "1234567890123456", 10**40, -13800138000),
    ),
    Rules(
        name="communityNo",
        absent=refused("communityNo is missing"),
        taken=("1316870001", 1316870001, "01316870001", "1316870001 "),
        rule="is not 1 to 11 digits",
        foreign=("riverside", "1316870001'--", "0x4E7D4E71", "１３１６８７０００１"),
        beyond=("0", "131687000100", -1316870001),
        more=(
            ("unknown", "1316870009", {}, _NO_COMMUNITY),
            ("largest number", "99999999999", {}, _NO_COMMUNITY),
            ("another account's", "1316870002", {}, _NO_COMMUNITY),
        ),
    ),
    Rules(
        name="buildNo",
        absent=refused("buildNo is missing beside the other of the two"),
        taken=("1", 1, "001", "00001", " 1"),
        rule=_PLACE,
        foreign=("a-b", "Ä", "1 1", "١"),
        true_text=_NO_ROOM,
        beyond=("65536", "ABCDE", -1),
        more=(
            ("unknown", "3", {}, _NO_ROOM),
            ("largest number", "65535", {}, _NO_ROOM),
            ("four letters", "ABCD", {}, _NO_ROOM),
            ("alone", "1", {"floorNo": ""}, refused("floorNo is missing beside the other of the two")),
            ("missing for a floor card", "", _FLOOR, refused("buildNo is missing")),
            ("missing for a building card", "", _BUILDING, refused("buildNo is missing")),
            ("unknown for a floor card", "3", _FLOOR, Told(6209, "buildNo names no building there")),
            ("unknown for a building card", "3", _BUILDING, Told(6209, "buildNo names no building there")),
            ("missing with floorNo", "", {"floorNo": ""}, SUCCESS),
        ),
    ),
    Rules(
        name="floorNo",
        absent=refused("floorNo is missing beside the other of the two"),
        taken=("4", 4, "04"),
        rule=_PLACE,
        foreign=("4.", "fourth", "4/"),
        true_text=_NO_ROOM,
        beyond=("65536", "ABCDE", -4),
        more=(
            ("unknown", "5", {}, _NO_ROOM),
            ("missing for a floor card", "", _FLOOR, refused("floorNo is missing")),
            ("of a floor card", "4", _FLOOR, SUCCESS),
            ("unknown for a floor card", "5", _FLOOR, Told(6209, "floorNo names no floor there")),
            (
                "with a building card", "4", {"roomNo": "", "cardType": "2"},
                refused("floorNo is for room cards and floor cards alone"),
            ),
        ),
    ),
    Rules(
        name="roomNo",
        absent=refused("roomNo is missing"),
        taken=("401G", "401g", 403, "404"),
        rule="is not 1 to 8 letters and digits",
        foreign=("4 01", "401-G", "房", "401G%"),
        true_text=_NO_ROOM,
        beyond=("123456789",),
        more=(
            ("unknown", "999", {}, _NO_ROOM),
            ("eight letters", "ABCDEFGH", {}, _NO_ROOM),
            ("leading zero", "0402", {}, _NO_ROOM),
            ("with a floor card", "401G", {"cardType": "1"}, refused("roomNo is for room cards alone")),
            ("with a building card", "401G", {"cardType": "2"}, refused("roomNo is for room cards alone")),
            ("alone", "401G", {"buildNo": MISSING, "floorNo": MISSING}, SUCCESS),
            ("alone and ambiguous", "402", {"buildNo": MISSING, "floorNo": MISSING}, _SEVERAL),
            ("in the other building", "402", {"buildNo": "2", "floorNo": "1"}, SUCCESS),
        ),
    ),
    Rules(
        name="startTime",
        absent=None,
        taken=("2611231200", 2611231200, "2611231204", "00", "2601010000", "1501010000"),
        rule=_TIME,
        foreign=("tomorrow", "2026-11-23", "26112312:0", "２６１１２３１２００", "0"),
        beyond=(
            "261123120", "26112312000", 26112312000, "2602301200", "2613011200", "2600011200", "2611232400",
            "2611231260", "1412312359", "9912312359",
        ),
        more=(
            ("after endTime", "2611241201", {"endTime": "2611241200"}, _START_NOT_BEFORE),
            ("is endTime", "2611241200", {"endTime": "2611241200"}, _START_NOT_BEFORE),
            ("a minute before endTime", "2611241159", {"endTime": "2611241200"}, SUCCESS),
            ("after the usual end", "2611231206", {}, _NO_END),
            ("00 twice", "00", {"endTime": "00"}, SUCCESS),
            ("leap day", "2802291200", {"endTime": "2803011200"}, SUCCESS),
            ("no leap day", "2702291200", {"endTime": "2703011200"}, refused(f"startTime {_TIME}")),
        ),
    ),
    Rules(
        name="endTime",
        absent=None,
        taken=("2611241200", 2611241200, "2611231201", "00", "7410230759"),
        rule=_TIME,
        foreign=("never", "2026-11-24 12:00", "0"),
        beyond=(
            "261124120", "26112412000", "2611311200", "2602301200", "2611242400", "7410230800", "7411221200",
            "9912312359",
        ),
        more=(
            ("now", "2611231200", {}, _PAST),
            ("a minute ago", "2611231159", {}, _PAST),
            ("years ago", "2001010000", {"startTime": "1901010000"}, _PAST),
        ),
    ),
    Rules(
        name="areaCode",
        absent=None,
        taken=("86", 86, "1", "1234", "0086"),
        rule="is not 1 to 4 digits",
        foreign=("+86", "CN", "８６"),
        beyond=("12345", -86),
    ),
    Rules(
        name="sendSms",
        absent=None,
        taken=("0", "1", 0, 1),
        rule=_SWITCH,
        foreign=("yes", "true", "on"),
        beyond=("2", -1, "01"),
    ),
    Rules(
        name="times",
        absent=None,
        taken=("0", 0, "1", 1, "254", 254, "007"),
        rule="is not a whole number from 0 to 254",
        foreign=("once", "1e2", "0x10", "+1", "１"),
        beyond=("255", 255, "-1", -1, "9999999999", 10**40),
        more=(
            ("where nothing counts", "5", _QRB, SUCCESS),
            ("on a floor card", "5", _FLOOR, SUCCESS),
            ("over limit where nothing counts", "255", _QRB, refused("times is not a whole number from 0 to 254")),
        ),
    ),
    Rules(
        name="cardType",
        absent=None,
        taken=("0", 0),
        rule="is not one of 0 1 2",
        foreign=("room", "00"),
        beyond=("3", -1, 255),
        more=(
            ("a floor", 1, {"roomNo": ""}, SUCCESS),
            ("a floor without roomNo", "1", {"roomNo": MISSING}, SUCCESS),
            ("a building", "2", {"roomNo": "", "floorNo": None}, SUCCESS),
            ("a floor without floorNo", "1", {"roomNo": "", "floorNo": "null"}, refused("floorNo is missing")),
        ),
    ),
    Rules(
        name="isLost",
        absent=None,
        taken=("0", 0, "1", 1),
        rule=_SWITCH,
        foreign=("true", "no"),
        beyond=("2", -1),
        more=(
            ("a loss card as clients order it", 1, {"cardType": 0, "times": 0}, SUCCESS),
            ("a floor card's", "1", _FLOOR, refused("isLost is for room cards alone")),
            ("a building card's", "1", _BUILDING, refused("isLost is for room cards alone")),
        ),
    ),
    Rules(
        name="cipherType",
        absent=None,
        taken=("0", 0, "1", 2),
        rule="is not one of 0 1 2",
        foreign=("period", "1.0"),
        beyond=("3", -1),
        others=_QRP,
        more=(
            ("on a QRA", "1", {"roomNo": "401G"}, refused("cipherType is for rooms with a QRP lock alone")),
            ("on a floor card", "2", _FLOOR, refused("cipherType is for rooms with a QRP lock alone")),
            ("with isLost", "1", {"isLost": "1"}, refused("cipherType does not go with isLost")),
            ("00 twice", "2", {"startTime": "00", "endTime": "00"}, SUCCESS),
            ("whole hours", "1", {"startTime": "2611231200", "endTime": "2611241200"}, SUCCESS),
            (
                "minutes in startTime", "1", {"startTime": "2611231230", "endTime": "2611241200"},
                refused("startTime has minutes other than 00 with cipherType"),
            ),
            (
                "minutes in endTime", "1", {"startTime": "2611231200", "endTime": "2611241201"},
                refused("endTime has minutes other than 00 with cipherType"),
            ),
            ("744 hours", "1", {"startTime": "2611231200", "endTime": "2612241200"}, SUCCESS),
            (
                "745 hours", "1", {"startTime": "2611231200", "endTime": "2612241300"},
                refused("endTime is more than 744 hours after startTime with cipherType"),
            ),
        ),
    ),
    Rules(
        name="opentype",
        absent=None,
        taken=("0", 0, "1", 1),
        rule=_SWITCH,
        foreign=("open", "true"),
        beyond=("2", -1),
        more=(
            ("on a QRB", "1", _QRB, SUCCESS),
            ("on a QRM", "1", _QRM, SUCCESS),
            ("on a QRP", "1", _QRP, refused("opentype is 1 where a lock cannot stay open")),
            ("on a floor with a QRP", "1", _FLOOR, refused("opentype is 1 where a lock cannot stay open")),
            (
                "on a floor without a QRP", "1", {"roomNo": "", "cardType": "1", "buildNo": "2", "floorNo": "1"},
                SUCCESS,
            ),
        ),
    ),
    Rules(
        name="outInfo",
        absent=None,
        taken=("order7", 12345, "12345678901234567890", "A"),
        rule="is not 1 to 20 letters and digits",
        foreign=("a b", "a,b", "a:b", "<b>", "订单", "a'--", "a\"b", "é"),
        true_text=SUCCESS,
        beyond=("123456789012345678901", 10**30, -1),
    ),
)  # fmt: skip
