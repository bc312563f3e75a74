from __future__ import annotations

from pathlib import Path

import pytest

from lockcore import ff1, passcode_key
from lockcore.passcode import DIGITS, END_H_MAX, HOURS, LENGTH_H_MAX, NUMBERS, SEQUENCE_MAX, PasscodeKind, read
from tests import passcode_examples

DOCUMENT = (Path(__file__).parents[1] / "lockcore" / "PASSCODE.md").read_text()


def test_the_worked_examples_are_current() -> None:
    """Section 6 is what the code computes today."""
    assert DOCUMENT.endswith("\n" + "\n".join(passcode_examples.lines()) + "\n")


@pytest.mark.parametrize("number", range(len(passcode_examples.EXAMPLES)))
def test_the_worked_examples_are_read(number: int) -> None:
    """Each example's digits, as they stand in the document, are the passcode under the key of its mark."""
    _, passcode, mark = passcode_examples.EXAMPLES[number]
    digits = DOCUMENT.split("\ndigits     ")[number + 1].split("\n")[0]
    assert read(digits, passcode_key.derive(passcode_examples.ROOM_KEY, mark)) == passcode


def test_the_constants() -> None:
    """Radices, limits, labels and the block P stand in the document as the code has them."""
    for row in (
        f"| start_h | 0 to {END_H_MAX - 1:,} | {HOURS:,} = 2^{HOURS.bit_length() - 1} |",
        f"| length_h | 1 to {LENGTH_H_MAX} | {LENGTH_H_MAX} |",
        f"| sequence | 0 to {SEQUENCE_MAX} | {SEQUENCE_MAX + 1} |",
        f"number < {NUMBERS:,} = {len(PasscodeKind)} * {HOURS} * {LENGTH_H_MAX} * {SEQUENCE_MAX + 1}",
        f"start_h + length_h <= {END_H_MAX:,}",
        f"P       = {ff1.first_block(6, 6, 0).hex(' ')}",
    ):
        assert row in DOCUMENT
    assert (ff1.number_bytes(DIGITS // 2), ff1.output_bytes(DIGITS // 2)) == (3, 8)
    for info in (passcode_key.room_info(1, "1", "1", "1", 0), passcode_key.mark_info(0)):
        assert f'item("{info[1 : 1 + info[0]].decode()}")' in DOCUMENT


def guesses_in(days: int) -> int:
    """Entries that fit into a time: five, then a lock-out that doubles from 5 minutes to 24 hours, and again."""
    entries = elapsed_min = 0
    lock_out_min = 5
    while elapsed_min <= days * 24 * 60:
        entries += 5
        elapsed_min += lock_out_min
        lock_out_min = min(24 * 60, 2 * lock_out_min)
    return entries


def test_the_guesser_is_counted_right() -> None:
    """The chances in section 5 are those of the numbers and of the lock-out."""
    acceptable = sum(range(1, LENGTH_H_MAX + 1)) * len(PasscodeKind) * (SEQUENCE_MAX + 1)
    assert f"{acceptable:,} of 10^12 entries, {acceptable / 10**DIGITS:.2e}".replace("e-06", "e-6") in DOCUMENT
    assert f"1 in {10**DIGITS // acceptable:,}" in DOCUMENT
    in_a_year = guesses_in(365)
    assert f"{in_a_year:,} in a year, a chance of {100 * in_a_year * acceptable / 10**DIGITS:.1f} %" in DOCUMENT
    assert guesses_in(0) == 5
