"""`qrlock conform` on the command line, and the vectors under pytest."""

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli_run import Run
from tests.conform_devices import family, program, vector, write_pack
from vectors.conform import pytest_plugin

pytest_plugins = ["pytester"]
GOOD = shlex.join(program())
BAD = shlex.join(program('say(\'{"id": %d, "refused": "BAD_SEAL"}\\n\' % id)'))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A pack of three tests."""
    return write_pack(tmp_path / "pack")


def test_a_device_that_conforms_ends_with_0(qrlock: Run, place: Path) -> None:
    """The simulator, and a program."""
    for device in (("--simulator",), ("--command", GOOD)):
        ran = qrlock("conform", place, *device)
        assert (ran.status, ran.err) == (0, "")
        assert "3 pass, 0 fail, 0 skip" in ran.out


def test_a_failure_ends_with_1_and_what_is_at_stake(qrlock: Run, place: Path) -> None:
    """Each failure in a block."""
    ran = qrlock("conform", place, "--command", BAD)
    assert ran.status == 1
    assert ran.out.count("FAIL decode.") == 3
    assert "at stake    A stranger's code" in ran.out


def test_where_nothing_was_asked_the_status_is_1(qrlock: Run, tmp_path: Path) -> None:
    """Nothing failed, and nothing is shown."""
    pack = write_pack(tmp_path / "pack", family(vector("a", needs=("flash",))))
    ran = qrlock("conform", pack, "--command", GOOD)
    assert ran.status == 1
    assert "not declared flash" in ran.out


def test_a_device_that_says_nothing_ends_with_1(qrlock: Run, place: Path) -> None:
    """Its tests are not answered."""
    ran = qrlock("conform", place, "--command", "true")
    assert ran.status == 1
    assert "exit status 0" in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("--simulator", "--command", "true"), ("--command", ""), ("--command", "/nonexistent"), ("--tcp", "x"),
        ("--serial", "/nonexistent"), ("--simulator", "--baud", "9600"), ("--simulator", "--only", "x*"),
        ("--simulator", "--family", "dance"), ("--simulator", "--timeout-s", "0"),
        ("--simulator", "--timeout-s", "nan"),
        ("--simulator", "--results", "/nonexistent/r.json"), ("--simulator", "--junit", "."),
    ],
)  # fmt: skip
def test_bad_input_ends_with_2_and_one_line(qrlock: Run, place: Path, arguments: tuple[str, ...]) -> None:
    """Before anything is asked."""
    ran = qrlock("conform", place, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("qrlock: ")
    assert ran.err.count("\n") == 1


def test_what_is_no_pack_ends_with_2(qrlock: Run, tmp_path: Path) -> None:
    """A folder that is not there, and one that holds something else."""
    (tmp_path / "decode.json").write_text("{}")
    for place in ("nowhere", tmp_path):
        assert qrlock("conform", place, "--simulator").status == 2


def test_results_and_junit_are_left_as_files(qrlock: Run, place: Path, tmp_path: Path) -> None:
    """The results are those that --json prints."""
    ran = qrlock("conform", place, "--command", BAD, "--json", "--results", "r.json", "--junit", "j.xml")
    assert ran.status == 1
    assert json.loads((tmp_path / "r.json").read_text()) == ran.json
    assert len(ran.json["pack"]["manifest_sha256"]) == 64
    assert ElementTree.parse(tmp_path / "j.xml").getroot().get("failures") == "3"


def test_tests_are_chosen_and_the_first_failure_may_end_it(qrlock: Run, place: Path) -> None:
    """By glob, by family, and with --fail-fast."""
    assert qrlock("conform", place, "--simulator", "--only", "*.t*", "--json").json["counts"]["pass"] == 2
    assert qrlock("conform", place, "--simulator", "--family", "decode", "--json").json["counts"]["pass"] == 3
    ran = qrlock("conform", place, "--command", BAD, "--fail-fast")
    assert "0 pass, 1 fail, 0 skip; stopped at the first failure" in ran.out


Under = Callable[..., pytest.RunResult]


@pytest.fixture
def under_pytest(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Under:
    """pytest in an empty folder, with this plugin and no other that is installed."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    plugin = ("-p", "vectors.conform.pytest_plugin", "-p", "no:cacheprovider")
    return lambda place, *arguments: pytester.runpytest_inprocess(*plugin, "--qrlock-pack", place, *arguments)


def test_the_plugin_is_installed_with_qrlock() -> None:
    """pytest finds it by its entry point."""
    (entry,) = entry_points(group="pytest11", name="qrlock")
    assert entry.load() is pytest_plugin


def test_under_pytest_every_vector_is_a_test(under_pytest: Under, place: Path) -> None:
    """Named by its id; -k chooses."""
    under_pytest(place, "--qrlock-simulator").assert_outcomes(passed=3)
    ran = under_pytest(place, "--qrlock-command", GOOD, "-k", "two", "-v")
    ran.assert_outcomes(passed=1, deselected=2)
    ran.stdout.fnmatch_lines(["*collected 3 items / 2 deselected / 1 selected", "*decode::two PASSED*"])


def test_under_pytest_a_failure_says_what_is_at_stake(under_pytest: Under, place: Path) -> None:
    """And no traceback; what is not declared is skipped."""
    ran = under_pytest(place, "--qrlock-command", BAD)
    ran.assert_outcomes(failed=3)
    ran.stdout.fnmatch_lines(["*FAIL decode.one: wrong answer", "*at stake    A stranger's code*"])
    assert "Traceback" not in str(ran.stdout)
    declared = write_pack(place.parent / "more", family(vector("a", needs=("flash",)), vector("b")))
    under_pytest(declared, "--qrlock-command", GOOD).assert_outcomes(passed=1, skipped=1)


def test_under_pytest_a_pack_of_which_nothing_was_asked_fails(under_pytest: Under, place: Path) -> None:
    """As `qrlock conform` does; also beside other tests that pass, and not where no vector was chosen."""
    undeclared = write_pack(place.parent / "more", family(vector("a", needs=("flash",)), vector("b", needs=("log",))))
    ran = under_pytest(undeclared, "--qrlock-command", GOOD)
    ran.assert_outcomes(skipped=2)
    assert ran.ret == pytest.ExitCode.TESTS_FAILED
    ran.stdout.fnmatch_lines("qrlock: nothing was asked*")
    Path("test_own.py").write_text("def test_own(): pass\n")
    ran = under_pytest(undeclared, "--qrlock-command", GOOD)
    ran.assert_outcomes(passed=1, skipped=2)
    assert ran.ret == pytest.ExitCode.TESTS_FAILED
    assert under_pytest(undeclared, "--qrlock-command", GOOD, "-k", "own").ret == pytest.ExitCode.OK
    assert under_pytest(undeclared, "--qrlock-command", GOOD, "--collect-only").ret == pytest.ExitCode.OK
    assert under_pytest(place, "--qrlock-command", GOOD).ret == pytest.ExitCode.OK


@pytest.mark.parametrize(
    "arguments", [(), ("--qrlock-command", "/nonexistent"), ("--qrlock-simulator", "--qrlock-timeout-s", "0")]
)
def test_under_pytest_bad_input_is_a_usage_error(under_pytest: Under, place: Path, arguments: tuple[str, ...]) -> None:
    """One line, and no test is run."""
    ran = under_pytest(place, *arguments)
    assert ran.ret == pytest.ExitCode.USAGE_ERROR
    ran.stderr.fnmatch_lines("ERROR: qrlock: *")


def test_without_a_pack_the_plugin_costs_nothing() -> None:
    """It imports nothing but itself and its packages."""
    code = (
        "import sys, pytest; there = set(sys.modules); import vectors.conform.pytest_plugin;"
        "print(sorted(name for name in sys.modules.keys() - there if name[0] != '_'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "['vectors', 'vectors.conform', 'vectors.conform.pytest_plugin']\n"
