"""Rooms: added, imported, told as one tree; and the zones of their communities."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.platform.data.communities import add_building, add_community, add_floor, add_room, rooms_named
from simulator.platform.data.database import Database
from simulator.platform.data.room_import import ROWS_AT_ONCE, import_rooms
from simulator.platform.data.room_tree import BuildingNode, FloorNode, RenderedTrees, RoomLeaf, room_tree
from simulator.platform.room_entry import RoomEntry, RoomEntryError
from simulator.platform.zones import ZoneError, offset_min_of
from tests.platform_rows import NOW_S, NUMBER

NOVEMBER_S = int(datetime(2026, 11, 24, tzinfo=UTC).timestamp())


def test_the_tree_is_in_the_order_that_people_count_in(database: Database) -> None:
    """Numbers before letters, 9 before 10; what has nothing in it is there, and no other community's."""
    with database.writing() as connection:
        community = add_community(connection, NUMBER, "", now_s=NOW_S)
        other = add_community(connection, NUMBER + 1, "", now_s=NOW_S)
        add_floor(connection, add_building(connection, other.id, "1", "theirs"), "1", "")
        building = add_building(connection, community.id, "10", "East")
        for number in ("B1", "10", "9"):
            floor = add_floor(connection, building, number, "")
            if number == "9":
                for room in ("1001", "999", "A"):
                    add_room(connection, community.id, floor, room, model="QRA", name=f"Room {room}")
        add_building(connection, community.id, "9", "")
    assert database.read(lambda connection: room_tree(connection, community.id)) == [
        BuildingNode("9", "", []),
        BuildingNode(
            "10",
            "East",
            [
                FloorNode("9", "", [RoomLeaf(room, f"Room {room}", "QRA") for room in ("A", "999", "1001")]),
                FloorNode("10", "", []),
                FloorNode("B1", "", []),
            ],
        ),
    ]


def test_a_tree_is_rendered_again_only_when_rooms_have_changed(database: Database) -> None:
    """Whatever changes them: a building, a floor, a room, an import; and in each form apart."""
    trees, rendered = RenderedTrees(), []

    def render(tree: list[BuildingNode]) -> bytes:
        rendered.append(tree)
        return json.dumps(tree).encode()

    def told(form: str = "json") -> bytes:
        return database.read(lambda connection: trees.rendered(connection, community.id, form, render))

    with database.writing() as connection:
        community = add_community(connection, NUMBER, "", now_s=NOW_S)
    assert told() == told() == b"[]"
    assert len(rendered) == 1
    told("xml")
    assert len(rendered) == 2
    with database.writing() as connection:
        building = add_building(connection, community.id, "1", "")
    assert told() == b'[["1", "", []]]'
    with database.writing() as connection:
        floor = add_floor(connection, building, "4", "")
    assert b'"4"' in told()
    with database.writing() as connection:
        add_room(connection, community.id, floor, "401", model="QRA")
    assert b'"401"' in told()
    with database.writing() as connection:
        import_rooms(connection, community.id, [(2, RoomEntry("1", "4", "402", "QRB"))], lambda _: None)
    assert b'"402"' in told()
    assert told() == told()
    assert len(rendered) == 6


def test_a_large_community_holds_up_no_other(database: Database) -> None:
    """While one is rendered, the others' trees are told."""
    trees, begun, gate = RenderedTrees(), Event(), Event()
    with database.writing() as connection:
        ids = [add_community(connection, NUMBER + at, "", now_s=NOW_S).id for at in range(2)]

    def render_slowly(_: list[BuildingNode]) -> bytes:
        begun.set()
        assert gate.wait(10)
        return b"large"

    def told(at: int, render: Callable[[list[BuildingNode]], bytes]) -> bytes:
        return database.read(lambda connection: trees.rendered(connection, ids[at], "json", render))

    with ThreadPoolExecutor(3) as threads:
        large = [threads.submit(told, 0, render_slowly) for _ in range(2)]
        assert begun.wait(10)
        assert threads.submit(told, 1, lambda _: b"small").result(10) == b"small"
        gate.set()
        assert [asked.result(10) for asked in large] == [b"large", b"large"]


def test_an_import_adds_all_rooms_with_their_floors(database: Database) -> None:
    """More than are written at once; buildings and floors that are there are used, with the names that they have."""
    rooms = [
        RoomEntry(str(at % 2), str(at // 100), str(at), "QRB", mac=f"{at:012X}", building_name="new", floor_name="new")
        for at in range(ROWS_AT_ONCE + 10)
    ]
    told: list[int] = []
    with database.writing() as connection:
        community = add_community(connection, NUMBER, "", now_s=NOW_S)
        add_floor(connection, add_building(connection, community.id, "0", "old"), "0", "old")
        import_rooms(connection, community.id, list(enumerate(rooms, 2)), told.append)
    assert told == [ROWS_AT_ONCE, ROWS_AT_ONCE + 10]
    with database.reading() as connection:
        tree = room_tree(connection, community.id)
        (room,) = rooms_named(connection, community.id, "77", "1", "0")
    assert [(building.number, building.name) for building in tree] == [("0", "old"), ("1", "new")]
    assert tree[0].floors[0].name == "old"
    assert sum(len(floor.rooms) for building in tree for floor in building.floors) == len(rooms)
    assert (room.model, room.mac) == ("QRB", f"{77:012X}")


def test_an_import_that_meets_a_room_or_a_mac_again_says_on_which_line(database: Database) -> None:
    """In the file or on the platform."""
    first = RoomEntry("1", "4", "401", "QRB", mac="0A0000000001")
    with database.writing() as connection:
        community = add_community(connection, NUMBER, "", now_s=NOW_S)
        import_rooms(connection, community.id, [(2, first)], lambda _: None)
    for entry, what in ((first, "line 7: building 1"), (first._replace(room="402"), "line 7: mac: ")):
        with pytest.raises(RoomEntryError, match=what), database.writing() as connection:
            import_rooms(connection, community.id, [(7, entry)], lambda _: None)


@pytest.mark.parametrize(
    ("zone", "offset_min"),
    [
        ("Asia/Shanghai", 480), ("Asia/Kathmandu", 345), ("UTC", 0), ("Etc/GMT+12", -720), ("+08:00", 480),
        ("-03:30", -210), ("+14:00", 840), ("-12:00", -720), ("+00:00", 0),
    ],
)  # fmt: skip
def test_a_zone_is_one_offset(zone: str, offset_min: int) -> None:
    """By name or as it is."""
    assert offset_min_of(zone, NOVEMBER_S) == offset_min


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe"])
def test_a_zone_that_changes_its_clocks_is_refused(zone: str) -> None:
    """And the error says what to give instead."""
    with pytest.raises(ZoneError, match=r"give a fixed offset like [+-]\d\d:\d\d$"):
        offset_min_of(zone, NOVEMBER_S)


@pytest.mark.parametrize("zone", ["", "8", "+8:00", "+08:60", "+14:30", "-12:01", "../etc/passwd", "Asia", "x" * 500])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    """In one line that is not as long as what was given."""
    with pytest.raises(ZoneError) as caught:
        offset_min_of(zone, NOVEMBER_S)
    assert len(str(caught.value)) < 200


@given(st.text(max_size=80))
@settings(max_examples=50)
def test_no_text_breaks_the_zones(zone: str) -> None:
    """An offset or a ZoneError."""
    with suppress(ZoneError):
        assert -720 <= offset_min_of(zone, NOVEMBER_S) <= 840
