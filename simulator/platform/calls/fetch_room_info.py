"""`fetchRoomInfo`: a community's buildings, floors and rooms."""

from __future__ import annotations

from sqlalchemy import Connection

from simulator.platform.calls.asked import Asked, Call, Outcome
from simulator.platform.calls.places import community_for
from simulator.platform.data.room_tree import BuildingNode
from simulator.platform.platform import Platform
from simulator.platform.protocol.parameters import COMMUNITY, Parameter
from simulator.platform.protocol.reply import success, write

PARAMETERS = (Parameter("communityNo", COMMUNITY, required=True),)


def carry_out(platform: Platform, asked: Asked, connection: Connection) -> Outcome:
    """The bytes of the whole reply, kept for as long as the rooms stay the same."""
    community = community_for(connection, asked.account, asked.values["communityNo"])
    return platform.room_trees.rendered(
        connection, community.id, asked.form.name, lambda tree: write(success(data=_data(tree)), asked.form)
    )


def _data(tree: list[BuildingNode]) -> dict[str, object]:
    return {
        "builders": [
            {
                "builderName": building.name,
                "builderNum": building.number,
                "floors": [
                    {
                        "floorNum": floor.number,
                        "floorName": floor.name,
                        "rooms": [
                            {"no": at, "num": room.number, "name": room.name, "locktype": _lock_type(room.model)}
                            for at, room in enumerate(floor.rooms, 1)
                        ],
                    }
                    for floor in building.floors
                ],
            }
            for building in tree
        ]
    }


def _lock_type(model: str) -> str:
    """The vendor's name of a model, whatever its generation."""
    return f"{model.partition('-')[0]}LOCK"


CALL = Call("fetchRoomInfo", PARAMETERS, False, carry_out)
