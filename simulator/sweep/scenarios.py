"""The scenarios: every kind of commit, full tables, blocks that turn over, and commands of the service port."""

from __future__ import annotations

from dataclasses import replace

from lockcore import Lost, OpenType
from lockcore.grant import Scope
from lockcore.service_command import EndLockOut, Recommission, SetClock, UpdateKeys
from simulator.lock.profile import PROFILES
from simulator.sweep.scenario import (
    DAY_MIN,
    GIVEN,
    HERE,
    NOON,
    ROOM_KEY,
    SERVICE_PUBLIC,
    Clock,
    Enter,
    Scenario,
    Serve,
    Show,
    card,
    password,
)

QRA = replace(PROFILES["QRA"], entries_max=3)
QRP = replace(PROFILES["QRP"], entries_max=3)
HOLD = OpenType.NORMALLY_OPEN
COUNTED, OTHER, UNCOUNTED, LATER = Show(card(100, times=9)), Show(card(101, times=9)), Show(card(110)), Show(card(900))
ENDED = Show(card(102, times=9, end_min=NOON + 30))
PASSAGE = Show(card(120, open_type=HOLD))
ROOM_REPORT, CARD_REPORT = Show(card(500, lost=Lost.ROOM)), Show(card(100, times=9, lost=Lost.CARD, revision=1))
PERIOD, ONCE, WRONG = Enter(password(once=False)), Enter(password(once=True)), Enter("999999999999")
NEW_KEYS = replace(GIVEN.keys, ed25519={0: SERVICE_PUBLIC, 3: SERVICE_PUBLIC})
SCOPE_KEYS = {scope: bytes([scope] * 16) for scope in Scope}
ALL_KEYS = replace(NEW_KEYS, cmac={1: SCOPE_KEYS, 2: SCOPE_KEYS}, passcode=ROOM_KEY)
ELSEWHERE = replace(HERE, room="7")
THERE = Show(card(50, room="7"))

SCENARIOS = (
    Scenario(name="first use", profile=QRA, acts=(COUNTED,), opens=(COUNTED,)),
    Scenario(name="two uses of two cards", profile=QRA, acts=(COUNTED, OTHER), opens=(COUNTED, OTHER)),
    Scenario(name="last use", profile=QRA, acts=(Show(card(times=1)),), refused=(Show(card(times=1)),)),
    Scenario(name="uncounted card", profile=QRA, acts=(UNCOUNTED,), opens=(UNCOUNTED,)),
    Scenario(
        name="report for the room", profile=QRA, before=(COUNTED,), acts=(ROOM_REPORT,),
        opens=(ROOM_REPORT, LATER), refused=(COUNTED, UNCOUNTED),
    ),
    Scenario(
        name="counted report for the room, table full", profile=QRA, before=(COUNTED, OTHER),
        acts=(Show(card(500, times=9, lost=Lost.ROOM)),), opens=(LATER,), refused=(COUNTED, OTHER),
    ),
    Scenario(
        name="report for one card", profile=QRA, before=(COUNTED,), acts=(CARD_REPORT,), opens=(CARD_REPORT, OTHER),
        refused=(COUNTED,),
    ),
    Scenario(
        name="report for one card in the last place", profile=QRA, before=(OTHER, Show(card(103, times=9))),
        acts=(CARD_REPORT,), opens=(CARD_REPORT, OTHER), refused=(COUNTED, Show(card(104, times=9))),
    ),
    Scenario(
        name="purge", profile=QRA, before=(ENDED, OTHER, Clock(NOON + 40)), acts=(COUNTED,), opens=(COUNTED, OTHER),
        refused=(ENDED, Show(card(105, times=1, end_min=NOON + 30))),
    ),
    Scenario(name="passage mode on", profile=QRA, acts=(PASSAGE,), opens=(UNCOUNTED,)),
    Scenario(name="passage mode off and on", profile=QRA, before=(PASSAGE,), acts=(PASSAGE, PASSAGE)),
    Scenario(
        name="passage mode taken over", profile=QRA, before=(PASSAGE,),
        acts=(Show(card(121, days=3, open_type=HOLD)),), opens=(UNCOUNTED,),
    ),
    Scenario(
        name="passage mode ends", profile=QRA, before=(PASSAGE,), acts=(Clock(NOON + 2 * DAY_MIN),),
        opens=(Show(card(130, days=9)),), refused=(PASSAGE,),
    ),
    Scenario(
        name="passage mode and an unset clock", profile=QRA, before=(PASSAGE,), acts=(Clock(None), Clock(NOON + 5)),
        opens=(UNCOUNTED,),
    ),
    Scenario(
        name="report ends passage mode", profile=QRA, before=(PASSAGE,), acts=(ROOM_REPORT,), opens=(LATER,),
        refused=(PASSAGE,),
    ),
    Scenario(name="hourly mark", profile=QRA, acts=(Clock(NOON + 60), Clock(NOON + 120)), opens=(UNCOUNTED,)),
    Scenario(
        name="block turns over at a use", profile=QRA, before=(COUNTED,), full=True, acts=(COUNTED,),
        opens=(COUNTED,),
    ),
    Scenario(
        name="block turns over at a report", profile=QRA, before=(OTHER, PASSAGE), full=True,
        acts=(ROOM_REPORT,), opens=(LATER,), refused=(OTHER, PASSAGE),
    ),
    Scenario(
        name="block turns over at a purge", profile=QRA, before=(ENDED, OTHER, PASSAGE, Clock(NOON + 40)), full=True,
        acts=(COUNTED,), opens=(COUNTED, OTHER), refused=(ENDED,),
    ),
    Scenario(
        name="block turns over at a one-time password", profile=QRP, before=(WRONG, WRONG), full=True, acts=(ONCE,),
        opens=(PERIOD,), refused=(ONCE,),
    ),
    Scenario(name="one-time password", profile=QRP, acts=(ONCE,), opens=(PERIOD,), refused=(ONCE,)),
    Scenario(
        name="wrong entries and a lock-out", profile=QRP, before=(WRONG,) * 3, acts=(WRONG, WRONG),
        opens=(UNCOUNTED,), refused=(PERIOD,),
    ),
    Scenario(
        name="lock-out and an unset clock", profile=QRP, before=(WRONG,) * 5, acts=(Clock(None), Clock(NOON + 30)),
        opens=(UNCOUNTED,), refused=(PERIOD,),
    ),
    Scenario(
        name="report voids passwords", profile=QRP, before=(ONCE,), acts=(ROOM_REPORT,),
        opens=(Enter(password(once=True, room_mark=500)),), refused=(PERIOD,),
    ),
    Scenario(
        name="lock-out ended by service", profile=QRP, before=(WRONG,) * 5, acts=(Serve(EndLockOut()),),
        opens=(PERIOD,),
    ),
    Scenario(
        name="clock set back by service", profile=QRA, before=(Clock(NOON + 9 * DAY_MIN),),
        acts=(Serve(SetClock(minute=NOON + 5)), Clock(NOON + 5)), opens=(UNCOUNTED,),
    ),
    Scenario(
        name="key update", profile=QRA, before=(Show(card(100, times=1)),), acts=(Serve(UpdateKeys(keys=NEW_KEYS)),),
        opens=(OTHER,), refused=(Show(card(100, times=1)),),
    ),
    Scenario(
        name="key update, all keys", profile=QRP, before=(ONCE,), acts=(Serve(UpdateKeys(keys=ALL_KEYS)),),
        opens=(PERIOD, UNCOUNTED), refused=(ONCE,),
    ),
    Scenario(
        name="recommissioning", profile=QRA, before=(ROOM_REPORT, PASSAGE),
        acts=(Serve(Recommission(placement=ELSEWHERE, keys=GIVEN.keys)),), opens=(THERE,), refused=(UNCOUNTED,),
    ),
)  # fmt: skip
"""In a lock's life, roughly."""
