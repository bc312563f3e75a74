"""Bar 6 of issue "platform": attacks, each tried on a platform that runs, and what each has gained.

`python -m benchmarks.platform_attacks` prints a line for each.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from benchmarks import (
    platform_attacks_cards,
    platform_attacks_guest,
    platform_attacks_injection,
    platform_attacks_links,
    platform_attacks_signature,
)
from benchmarks.line import Line, bar
from benchmarks.platform_attacked import OTHER_MOBILE, Attack, Attacked, attacked, name_of
from tests.platform_site import COMMUNITY, MOBILE, batch_of, order, signed

ATTACKS: tuple[Attack, ...] = (
    *platform_attacks_signature.ATTACKS, *platform_attacks_cards.ATTACKS, *platform_attacks_injection.ATTACKS,
    *platform_attacks_guest.ATTACKS, *platform_attacks_links.ATTACKS,
)  # fmt: skip
_OF_THE_CLIENT = ("httpx", "httpcore")
"""Logs of who asks here, and not of the platform."""


class Tried(NamedTuple):
    """An attack, and what it has gained: "" if nothing."""

    name: str
    gained: str


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """The bar; it is the same for every seed, and all of it is quick."""
    del seed, quick
    tried = list(tries())
    lost = [one for one in tried if one.gained]
    figure = f"{len(tried) - len(lost)} of {len(tried)} refused"
    told = "; ".join([figure, *(f"{one.name}: {one.gained}" for one in lost)])
    yield bar("6", "attacks on signatures, cards, fields, guests, codes, links, logs", told, "all refused", not lost)


def tries(attacks: tuple[Attack, ...] = ATTACKS) -> Iterator[Tried]:
    """Each attack on the same platform, one after the other; then what the logs and the replies of all of them tell."""
    with logs() as logged, attacked() as target:
        for attack in attacks:
            target.begin()
            yield Tried(name_of(attack), _gained(attack, target))
        target.begin()
        seen = _secrets(target)
        target.log_in()
        yield Tried("Token, code or traceback in a reply", " ".join(sorted(set(target.leaks))))
        told = sorted({record for record in logged for secret in seen + target.secrets if secret in record})
        yield Tried("Token, signature, code, mobile or card in a log", "; ".join(told[:3]))


def _gained(attack: Attack, target: Attacked) -> str:
    try:
        return attack(target)
    except Exception as error:  # the other attacks are tried all the same, and the bar falls short
        return f"not tried: {type(error).__name__} {error}"


def _secrets(target: Attacked) -> list[str]:
    """What no log may say, each used once more in a request that succeeds."""
    batch = batch_of(target.seeded.clock_s)
    target.api(target.caller, "getLink", order(outInfo="order7"), batch=batch)
    card = {"mobile": MOBILE, "communityNo": COMMUNITY}
    code = target.api(target.caller, "getCard", {**card, "cardNo": target.new_card(), "resultType": 2}).json()["bleStr"]
    password = {**card, "cardNo": target.new_card(roomNo="402", cipherType=1, endTime="00"), "resultType": 4}
    digits = target.api(target.caller, "getCard", password).json()["cipher"]
    sig, headers = signed(target.caller, batch)
    return [sig, headers["Authorization"], code, bytes.fromhex(code).decode(), digits, MOBILE, OTHER_MOBILE]


@contextmanager
def logs() -> Iterator[list[str]]:
    """All that is logged meanwhile, at every level, but for the client's own."""
    told: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if not record.name.startswith(_OF_THE_CLIENT):
                told.append(f"{record.getMessage()} {record.exc_info or ''}")

    root, handler = logging.getLogger(), Keeping()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield told
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


if __name__ == "__main__":
    for one in tries():
        print(f"{one.name}: {one.gained or 'refused'}", flush=True)
