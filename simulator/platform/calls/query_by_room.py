"""`queryByRoom`: the openings of a room's lock, those that were collected and those reported as they happened."""

from __future__ import annotations

from sqlalchemy import Connection

from simulator.platform.calls.asked import Asked, Call, Outcome
from simulator.platform.calls.places import community_for, room_in
from simulator.platform.codes import ParameterError
from simulator.platform.data import records
from simulator.platform.platform import Platform
from simulator.platform.protocol.parameters import COMMUNITY, DAY, PLACE, ROOM, Parameter, one_of
from simulator.platform.protocol.reply import success

DAY_MIN = 24 * 60
DAYS_MAX = 31
PARAMETERS = (
    Parameter("communityNo", COMMUNITY, required=True),
    Parameter("buildNo", PLACE),
    Parameter("floorNo", PLACE),
    Parameter("roomNo", ROOM, required=True),
    Parameter("startDate", DAY, required=True),
    Parameter("endDate", DAY, required=True),
    Parameter("recordType", one_of(records.ALL, records.REAL_TIME, records.COLLECTED), default=records.ALL),
)


def carry_out(_platform: Platform, asked: Asked, connection: Connection) -> Outcome:
    """All openings from the beginning of the first day to the end of the last, oldest first."""
    values = asked.values
    start_min, end_min = values["startDate"], values["endDate"] + DAY_MIN
    if end_min <= start_min:
        raise ParameterError("endDate", "is before startDate")
    if end_min - start_min > DAYS_MAX * DAY_MIN:
        raise ParameterError("endDate", f"is more than {DAYS_MAX} days from startDate")
    community = community_for(connection, asked.account, values["communityNo"])
    room = room_in(connection, community, values["roomNo"], values["buildNo"], values["floorNo"])
    found = records.openings(connection, room.id, start_min, end_min, values["recordType"])
    return success(data=[opening._asdict() for opening in found])


CALL = Call("queryByRoom", PARAMETERS, False, carry_out)
