from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import firmware, vectors_conform, vectors_mutants, vectors_pack, vectors_stranger
from benchmarks.c_mutation_run import NO_PROGRAM, SAME, Ran, mutants
from benchmarks.line import Line, Verdict
from tests.vector_pack import little
from vectors.conform.results import Outcome, Results
from vectors.conform.results import Verdict as Of
from vectors.pack.family_file import record


def _named(lines: list[Line], part: str) -> Line:
    return next(line for line in lines if part in line.name)


def test_a_mutant_that_lives_needs_a_reason() -> None:
    """One that is killed counts, one that is explained is claimed, one that is neither makes the bar fall short."""
    seen = [Ran("a", "lock.x"), Ran("b", ""), Ran("c", SAME), Ran("d", NO_PROGRAM), Ran("e", "")]
    lines = list(vectors_mutants._verdict(seen, {"b": "why"}, quick=False))
    killed = _named(lines, "not equivalent")
    assert (killed.figure, killed.verdict) == ("1 of 2; e", Verdict.FALLS_SHORT)
    assert _named(lines, "same code").figure == "2"
    assert _named(lines, "claimed").figure == "1, 33.3%"
    assert _named(lines, "equivalent: b").figure == "why"


def test_a_reason_for_a_mutant_that_is_killed_falls_short() -> None:
    """The list of equivalents has nothing in it that is not one."""
    lines = list(vectors_mutants._verdict([Ran("a", "lock.x")], {"a": "why"}, quick=False))
    assert _named(lines, "reasons for no mutant").verdict is Verdict.FALLS_SHORT


def test_every_reason_is_of_a_mutant_that_there_is() -> None:
    """A line of the C core that changes takes its reason with it."""
    names = {mutant.name for mutant in mutants()}
    assert vectors_mutants.equivalents().keys() <= names
    assert len(names) >= vectors_mutants.MUTANTS_MIN


def test_a_little_pack_falls_short() -> None:
    """Tests, families and threats that are missing are told as what they are."""
    lines = [*vectors_pack._counts([record(little())]), *vectors_pack._names([record(little())])]
    assert {line.verdict for line in lines} == {Verdict.NO_BAR, Verdict.FALLS_SHORT}


def _results(*verdicts: tuple[str, Of]) -> Results:
    outcomes = tuple(Outcome(id=id, family="lock", verdict=verdict) for id, verdict in verdicts)
    return Results(outcomes=outcomes, manifest_sha256=None, hello=None)


def test_devices_are_alike_on_what_all_were_asked() -> None:
    """What one has not declared is no difference; another verdict is."""
    one = _results(("a", Of.PASS), ("b", Of.PASS))
    assert vectors_conform._alike([one, _results(("a", Of.PASS), ("b", Of.SKIP))]).verdict is Verdict.HOLDS
    assert vectors_conform._alike([one, _results(("a", Of.FAIL), ("b", Of.PASS))]).verdict is Verdict.FALLS_SHORT
    assert vectors_conform._alike([one, _results(("a", Of.SKIP), ("b", Of.SKIP))]).verdict is Verdict.FALLS_SHORT


def test_a_missing_tool_is_named_with_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has no compiler is told what to install."""
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(firmware.FirmwareError, match=r"clang, make: not installed .*libsodium-dev"):
        firmware.built("fuzz")


def test_the_strangers_path_has_two_blocks() -> None:
    """To green, and from there to red."""
    to_green, to_red = vectors_stranger.blocks()
    assert to_green.count("qrlock conform") == to_red.count("qrlock conform") == 1
    assert Path(vectors_stranger.DEVICE).is_file()
