"""A sweep whose worker and whose client are killed gives, resumed, the bytes of the serial run."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow

TWO_THOUSAND = """
title = "Two thousand"
[set]
texas.water = 1.2
[grid]
water_weight = {from = 0, to = 120, steps = 50}
carbon_weight = {from = 0, to = 3000, steps = 20}
reach = ["full", "partial"]
"""


def start(file: Path, out: Path) -> psutil.Popen:
    command = [sys.executable, "-W", "error::ResourceWarning", "-m", "equity_core", "sweep"]
    return psutil.Popen(
        [*command, str(file), "--out", str(out), "--workers", "2"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kept(out: Path) -> set[Path]:
    return set(out.glob("parts/*/*.json"))


def wait_for(count: int, out: Path, run: psutil.Popen) -> None:
    while len(kept(out)) < count:
        assert run.poll() is None, run.communicate()
        time.sleep(0.01)


def workers_of(run: psutil.Popen) -> list[psutil.Process]:
    children = run.children(recursive=True)
    return [child for child in children if any("spawn_main" in word for word in child.cmdline())]


def test_killed_and_resumed_it_gives_the_serial_bytes(written, serial, tmp_path) -> None:
    file, out = written(TWO_THOUSAND), tmp_path / "out"

    first = start(file, out)
    wait_for(3, out, first)
    workers = workers_of(first)
    assert len(workers) == 2
    workers[0].kill()
    wait_for(12, out, first)  # the rest goes on, with a new worker in place of the killed one
    orphans = workers_of(first)
    first.kill()
    first.communicate()
    psutil.wait_procs(orphans, timeout=30)
    assert not [orphan for orphan in orphans if orphan.is_running()]
    done = {place: place.stat().st_mtime_ns for place in kept(out)}
    assert 12 <= len(done) < 65
    assert not (out / "sweep.parquet").exists()

    second = start(file, out)
    told, outlook = second.communicate(timeout=500)
    assert second.returncode == 0, outlook
    assert f"in 65 parts; {len(done)} of them are answered already" in outlook
    assert "2,000 questions, 2,000 answered" in told
    assert {place: place.stat().st_mtime_ns for place in done} == done  # nothing was done twice

    alone = serial(file)
    for name in ("sweep.parquet", "README.txt", "sweep.toml"):
        assert (out / name).read_bytes() == (alone / name).read_bytes()
