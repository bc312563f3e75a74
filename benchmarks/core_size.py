"""Bar 1 of issue "core": what symbols the mix of grants needs, beside the same cards as other tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from benchmarks import grants, keys, tokens
from benchmarks.line import Line, bar, figure
from lockcore import Grant, SealKind, decode, encode
from lockcore import body as body_format
from lockcore.carrier import CARRIERS, carrier_of

CHECKED = 500
"""How many cards are sealed, read back and written as the peers' tokens; the others are packed only."""


def lines(seed: int, count: int = grants.COUNT) -> Iterator[Line]:
    """The bars of size over `count` grants of the mix."""
    plain = grants.mix(seed, count)
    with_cut_off = list(grants.with_cut_off(plain, seed))
    yield from _plain_lines(plain)
    yield from _cut_off_lines(with_cut_off)
    yield from _worst_lines(grants.worst())
    checked = plain[:CHECKED] + with_cut_off[:CHECKED]
    wrong = sum(not _text_agrees(grant, kind) for grant in checked for kind in SealKind)
    yield bar("1", f"texts of {len(checked):,} of them, both seals, agree", f"{wrong} wrong", "0", wrong == 0)
    yield from _peer_lines(plain[:CHECKED])


def share_in(version: int, bodies: Sequence[int], kind: SealKind) -> float:
    """The share, 0 to 1, of bodies whose card needs at most this QR version under this seal."""
    return sum(carrier_of(body, kind).version <= version for body in bodies) / len(bodies)


def _plain_lines(plain: Sequence[Grant]) -> Iterator[Line]:
    name = f"{len(plain):,} grants"
    bodies = _bodies(plain)
    yield figure("1", f"{name}, body", _bits(bodies))
    in_5, in_6 = share_in(5, bodies, SealKind.ED25519), share_in(6, bodies, SealKind.ED25519)
    yield bar("1", f"{name}, ed25519 in 5-M", _percent(in_5), "at least 95 %", in_5 >= 0.95)
    yield bar("1", f"{name}, ed25519 in 6-M", _percent(in_6), "all", in_6 == 1)
    in_3 = share_in(3, bodies, SealKind.CMAC)
    yield bar("1", f"{name}, cmac in 3-M", _percent(in_3), "all", in_3 == 1)


def _cut_off_lines(with_cut_off: Sequence[Grant]) -> Iterator[Line]:
    name = f"{len(with_cut_off):,} with a cut-off"
    bodies = _bodies(with_cut_off)
    yield figure("1", f"{name}, body", _bits(bodies))
    yield figure("1", f"{name}, ed25519 in 5-M", _percent(share_in(5, bodies, SealKind.ED25519)))
    in_6, in_3 = share_in(6, bodies, SealKind.ED25519), share_in(3, bodies, SealKind.CMAC)
    yield bar("1", f"{name}, ed25519 in 6-M", _percent(in_6), "all", in_6 == 1)
    yield bar("1", f"{name}, cmac in 3-M", _percent(in_3), "all", in_3 == 1)


def _worst_lines(worst: dict[str, Grant]) -> Iterator[Line]:
    needed = {kind: [_version(grant, kind) for grant in worst.values()] for kind in SealKind}
    bits = max(body.bit_length() for body in _bodies(worst.values()))
    failed = [name for name, grant in worst.items() if not all(_text_agrees(grant, kind) for kind in SealKind)]
    fit = max(needed[SealKind.ED25519]) <= 6 and not failed
    name = f"{len(worst)} worst legal grants"
    measured = f"{len(worst) - len(failed)} round-trip, largest {max(needed[SealKind.ED25519])}-M, {bits} bits"
    yield bar("1", f"{name}, ed25519", measured, "all, in 6-M", fit)
    in_3 = needed[SealKind.CMAC].count(3)
    yield figure("1", f"{name}, cmac", f"{in_3} in 3-M, largest {max(needed[SealKind.CMAC])}-M")


def _peer_lines(sample: Sequence[Grant]) -> Iterator[Line]:
    name = f"{len(sample)} grants as"
    for kind in SealKind:
        yield figure("1", f"{name} qrlock {kind}", _versions([_version(grant, kind) for grant in sample]))
    for token in tokens.TOKENS:
        texts = [token.sign(token.claims(grant)) for grant in sample]
        yield figure("1", f"{name} {token.name}", _versions([tokens.symbol_version(text) for text in texts]))


def _text_agrees(grant: Grant, kind: SealKind) -> bool:
    """Whether the sealed text is as long as its carrier says and reads back as the same grant."""
    text = encode(grant, keys.SEALERS[kind])
    return CARRIERS[len(text)].version == _version(grant, kind) and decode(text, keys.LOCK_KEYS).grant == grant


def _version(grant: Grant, kind: SealKind) -> int:
    return carrier_of(body_format.pack(grant, 0), kind).version


def _bodies(grants: Iterable[Grant]) -> list[int]:
    return [body_format.pack(grant, 0) for grant in grants]


def _bits(bodies: Sequence[int]) -> str:
    bits = sorted(body.bit_length() for body in bodies)
    p95, p99 = (bits[min(len(bits) - 1, len(bits) * percent // 100)] for percent in (95, 99))
    return f"median {median(bits):.0f} bits, p95 {p95}, p99 {p99}, max {bits[-1]}"


def _versions(versions: Sequence[int]) -> str:
    return f"QR version median {median(versions):.0f}, max {max(versions)}"


def _percent(share: float) -> str:
    return f"{100 * share:.3f} %"
