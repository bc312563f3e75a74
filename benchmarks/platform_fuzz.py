"""Bar 2 of issue "platform": no body makes the platform fail, use much memory, or accept what is no order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeAlias

from sqlalchemy import func, select

from benchmarks import platform_raw, platform_schema
from benchmarks.line import Line, bar, left_out
from benchmarks.platform_bodies import FORM, JSON, XML, by_hand, mutated, written
from benchmarks.platform_target import Seen, Target, logged
from simulator.platform.data.tables import CARDS
from tests.platform_site import order, site

Ask: TypeAlias = Callable[[Target], None]
"""Something that asks a platform much."""
MUTATED, MUTATED_QUICK = 20_000, 150
SCHEMA_CASES = 500
"""Of each operation, each kind of body and both good and bad ones."""
_ORDERS: tuple[dict[str, object], ...] = (
    order(times=3, outInfo="order7", sendSms=0),
    order(roomNo="402", cipherType=1, startTime="2611231200", endTime="2611241200"),
    order(roomNo="", cardType=1, endTime="2612010000"),
    order(isLost=1, cardType=0, times=0),
)


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """The bar's four parts; a quick run leaves out the first."""
    made = "requests that schemathesis made of the OpenAPI document"
    if quick:
        yield left_out("2a", made, "a quick run")
    else:
        yield _bar("2a", made, fuzzed(lambda target: platform_schema.ask(target, seed, SCHEMA_CASES)))
    count = MUTATED_QUICK if quick else MUTATED
    yield _bar("2b", "bodies by hand, in process", fuzzed(ask_by_hand))
    yield _bar("2c", f"bodies mutated by chance, seed {seed}", fuzzed(lambda target: ask_mutated(target, seed, count)))
    yield platform_raw.line("2d", seed, quick)


def fuzzed(ask: Ask) -> Seen:
    """What came of asking a new platform: also what it logged, and that it has exactly the cards that it told of."""
    seen = Seen()
    with TemporaryDirectory() as folder, logged(seen):
        seeded = site(Path(folder))
        with seeded.client() as client:
            target = Target(seeded, client, seen)
            ask(target)
            kept = client.platform.read(lambda c: c.execute(select(func.count()).select_from(CARDS)).scalar_one())
            if kept != len(target.cards):
                seen.tell(f"{kept} cards in the database, {len(target.cards)} told of")
    return seen


def ask_by_hand(target: Target) -> None:
    """Each of the bodies by hand, and the good ones that they were made of."""
    for good in _ORDERS:
        for media_type in (JSON, XML):
            target.ask("getLink", written(good, media_type), media_type, "good")
    if target.seen.accepted != len(_ORDERS) * 2:
        target.seen.tell("good orders were not all accepted")
    for name, media_type, body in by_hand(_ORDERS[0]):
        target.ask("getLink", body, media_type, name)


def ask_mutated(target: Target, seed: int, count: int) -> None:
    """This many bodies made of good ones by chance, of orders and of forms."""
    random = Random(seed)
    form = b"communityNo=1316870001&buildNo=1&floorNo=4&roomNo=401G&startDate=2026-11-01&endDate=2026-11-23"
    for at in range(count):
        media_type = random.choice((JSON, JSON, XML, XML, FORM))
        good = form if media_type == FORM else written(random.choice(_ORDERS), media_type)
        call = "queryByRoom" if media_type == FORM else "getLink"
        target.ask(call, mutated(random, good), media_type, f"{media_type} {at}")


def _bar(number: str, name: str, seen: Seen) -> Line:
    """One part of the bar."""
    figure = f"{seen.asked} asked, {seen.accepted} accepted, {len(seen.wrong)} wrong"
    return bar(number, name, "; ".join([figure, *seen.wrong[:5]]), "0 wrong", not seen.wrong and seen.asked > 0)
