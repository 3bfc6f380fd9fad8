"""The cluster: data once to each worker, nothing open to other machines, and refusals in words."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import dask
import psutil
import pytest
from typer.testing import CliRunner

from equity_core.cli import app
from equity_core.errors import SweepError
from equity_core.sweeps.answering import Part
from equity_core.sweeps.cluster import answered, check_installed
from equity_core.sweeps.reading import read_sweep
from equity_core.sweeps.run import Run

GRID = "[grid]\nwater_weight = [" + 4 * (50 * "60, ") + "0]"
"""Parts of the same questions: each is answered, and written, all the same."""


def listening() -> set[str]:
    """The addresses at which this process and its children listen."""
    own = psutil.Process()
    found = set()
    for process in (own, *own.children(recursive=True)):
        with suppress(psutil.Error):
            found |= {c.laddr.ip for c in process.net_connections("tcp") if c.status == "LISTEN"}
    return found


@pytest.mark.slow
def test_a_local_cluster_is_closed_to_others_and_sends_data_once(written, serial, tmp_path) -> None:
    from distributed import get_client

    file = written(GRID)
    run = Run.of(read_sweep(file), tmp_path / "out")
    seen: set[str] = set()
    received: dict[str, int] = {}

    def look(count: int) -> None:
        seen.update(listening())
        logs = get_client().run(
            lambda dask_worker: [
                key for log in dask_worker.transfer_incoming_log for key in log["keys"]
            ]
        )
        received.update(
            {place: sum("data-" in key for key in keys) for place, keys in logs.items()}
        )

    run.take(answered(run.parts, run.datasets, run.parts.digests, workers=2), look)
    assert seen == {"127.0.0.1"}
    assert len(received) == 2
    assert max(received.values()) <= 1
    children = psutil.Process().children(recursive=True)
    assert not [child for child in children if "spawn_main" in " ".join(child.cmdline())]
    run.write()
    table = (run.folder / "sweep.parquet").read_bytes()
    assert table == (serial(file) / "sweep.parquet").read_bytes()


@pytest.mark.slow
def test_what_kills_every_worker_is_told_and_not_kept(written, tmp_path) -> None:
    run = Run.of(read_sweep(written("")), tmp_path / "out")
    (part,) = run.parts
    deadly = Part(part.key, 0, (Deadly(),), None, part.product)  # type: ignore[arg-type]
    answers = answered([deadly], run.datasets, run.parts.digests, workers=1)
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        run.take(answers, lambda count: None)
    assert run.left() == [0]
    told = "\n".join(run.write())
    assert "1 question, 0 answered" in told
    assert "No worker could answer this (KilledWorker" in told


class Deadly:
    """A question that ends the process which looks at it, as one that fills the memory does."""

    @property
    def dataset(self) -> str:
        if "spawn_main" in " ".join(psutil.Process().cmdline()):
            os._exit(1)
        return "paper-2022"


def test_another_version_is_refused(written, tmp_path) -> None:
    from equity_core.sweeps.answering import answer_part

    run = Run.of(read_sweep(written("")), tmp_path)
    (part,) = run.parts
    with pytest.raises(SweepError, match="install the same version on all machines"):
        answer_part(Part(part.key, 0, part.questions, None, "0.0.1"), run.datasets)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "ftp://127.0.0.1:8650", "nonsense"])
def test_an_address_where_nobody_answers_is_a_sentence(
    address, written, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("equity_core.sweeps.cluster.SECONDS_TO_CONNECT", 0.3)
    command = ["sweep", str(written("")), "--out", str(tmp_path / "out"), "--scheduler", address]
    result = CliRunner().invoke(app, command)
    assert isinstance(result.exception, SweepError)
    assert "No worker answers at" in str(result.exception)
    assert not (tmp_path / "out").exists()


def test_without_the_extra_a_sentence_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SweepError, match=r"pip install 'equity-explorer\[sweep\]'"):
        check_installed()
