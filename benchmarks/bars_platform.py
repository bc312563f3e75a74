"""The bars of issue "platform", in order."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks import platform_attacks, platform_fuzz, platform_load, platform_loop, platform_pages, platform_table
from benchmarks.line import Line

HOW = (
    "1 asks every call for every parameter in every way, in JSON and XML, against replies written down by hand; 2 puts "
    "what schemathesis makes of the OpenAPI document, and broken bodies, to a server; 3 has 50 clients in a second "
    "process order cards of `qrlock serve`, and kills it meanwhile; 4 goes from an order over the guest's page in a "
    "browser and the lock's camera back to the records; 5 times pages, calls and queries with 100,000 rooms and 10,000 "
    "cards of one mobile; 6 tries attacks"
)


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Every bar as it is measured; `quick` leaves out what does not fit in a minute, and says so."""
    yield from platform_table.lines(seed, quick)
    yield from platform_fuzz.lines(seed, quick)
    yield from platform_load.lines(seed, quick)
    yield from platform_loop.lines(seed, quick)
    yield from platform_pages.lines(seed, quick)
    yield from platform_attacks.lines(seed, quick)
