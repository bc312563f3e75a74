import re
from pathlib import Path

import pytest

from lockcore import DecodeError, Reason, decode, encode, ladder
from lockcore.address import PLACE_CODE_MAX, ROOM_CODE_MAX, place_code, room_code
from lockcore.body import LENGTH, PLACE, ROOM, SERIAL, pack
from lockcore.carrier import CARRIERS
from lockcore.ed25519_profile import Y_OF_ORDER_8
from lockcore.seal import CMAC_LABEL, ED25519_LABEL
from tests import format_cases, format_examples
from tests.bench_keys import keys_for

DOCUMENT = (Path(__file__).parents[1] / "lockcore" / "FORMAT.md").read_text()


def test_the_worked_examples_are_current() -> None:
    """Section 10 is what the code computes today."""
    assert "\n".join(format_examples.lines()) + "\n\n## 11 " in DOCUMENT


def test_the_cases_are_current() -> None:
    """Section 11 ends with the table of them."""
    assert DOCUMENT.endswith("\n" + "\n".join(format_cases.lines()) + "\n")


@pytest.mark.parametrize("case", format_cases.CASES, ids=lambda case: case.name)
def test_a_case_ends_as_the_table_says(case: format_cases.Case) -> None:
    """What is accepted is the one text of its grant."""
    text = format_cases.text_of(case)
    if case.reason is not Reason.OPENED:
        with pytest.raises(DecodeError) as refused:
            decode(text, format_cases.LOCK)
        assert refused.value.reason is case.reason
        return
    assert pack(decode(text, format_cases.LOCK).grant, 1) == case.body


@pytest.mark.parametrize("number", range(4))
def test_the_worked_examples_decode(number: int) -> None:
    """Each example is a card that a lock accepts as far as step 4."""
    _, grant, sealer = format_examples.EXAMPLES[number]
    assert decode(encode(grant, sealer), keys_for(grant)).grant == grant


@pytest.mark.parametrize(
    ("name", "rungs", "largest"),
    [
        ("building, floor", PLACE, PLACE_CODE_MAX),
        ("room", ROOM, ROOM_CODE_MAX),
        ("end", LENGTH, None),
        ("serial", SERIAL, None),
    ],
)
def test_the_table_of_ladders(name: str, rungs: ladder.Ladder, largest: int | None) -> None:
    """Widths and starts of the rungs stand in section 4 as the code has them."""
    widths = [str(width) for _, _, width, _ in rungs]
    firsts = [f"{first:,}" for first, _, _, _ in rungs[1:]]
    row = f"| {name} | {' | '.join(widths + firsts)} |"
    assert row in DOCUMENT
    if largest is not None:
        assert f"{row} {largest:,} |" in DOCUMENT


def test_the_table_of_widths() -> None:
    """Digits, version, seal and lengths stand in section 1 as the code has them."""
    for c in CARRIERS.values():
        limit = c.limit.bit_length() - 1
        row = f"| {c.digits} | {c.version} | `{c.kind}` | {c.seal_bytes} | {c.body_bytes} | {c.body_bits} | 2^{limit} |"
        assert row in DOCUMENT


def test_the_constants() -> None:
    """Labels, the order-8 coordinate and the numbered texts are those of the code."""
    assert ED25519_LABEL.hex(" ") in DOCUMENT
    assert CMAC_LABEL.hex(" ") in DOCUMENT
    assert f"{Y_OF_ORDER_8:064x}" in DOCUMENT
    for text in re.findall(r'"(0|Z|00|ZZZZ|Z{8})" is ([\d,]+)', DOCUMENT):
        assert room_code(text[0]) == int(text[1].rstrip(",").replace(",", ""))
    assert place_code("0A") == 65_536 + room_code("0A")
