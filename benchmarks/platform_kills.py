"""`kill -9` of the server in the middle of orders: what was acknowledged is there, and the next server goes on.

What was sent and not answered is sent again to the next server, as a client does that timed out: of each such request
there is one card in the end, whether or not the first server had made it.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import Any

from benchmarks.line import Line, bar
from benchmarks.platform_client import Client, Signed
from benchmarks.platform_clients import LoadError, begun, finished, job_for
from benchmarks.platform_kept import Kept, kept
from benchmarks.platform_server import NUMBER, ServeError, Server, Site, serving

KILLED_AFTER_S = (0.0, 1.0)
"""After the first card was acknowledged."""
JOB_S = 60.0
FIRST_STEP = 10_000
"""Requests of two rounds have different numbers."""


@dataclass
class _Tally:
    """Of all rounds: cards by what became of their requests, and what failed."""

    acknowledged: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def line(kind: str, site: Site, kills: int, rng: random.Random) -> Line:
    """So many rounds on one database, and what is in it at the end."""
    name, target = f"kill -9, {kind}", f"{kills} kills, none lost, each request one card"
    tally = _Tally()
    try:
        for number in range(kills):
            _round(site, number, rng, tally)
    except (LoadError, ServeError) as error:
        return bar("3", name, f"at kill {number + 1}: {error}", target, False)
    told, holds = _judged(tally, kept(site), kills)
    return bar("3", name, told, target, holds)


def _judged(tally: _Tally, found: Kept, kills: int) -> tuple[str, bool]:
    cards = [*tally.acknowledged, *tally.again, *tally.after]
    lost = set(cards) - found.card_nos
    exact = len(cards) == len(set(cards)) == len(found.card_nos)
    told = (
        f"{kills} kills, {len(tally.acknowledged)} acknowledged before them and {len(lost)} lost; "
        f"{len(tally.again)} unanswered were sent again; {len(tally.after)} of {kills} servers went on; "
        f"{found.run}; {len(found.card_nos) - len(set(cards))} cards too many"
    )
    if tally.failed:
        told += f"; {len(tally.failed)} errors ({tally.failed[0]})"
    return told, exact and not lost and found.gapless and not tally.failed and len(tally.after) == kills


def _round(site: Site, number: int, rng: random.Random, tally: _Tally) -> None:
    """Orders, a kill, the next server, what was left open again, and one more order."""
    server = Server(site)
    try:
        server.settle()
        first = number * FIRST_STEP
        with begun(job_for(site, server, JOB_S, first)) as clients:
            time.sleep(rng.uniform(*KILLED_AFTER_S))
            server.kill()
            done = finished(clients)
    finally:
        server.stop()
    tally.acknowledged += done.cards
    tally.failed += done.failed
    with serving(site) as following:
        client = Client(following.port, site.callers[0])
        for asked in done.unanswered:
            _count(client.send(Signed(**asked | {"body": asked["body"].encode()})), tally.again, tally.failed)
        order = {"mobile": "13800138000", "communityNo": str(NUMBER), "roomNo": "401"}
        _count(client.ask("getLink", **order), tally.after, tally.failed)
        client.close()


def _count(reply: dict[str, Any], cards: list[str], failed: list[str]) -> None:
    if reply.get("status") == 200:
        cards.append(reply["cardNo"])
    else:
        failed.append(f"{reply.get('status')} {reply.get('info')}")
