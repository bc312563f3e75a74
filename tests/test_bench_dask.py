"""`qrlock bench` on a Dask cluster of this computer's; skipped where Dask is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.trial import executors
from tests.cli_run import Run
from tests.test_bench_command import FEW, results_in

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def address() -> Iterator[str]:
    """Of a scheduler with two workers that are processes of their own."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def test_a_cluster_finds_what_one_process_finds(qrlock: Run, address: str) -> None:
    """To the byte."""
    here, there = qrlock(*FEW, "--jobs", 1, "--out", "here"), qrlock(*FEW, "--dask", address, "--out", "there")
    assert here.status == there.status == 0
    assert results_in("here") == results_in("there")
    assert "a cluster" in Path("there/report.html").read_text()


def test_where_no_scheduler_answers_it_is_said(qrlock: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, with the address."""
    monkeypatch.setattr(executors, "CONNECT_S", 1)
    ran = qrlock(*FEW, "--dask", "tcp://127.0.0.1:1")
    assert ran.status == 2 and "--dask tcp://127.0.0.1:1: no Dask scheduler answers there" in ran.err
