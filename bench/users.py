"""Many readers at once: `python -m bench.users [DATASET]` changes twenty pages every second.

Each reader speaks the page's own protocol (bench/reader.py) with the real app, for two minutes, and
moves one weight or the other by a few steps. Prints a table and writes it into docs/BENCHMARKS.md.
"""

from __future__ import annotations

import asyncio
import os
import platform
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.reader import Reader
from bench.report import replace_section, times_row
from bench.serving import Served, served
from bench.sizes import size_of

USERS = 20
SECONDS = 120.0
PAUSE = 1.0
SEED = 2022
SETTLED = 60.0
"""Seconds after which memory must stay flat."""

WEIGHTS = (10, 20, 40, 60, 100)
PAPER = "paper-2022"


def main(dataset: str = PAPER) -> None:
    """Two and a half minutes."""
    with TemporaryDirectory() as folder, served(Path(folder) / "server.log") as app:
        readers = [_reader(app, dataset, k) for k in range(USERS)]
        load = os.getloadavg()[0]
        memory = asyncio.run(_all(readers, app))
        said = app.log.read_text(encoding="utf-8")
    lines = [*_table(readers, memory), "", *_notes(readers, dataset, said, load)]
    print("\n".join(lines))
    print(said, file=sys.stderr)
    replace_section(f"users-{dataset}", "\n".join(lines))


def _reader(app: Served, dataset: str, k: int) -> Reader:
    query = f"v=2&dataset={dataset}&water_weight={WEIGHTS[k % len(WEIGHTS)]}"
    return Reader(app.address, query, random.Random(SEED + k))


async def _all(readers: list[Reader], app: Served) -> list[tuple[float, int, int]]:
    """The readers at work; (seconds, bytes of the server, bytes of its workers), every second."""
    memory: list[tuple[float, int, int]] = []
    watching = asyncio.create_task(_watch(app.pid, memory))
    await asyncio.gather(*(reader.read(SECONDS, PAUSE) for reader in readers))
    watching.cancel()
    return memory


async def _watch(pid: int, memory: list[tuple[float, int, int]]) -> None:
    began = time.perf_counter()
    while True:
        memory.append((time.perf_counter() - began, *size_of(pid)))
        await asyncio.sleep(1.0)


def _table(readers: list[Reader], memory: list[tuple[float, int, int]]) -> list[str]:
    answers = [1000 * seconds for reader in readers for seconds in reader.answers]
    curves = [1000 * seconds for reader in readers for seconds in reader.curves]
    return [
        "| what | median | p95 | most | number |",
        "|---|---|---|---|---|",
        times_row(
            "**change sent -> page answered in full (frontier may be marked stale)**", answers
        ),
        times_row("change sent -> new frontier, where the next change left time for it", curves),
        "",
        "| memory | after a minute | at the end | growth |",
        "|---|---|---|---|",
        _memory_row("web server", [(at, server) for at, server, _ in memory]),
        _memory_row("its workers together", [(at, workers) for at, _, workers in memory]),
    ]


def _memory_row(what: str, sizes: list[tuple[float, int]]) -> str:
    last = sizes[-1][0]
    middle = np.median([size for at, size in sizes if SETTLED <= at < SETTLED + 5]) / 1e6
    end = np.median([size for at, size in sizes if at > last - 5]) / 1e6
    return f"| {what} | {middle:.0f} MB | {end:.0f} MB | {end - middle:+.1f} MB |"


def _notes(readers: list[Reader], dataset: str, said: str, load: float) -> list[str]:
    problems = [problem for reader in readers for problem in reader.problems]
    problems += [line for line in said.splitlines() if "rror" in line]
    changes = sum(len(reader.answers) for reader in readers)
    size = sum(reader.received for reader in readers) / changes / 1000
    return [
        f"{len(readers)} readers of {dataset}, each moving a weight every {PAUSE:.0f} s for "
        f"{SECONDS:.0f} s; {len(problems)} errors; {size:.0f} kB an answer. "
        f"Python {platform.python_version()}, {os.cpu_count()} processors, which the readers "
        f"share; other work on the machine before (load average): {load:.1f}.",
        *problems[:5],
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
