"""The platform's table: each parameter is answered as it was written down."""

from __future__ import annotations

import pytest

from benchmarks import platform_table
from benchmarks.line import Verdict
from benchmarks.platform_cells import SUCCESS, Told
from simulator.platform.calls.table import QRCODE_CALLS

STEP = 5


def test_replies_are_as_written_down() -> None:
    """Of each fifth cell, in both forms; the bar asks all of them."""
    compared = list(platform_table.table(STEP))
    assert [one for one in compared if one.wrong] == []
    assert len(compared) > 300


def test_every_parameter_has_its_rules() -> None:
    """None that a call reads was forgotten, and none is in the table that no call reads."""
    named = {name: [rules.name for rules in table] for name, table in platform_table.TABLES.items()}
    read = {name: [parameter.name for parameter in call.parameters] for name, call in QRCODE_CALLS.items()}
    assert {name: sorted(names) for name, names in named.items()} == {
        name: sorted(names) for name, names in read.items()
    }


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b'{"status":"200","info":"success"}', "status is no number or info no text"),
        (b'{"status":true,"info":"success"}', "status is no number or info no text"),
        (b'{"status":4002,"info":"mobile, is missing"}', "info has a comma or a colon"),
        (b'{"status":4002,"info":"no","data":1}', "a failure has more than status and info"),
        (b'{"status":200,"info":"success","cardNo":"a"}', "members cardNo info status"),
        (
            b'{"status":200,"info":"success","cardNo":"1111111111111111","no":"2222222222222222","cardType":0}',
            "no is not cardNo",
        ),
        (b'{"status":200,"info":"success","cardNo":[],"no":"a","cardType":0}', "the reply is not flat"),
    ],
)
def test_a_reply_of_another_form_is_seen(content: bytes, wrong: str) -> None:
    """The table would say so."""
    assert platform_table.read_reply("getLink", content, True)[1] == wrong


def test_a_cell_that_differs_makes_the_bar_fall_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named."""
    one = next(iter(platform_table.table(10**6)))
    for wrong, verdict in (("", Verdict.HOLDS), ("expected 4002 no", Verdict.FALLS_SHORT)):
        compared = one._replace(told=Told(*SUCCESS), wrong=wrong)
        monkeypatch.setattr(platform_table, "table", lambda _step, compared=compared: iter([compared]))
        (line,) = platform_table.lines(1, False)
        assert line.verdict is verdict and wrong in line.figure
