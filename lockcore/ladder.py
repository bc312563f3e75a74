"""The ladder code: small numbers in few bits, each number in exactly one way.

FORMAT.md, section 4. A code is a 2-bit selector and an offset; rung k holds the 2^width[k] numbers that follow
the last one of rung k-1. No number stands on two rungs, so there is no long form of a short code to refuse.
"""

from __future__ import annotations

from itertools import accumulate

Rung = tuple[int, int, int, int]
"""First and last number on the rung, the width of its offset in bits, and its selector."""

Ladder = tuple[Rung, Rung, Rung, Rung]


def ladder(*widths_bits: int) -> Ladder:
    """The ladder of four rungs with these widths, shortest first."""
    firsts = accumulate((1 << width for width in widths_bits), initial=0)
    a, b, c, d = (
        (first, first + (1 << width) - 1, width, selector)
        for selector, (first, width) in enumerate(zip(firsts, widths_bits, strict=False))
    )
    return a, b, c, d


def code_bits(value: int, rungs: Ladder) -> tuple[int, int]:
    """The code of `value`, and its width in bits."""
    for first, last, width_bits, selector in rungs:
        if value <= last:
            return value - first << 2 | selector, width_bits + 2
    raise AssertionError("a valid grant has no number above its ladder")


def put(number: int, value: int, rungs: Ladder) -> int:
    """`number` with the code of `value` below it; `value` must stand on a rung."""
    for first, last, width_bits, selector in rungs:  # `code_bits` once more: a card is packed in a microsecond
        if value <= last:
            return (number << width_bits | value - first) << 2 | selector
    raise AssertionError("a valid grant has no number above its ladder")


def take(number: int, rungs: Ladder) -> tuple[int, int]:
    """The value whose code is lowest in `number`, and what stands above that code."""
    first, last, width_bits, _ = rungs[number & 3]
    number >>= 2
    return first + (number & last - first), number >> width_bits  # last - first is 2^width - 1, a mask
