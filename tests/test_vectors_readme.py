"""What vectors/README.md tells a stranger to do is done here, to the letter."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.vectors_stranger import LINES_MAX
from lockcore import encode
from tests.cli_run import Run
from tests.conform_devices import ASK, RIGHT, family, vector, write_pack
from vectors.families.ask import question
from vectors.families.site import ISSUER, card, keys_of
from vectors.pack.vector import ACCEPTED

ROOT = Path(__file__).parents[1]
README = (ROOT / "vectors" / "README.md").read_text()
PROJECT = "../qrlock"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a small pack, where `python` is this one."""
    do, given = {"op": "decode", "text": encode(card(), ISSUER)}, {"keys": keys_of().to_bytes().hex()}
    good = question("decode.good", "A good card.", ("Good",), do, ACCEPTED, given=given)
    space = vector("space", (do | {"text": f"{do['text']} "}, RIGHT))
    other = vector("cmac", (ASK, RIGHT), needs=("decode-cmac",))
    write_pack(tmp_path / "pack", family(space, good, other))
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def commands(word: str) -> list[str]:
    """The README's commands that begin with this word."""
    return [line.strip() for line in re.findall(rf"^    {word} .*$", README, re.MULTILINE)]


def shell(line: str, place: Path) -> None:
    """Run a line of the README there."""
    subprocess.run(line.replace(PROJECT, str(ROOT)), shell=True, check=True, cwd=place)


def test_the_example_is_green_and_a_broken_line_makes_it_red(qrlock: Run, place: Path) -> None:
    """By the README's own commands."""
    (copy,), (breaking,) = commands("cp"), commands("sed")
    good, broken = commands("qrlock conform pack --command .python")
    shell(copy, place)
    ran = qrlock(*shlex.split(good)[1:])
    assert ran.status == 0
    assert "2 pass, 0 fail, 1 skip" in ran.out
    assert "not declared decode-cmac" in ran.out
    shell(breaking, place)
    ran = qrlock(*shlex.split(broken)[1:])
    assert ran.status == 1
    assert "1 pass, 1 fail, 1 skip" in ran.out
    assert "FAIL decode.space: wrong answer" in ran.out


def test_the_python_example_runs(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands."""
    monkeypatch.chdir(place)
    (copy,) = commands("cp")
    shell(copy, place)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(example, names)
    assert names["results"].counts == {"pass": 2, "fail": 0, "skip": 1}  # type: ignore[attr-defined]


def test_the_commands_and_options_it_names_are_there(qrlock: Run) -> None:
    """Every option of `qrlock conform` that the README shows."""
    usage = qrlock("conform", "--help").out
    shown = {option for line in commands("qrlock conform") for option in re.findall(r"--[a-z-]+", line.split("#")[0])}
    for option in shown - {"--family"} | {"--only", "--family", "--fail-fast"}:
        assert option in usage, option


def test_the_example_is_short() -> None:
    """As the README says, and the bar; it needs nothing but lockcore."""
    source = (ROOT / "vectors" / "examples" / "device.py").read_text()
    assert len(source.splitlines()) <= LINES_MAX
    assert set(re.findall(r"^(?:from|import) (\w+)", source, re.MULTILINE)) == {"json", "sys", "lockcore"}


def test_the_documents_it_names_are_there() -> None:
    """Every file that the README links to exists."""
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / "vectors" / target).is_file(), target
