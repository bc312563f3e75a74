"""Bar 4 of issue "core": what goes in comes out, and nothing else is let in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from random import Random

from benchmarks import fuzz, keys, near_misses
from benchmarks.line import Line, bar, figure, left_out
from benchmarks.random_grants import any_grant
from lockcore import DecodeError, Grant, Reason, SealKind, decode, encode
from lockcore import body as body_format
from lockcore.carrier import CARRIERS, carrier_of
from lockcore.seal import CmacSealer, Sealer

ROUND_TRIPS = 200_000
CASES = 10_000_000
QUICK_ROUND_TRIPS = 4_000
QUICK_CASES = 200_000
CARDS_OF_A_CARRIER = 8
DECODE_REASONS = {
    Reason.NOT_A_CARD, Reason.UNSUPPORTED_FORMAT, Reason.UNKNOWN_KEY, Reason.BAD_SEAL, Reason.MALFORMED
}  # fmt: skip


def lines(seed: int, quick: bool) -> Iterator[Line]:
    """Round trips, near misses, and the long run of mutations, which `quick` shortens."""
    yield _round_trip_line(seed, QUICK_ROUND_TRIPS if quick else ROUND_TRIPS)
    grants = grants_of_all_carriers(seed, CARDS_OF_A_CARRIER)
    for name, made in NEAR_MISSES.items():
        yield refusal_line(name, [text for kind, grant in grants for text in made(grant, kind)])
    yield from _fuzz_lines(fuzz.run(seed, QUICK_CASES if quick else CASES))
    if quick:
        yield left_out("4", f"{CASES:,} cases through decode", f"{QUICK_CASES:,} of them with --quick")


def refused(text: str) -> bool:
    """Whether `decode` refuses a text for a lock that knows the benchmarks' keys."""
    try:
        decode(text, keys.LOCK_KEYS)
    except DecodeError:
        return True
    return False


def grants_of_all_carriers(seed: int, count: int) -> list[tuple[SealKind, Grant]]:
    """`count` random legal grants for each of the four carriers."""
    random = Random(f"carriers {seed}")
    found: dict[int, list[tuple[SealKind, Grant]]] = {digits: [] for digits in CARRIERS}
    while any(len(cards) < count for cards in found.values()):
        grant = any_grant(random)
        for kind in SealKind:
            cards = found[carrier_of(body_format.pack(grant, 0), kind).digits]
            if len(cards) < count:
                cards.append((kind, grant))
    return [card for cards in found.values() for card in cards]


def _bits(grant: Grant, kind: SealKind) -> Iterable[str]:
    return near_misses.single_bits(encode(grant, keys.SEALERS[kind]))


def _spellings(grant: Grant, kind: SealKind) -> Iterable[str]:
    return near_misses.other_spellings(encode(grant, keys.SEALERS[kind]))


def _seals(grant: Grant, kind: SealKind) -> Iterable[str]:
    return near_misses.other_seals(encode(grant, keys.SEALERS[kind]))


NEAR_MISSES: dict[str, Callable[[Grant, SealKind], Iterable[str]]] = {
    "single bits changed": _bits,
    "other spellings of the number": _spellings,
    "other signatures that fit": _seals,
    "other bodies of the grant, sealed": near_misses.other_bodies,
}
"""For a grant and its seal, texts that all have to be refused."""


def _round_trip_line(seed: int, count: int) -> Line:
    """A tenth of them with `ed25519`, all with `cmac` under the keys of the door that the grant names."""
    random = Random(f"round trips {seed}")
    cmac = CmacSealer(keys.CMAC_ID, keys.MASTER)
    wrong = 0
    for number in range(count):
        grant = any_grant(random)
        sealers: list[Sealer] = [cmac] if number % 10 else [cmac, keys.ED25519_SEALER]
        wrong += sum(decode(encode(grant, sealer), keys.door_keys(grant)).grant != grant for sealer in sealers)
    return bar("4", f"round trips of {count:,} random grants", f"{wrong} wrong", "0 wrong", wrong == 0)


def refusal_line(name: str, texts: list[str]) -> Line:
    """The bar that all these texts are refused, and that there are any."""
    let_in = sum(not refused(text) for text in texts)
    return bar("4", f"{name}, {len(texts):,} texts", f"{let_in} accepted", "0", bool(texts) and not let_in)


def _fuzz_lines(tally: fuzz.Tally) -> Iterator[Line]:
    outcomes = tally.by_outcome()
    name = f"{tally.cases:,} random texts and mutated cards"
    measured = f"{tally.fault_count} faults" + "".join(f"; {fault}" for fault in tally.faults)
    target = "none, every reason seen, some accepted"
    telling = DECODE_REASONS | {"accepted"} <= outcomes.keys()
    yield bar("4", name, measured, target, telling and not tally.fault_count)
    yield figure("4", "how they ended", ", ".join(f"{name} {count:,}" for name, count in outcomes.items()))
    shares = ", ".join(f"{name} {100 * share:.0f} %" for name, share in fuzz.acceptances(tally))
    yield figure("4", "sealed mutations that are legal cards after all", shares)
