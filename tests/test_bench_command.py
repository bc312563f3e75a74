"""`qrlock bench`: the same results however many do the work, from where it stopped, and one line for what is wrong."""

from __future__ import annotations

import csv
import importlib
import io
import re
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest

from lockcore import symbol
from simulator.readers import ReaderError, ReaderMissing, make_reader
from simulator.trial import executors, streams
from simulator.trial.job import Job
from simulator.trial.ledger import Ledger
from simulator.trial.plan import Plan
from simulator.trial.record import Record
from tests.cli_run import Run

RESULTS = ("results.json", "results.csv")
FEW = ("bench", "--readers", "zxing-cpp", "--parts", "frames,sequences", "--conditions", "px 1", "--frames", "2")


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads in place of processes, which take a second to start."""

    @contextmanager
    def pool(count: int) -> Iterator[Executor]:
        with ThreadPoolExecutor(count) as executor:
            yield executor

    monkeypatch.setattr(executors, "processes", pool)


def results_in(folder: str) -> list[bytes]:
    """Times are in other files."""
    return [Path(folder, name).read_bytes() for name in RESULTS]


def test_one_process_and_two_find_the_same(qrlock: Run) -> None:
    """To the byte; the seed comes first, the page last."""
    one, two = (qrlock(*FEW, "--jobs", jobs, "--out", f"by-{jobs}") for jobs in (1, 2))
    assert one.status == two.status == 0
    assert one.out.startswith("seed 1\n") and one.out.endswith("results and timings beside it.\n")
    assert results_in("by-1") == results_in("by-2")
    assert Path("by-1/report.html").read_text().startswith("<!doctype html>")


@pytest.mark.usefixtures("threads")
def test_an_interrupted_run_goes_on_and_finds_the_same(qrlock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit status 130 when it stops; what was kept by then is not done again."""
    assert qrlock(*FEW, "--out", "whole").status == 0
    kept: list[Job] = []
    add = Ledger.add

    def interrupted(ledger: Ledger, job: Job, records: list[Record]) -> None:
        add(ledger, job, records)
        kept.append(job)
        if len(kept) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "add", interrupted)
        stopped = qrlock(*FEW, "--out", "part", "--jobs", 1)
    assert stopped.status == 130
    assert stopped.err == "qrlock: stopped; the same command goes on from where it stopped, in part\n"
    before = Path("part/records.jsonl").read_bytes()
    assert qrlock(*FEW, "--out", "part").status == 0
    assert Path("part/records.jsonl").read_bytes().startswith(before)
    assert results_in("part") == results_in("whole")


@pytest.mark.usefixtures("threads")
def test_other_parameters_are_refused(qrlock: Run) -> None:
    """One line says which; how many do the work is none."""
    assert qrlock(*FEW).status == 0
    refused = qrlock(*FEW, "--seed", 2)
    assert refused.status == 2
    assert refused.err == (
        "qrlock: qrlock-bench/records.jsonl: begun with other parameters (seed 1, now 2): "
        "choose another --out, or delete it\n"
    )
    assert qrlock(*FEW, "--jobs", 1).status == 0


@pytest.mark.usefixtures("threads")
def test_machines_get_json_or_csv(qrlock: Run) -> None:
    """One document; and a line for each condition and reader."""
    document = qrlock(*FEW, "--json").json
    assert document["results"]["parameters"]["seed"] == 1
    assert document["timings"]["frames"][0]["stages"][0]["stage"] == "zxing-cpp"
    rows = list(csv.DictReader(io.StringIO(qrlock(*FEW, "--csv").out)))
    assert [(row["condition"], row["of"]) for row in rows] == [
        ("module px 1.5", "2"), ("module px 10", "2"), ("module px 1.25", "2"), ("module px 1.25, noise 15", "2")
    ]  # fmt: skip


@pytest.mark.usefixtures("threads")
def test_another_seed_or_half_chooses_other_frames(qrlock: Run) -> None:
    """As the page shows them."""
    shown = set[str]()
    for out, options in {"a": (), "b": ("--seed", 2), "c": ("--half", "tune")}.items():
        one = ("bench", "--readers", "zxing-cpp", "--conditions", "px 4", "--parts", "frames", "--frames", 1)
        assert qrlock(*one, "--out", out, *options).status == 0
        shown |= set(re.findall("<img[^>]*>", Path(out, "report.html").read_text()))
    assert len(shown) == 3


@pytest.mark.usefixtures("threads")
def test_photographs_are_read_by_all_readers(qrlock: Run, tmp_path: Path) -> None:
    """Without a text beside it, what is read is wrong."""
    for name, text in (("said.png", "12345"), ("unsaid.png", None)):
        modules = np.pad(symbol.matrix("12345", version=2), 4)
        (tmp_path / "photos").mkdir(exist_ok=True)
        path = tmp_path / "photos" / name
        cv2.imwrite(str(path), np.kron(np.where(modules, 0, 255), np.ones((6, 6))).astype(np.uint8))
        if text:
            path.with_suffix(".txt").write_text(text)
    found = qrlock("bench", "--images", "photos", "--readers", "zxing-cpp,opencv", "--json").json["results"]
    assert [(row["read"], row["of"], row["wrong"]) for row in found["photographs"]["readers"]] == [(1, 1, 1)] * 2
    assert "photos" not in Path("qrlock-bench/results.json").read_text()


@pytest.mark.usefixtures("threads")
def test_a_reader_that_is_not_installed_is_left_out_by_name(qrlock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless it was asked for; either way it is said how to get it."""

    def missing(name: str) -> object:
        if name == "zxing-cpp":
            return object()
        raise ReaderMissing(f"the reader {name} is not installed: so and so")

    monkeypatch.setattr(streams, "make_stream", missing)
    ran = qrlock("bench", "--conditions", "px 4", "--parts", "frames", "--frames", 1)
    assert ran.status == 0 and "qrlock: left out: the reader zbar is not installed: so and so\n" in ran.err
    asked = qrlock("bench", "--readers", "zxing-cpp,zbar")
    assert (asked.status, asked.err) == (2, "qrlock: the reader zbar is not installed: so and so\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--readers", "eagle"), "no reader named 'eagle': there are qrlock, "),
        (("--readers", "eagle"), ", qrlock-stream\n"),
        (("--readers", "zxing-cpp," + "7" * 202), "no reader of that long name: there are qrlock, "),
        (("--readers", ","), "--readers: no name in it"),
        (("--parts", " ,"), "--parts: no name in it"),
        (("--readers", "zxing-cpp", "--out", ""), "--out: an empty name"),
        (("--readers", "zxing-cpp", "--conditions", "moonlight"), "--conditions moonlight: none"),
        (("--parts", "moonlight"), "--parts moonlight: there are frames, sequences, reach"),
        (("--images", "nowhere"), "nowhere: no such folder"),
        (("--images", ".", "--parts", "reach"), "--parts: none of them"),
        (("--json", "--csv"), "--json and --csv: one of them"),
        (("--readers", "zxing-cpp", "--out", "file"), "file: cannot be made"),
    ],
)
def test_what_is_wrong_is_one_line(qrlock: Run, arguments: tuple[str, ...], says: str) -> None:
    """And exit status 2."""
    Path("file").touch()
    ran = qrlock("bench", *arguments)
    assert ran.status == 2 and ran.err.startswith("qrlock: ") and says in ran.err and ran.err.count("\n") == 1
    assert "7" * 21 not in ran.out + ran.err


@pytest.mark.parametrize("name", ["7" * 21, "7" * 11 + "-" + "7" * 10, "e" * 41])
def test_what_may_be_a_card_is_not_repeated(name: str) -> None:
    """By single readers, or by those of a trial."""
    for make in (make_reader, streams.make_stream):
        with pytest.raises(ReaderError, match="no reader of that long name: there are qrlock, ") as refused:
            make(name)
        assert name not in str(refused.value)


def test_more_frames_than_anyone_waits_for_are_refused(qrlock: Run) -> None:
    """Before anything is made of them."""
    ran = qrlock("bench", "--frames", 1_000_000_000)
    assert ran.status == 2 and "100000" in ran.err and not ran.out


@pytest.mark.usefixtures("threads")
def test_the_list_of_jobs_is_made_once(qrlock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be long."""
    made: list[Plan] = []
    jobs = Plan.jobs
    monkeypatch.setattr(Plan, "jobs", lambda plan: made.append(plan) or jobs(plan))  # type: ignore[func-returns-value]
    assert qrlock("bench", "--readers", "zxing-cpp", "--parts", "frames", "--conditions", "tilt 0").status == 0
    assert len(made) == 1


def test_without_dask_it_is_said_how_to_get_it(qrlock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line."""

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    ran = qrlock(*FEW, "--dask", "tcp://127.0.0.1:1")
    assert (ran.status, ran.err) == (2, "qrlock: --dask: Dask is not installed: pip install 'qrlock[dask]'\n")
