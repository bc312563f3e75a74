"""One table, one run: pack, seal, verify and draw a card, beside what people would take instead.

python -m benchmarks.peers [--seed N]
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks import core_speed, symbol_bench, tokens
from benchmarks.timing import Batch, interleave
from lockcore import Grant, SealKind
from lockcore import body as body_format
from lockcore.carrier import SMALL

ROUNDS = 100
SYMBOL_SECONDS = 6.0

_SYMBOLS = {
    "ours_single_fixed_us": "qrlock, one at a time",
    "ours_batch_fixed_us": "qrlock, in batch",
    "segno_fixed_us": "segno",
    "qrcode_fixed_us": "qrcode",
    "zxing_fixed_us": "zxing-cpp's writer",
}


class Row(NamedTuple):
    """One way to do one thing."""

    what: str
    who: str
    us: float
    times: float
    """How many times the first row's time for the same thing."""
    note: str


def rows(seed: int, rounds: int = ROUNDS, symbol_seconds: float = SYMBOL_SECONDS) -> Iterator[Row]:
    """All rows; for each thing, ours first."""
    cards = core_speed.pool(seed)
    sizes = _sizes(cards)
    timed = {"pack": _packing(cards), "seal": core_speed.signing(cards), "verify": core_speed.verifying(cards)}
    for what, batches in timed.items():
        us = {name: median(values) for name, values in interleave(batches, rounds).items()}
        yield from _rows(what, us, sizes[what])
    measured = symbol_bench.measure(symbol_seconds, seed)
    yield from _rows("symbol", {name: measured[key] for key, name in _SYMBOLS.items()}, {})


def _rows(what: str, us: Mapping[str, float], notes: Mapping[str, str]) -> Iterator[Row]:
    first_us = next(iter(us.values()))
    for name, each_us in us.items():
        yield Row(what, name, each_us, each_us / first_us, notes.get(name, ""))


def _packing(cards: Sequence[Grant]) -> dict[str, Batch]:
    """From a card to what is signed, without the signature."""
    peers = {t.name: Batch(t.pack, [(t.claims(grant),) for grant in cards]) for t in tokens.TOKENS}
    return {"qrlock ed25519": Batch(body_format.pack, [(grant, 0) for grant in cards])} | peers


def _sizes(cards: Sequence[Grant]) -> dict[str, dict[str, str]]:
    """Notes: the bytes packed, and the version of the symbol that what was sealed needs."""
    ours = SMALL[SealKind.ED25519]
    packed, sealed = {"qrlock ed25519": f"{ours.body_bytes} bytes"}, {"qrlock ed25519": f"QR version {ours.version}"}
    for token in tokens.TOKENS:
        claims = [token.claims(grant) for grant in cards]
        packed[token.name] = f"{median(len(token.pack(each)) for each in claims):.0f} bytes"
        versions = [tokens.symbol_version(token.sign(each)) for each in claims]
        sealed[token.name] = f"QR version {median(versions):.0f}, at most {max(versions)}"
    return {"pack": packed, "seal": sealed, "verify": {}}


def main() -> None:
    """Print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.peers", description="Time a card beside other tokens' ways.")
    parser.add_argument("--seed", type=int, default=1, help="of the cards and texts (1)")
    seed = parser.parse_args().seed
    table = Table("what", "by", "µs", "× the first", "", title=f"seed {seed}, {core_speed.POOL} cards that fit 5-M")
    previous = ""
    for row in rows(seed):
        if previous not in ("", row.what):
            table.add_section()
        previous = row.what
        table.add_row(row.what, row.who, f"{row.us:,.3g}", f"{row.times:,.2f}", row.note)
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
