from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import bars, core_fresh, core_size, core_startup, core_symbol, timing
from benchmarks.line import Line, Verdict, bar, figure, left_out
from benchmarks.timing import Batch, interleave, ratios, spread
from lockcore import SealKind

GOOD = bar("1", "size", "98 %", "at least 95 %", True)
BAD = bar("2", "speed", "1.31", "at most 1.15", False)
ASIDE = figure("2", "microseconds", "40")
OMITTED = left_out("6", "fresh environment", "takes minutes")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (GOOD, "1    size: 98 %; target at least 95 %: holds"),
        (BAD, "2    speed: 1.31; target at most 1.15: falls short"),
        (ASIDE, "2    microseconds: 40"),
        (OMITTED, "6    fresh environment: takes minutes: left out"),
    ],
)
def test_a_line_says_number_figure_target_and_verdict(line: Line, text: str) -> None:
    """Each kind of line reads as the report shows it."""
    assert str(line) == text


@pytest.mark.parametrize(
    ("lines", "quick", "status"),
    [
        ([GOOD, ASIDE], False, 0),
        ([GOOD, BAD], False, 1),
        ([GOOD, BAD], True, 1),
        ([GOOD, OMITTED], True, 0),
        ([GOOD, OMITTED], False, 1),
        ([ASIDE], False, 1),
        ([], True, 1),
    ],
)
def test_the_status_is_0_only_if_all_hold(lines: list[Line], quick: bool, status: int) -> None:
    """A bar that falls short, an omission from a whole run, or no bar at all makes a run fail."""
    assert bars.status(lines, quick) == status


def _issue(monkeypatch: pytest.MonkeyPatch, *lines: Line) -> None:
    def measured(_seed: int, _quick: bool) -> Iterator[Line]:
        yield from lines

    monkeypatch.setattr(bars, "import_module", lambda _name: SimpleNamespace(HOW="made up", lines=measured))


def test_the_report_begins_with_the_seed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Seed, method, the lines, the sum, and the status of a run that fell short."""
    _issue(monkeypatch, GOOD, BAD)
    assert bars.main(["core", "--seed", "7"]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("seed 7;")
    assert printed[1:] == ["made up", str(GOOD), str(BAD), "1 holds, 1 falls short, 0 left out"]


def test_the_report_as_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One object with the seed and every line's fields."""
    _issue(monkeypatch, GOOD, OMITTED)
    assert bars.main(["core", "--quick", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["seed"] == 1
    assert [line["verdict"] for line in report["lines"]] == [Verdict.HOLDS, Verdict.LEFT_OUT]


def test_an_unknown_name_is_one_line_and_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    """The line names what there is."""
    assert bars.main(["cores"]) == 2
    assert capsys.readouterr().err == "no bars for 'cores'; there are: camera, core, locks, platform, vectors\n"


def test_a_ratio_does_not_see_steady_drift() -> None:
    """Where a machine slows down evenly, a ratio of two stays what it is."""
    a = [2.0 * (10 + 2 * i) for i in range(20)]
    b = [10.0 + 2 * i + 1 for i in range(20)]
    assert spread(ratios(a, b)) == pytest.approx((2, 2, 2), rel=0.005)


def test_a_ratio_shrugs_off_disturbed_batches() -> None:
    """One batch in eight that takes ten times as long moves neither the median nor a quartile."""
    a = [30.0 if i % 8 == 3 else 3.0 for i in range(64)]
    b = [20.0 if i % 8 == 6 else 2.0 for i in range(64)]
    assert spread(ratios(a, b)) == pytest.approx((1.5, 1.5, 1.5))


def test_ratios_favour_neither_side() -> None:
    """Whoever goes first, as many ratios have it in the middle, and the same samples give inverse medians."""
    a, b = [3.0, 3.3, 2.9, 3.1, 3.6, 3.0], [2.0, 2.2, 1.9, 2.1, 2.4, 2.0]
    assert len(ratios(a, b)) == 10
    forth, back = spread(ratios(a, b)).median, spread(ratios(b[::-1], a[::-1])).median
    assert forth * back == pytest.approx(1, rel=0.01)


def test_batches_take_turns_and_go_round_their_arguments() -> None:
    """Each round runs every batch once, in order, on its next arguments; warm-up rounds are not reported."""
    calls: list[tuple[str, int]] = []
    batches = {name: Batch(lambda n, i: calls.append((n, i)), [(name, i) for i in range(4)], 2) for name in "ab"}
    us = interleave(batches, rounds=2, warm_up_rounds=1)
    assert [len(values) for values in us.values()] == [2, 2]
    one_round = [("a", 0), ("a", 1), ("b", 0), ("b", 1)]
    assert calls[:4] == one_round
    assert calls[8:] == one_round
    assert calls[4:8] == [(name, i + 2) for name, i in one_round]


def test_a_batch_is_timed_per_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nanoseconds of a batch, divided by its calls, in microseconds."""
    monkeypatch.setattr(timing, "process_time_ns", iter([1_000, 13_000]).__next__)
    assert timing.us_per_call(Batch(abs, [(1,), (2,), (3,)])) == 4


def test_the_share_in_a_version_counts_whole_bodies() -> None:
    """159 bits fit 5-M and 160 do not; the same bodies all fit 6-M."""
    bodies = [(1 << 159) - 1, 1 << 159, 1, 1 << 266]
    assert core_size.share_in(5, bodies, SealKind.ED25519) == 0.5
    assert core_size.share_in(6, bodies, SealKind.ED25519) == 1
    assert core_size.share_in(3, bodies, SealKind.CMAC) == 0.75


def test_symbol_bars_are_ratios_to_the_right_peers() -> None:
    """39 times in place of 40, and a slow table, fall short; what is fast enough holds."""
    measured = {"ours_single_fixed_us": 10.0, "ours_batch_fixed_us": 2.0, "segno_fixed_us": 390.0}
    measured |= {"zxing_fixed_us": 50.0, "table_build_s": 1.5}
    verdicts = [line.verdict is Verdict.HOLDS for line in core_symbol.bars_of(measured)]
    assert verdicts == [False, True, True, True, False]


def test_a_start_that_fails_is_no_figure() -> None:
    """A command that ends with another status than 0 is told, not timed."""
    with pytest.raises(core_startup.StartError, match="status 3"):
        core_startup.start_ms([sys.executable, "-c", "raise SystemExit(3)"], starts=1)


def test_a_command_is_told_by_status_and_last_line(tmp_path: Path) -> None:
    """The fresh environment's commands run in a shell, in the copy, and stop at the first that fails."""
    ended = core_fresh.run("echo one && echo two && false && echo three", tmp_path, {"PATH": "/usr/bin:/bin"})
    assert ended[:2] == (1, "two")


def test_libzbar_is_not_found_where_it_is_hidden(tmp_path: Path) -> None:
    """Under the `sitecustomize` Python's search for zbar comes back empty, and other libraries are found as before."""
    (tmp_path / "sitecustomize.py").write_text(core_fresh.HIDING_ZBAR)
    search = "from ctypes.util import find_library as f; print(f('zbar'), f('c') is not None)"
    ended = subprocess.run(
        [sys.executable, "-c", search], env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ended.stdout == "None True\n"
