"""How well a sweep uses two workers, and what a part costs its scheduler: `python -m bench.sweeps`.

Writes the section "Sweeps" of docs/BENCHMARKS.md; some minutes. Serial and parallel runs take
turns, so that both meet the same load of the machine.
"""

from __future__ import annotations

import os
import pickle
import statistics
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import psutil

from bench.report import replace_section
from equity_core.sweeps.answering import Part, answer_part
from equity_core.sweeps.cluster import connected, sent, streamed
from equity_core.sweeps.parts import CELLS_A_PART, MOST_A_PART
from equity_core.sweeps.reading import read_sweep
from equity_core.sweeps.run import Run
from equity_core.version import __version__

WORKERS, PAIRS, EMPTY = 2, 3, 3_000
CASES = {
    "paper-2022, 640 questions": """
        [grid]
        water_weight = {from = 0, to = 120, steps = 32}
        carbon_weight = {from = 0, to = 3000, steps = 20}
    """,
    "world-2023, 192 questions": """
        [set]
        dataset = "world-2023"
        [grid]
        water_weight = {from = 0, to = 120, steps = 192}
    """,
}


@dataclass(frozen=True)
class Pair:
    """One serial run and the parallel run after it: seconds, and processor seconds of all."""

    serial: float
    parallel: float
    serial_cpu: float
    parallel_cpu: float

    @property
    def efficiency(self) -> float:
        """1 where two workers take half the time."""
        return self.serial / (WORKERS * self.parallel)


@dataclass(frozen=True)
class Measured:
    """A case: its pairs, and what a part carries and takes."""

    name: str
    pairs: list[Pair]
    bytes_out: float
    bytes_back: float
    part_seconds: float
    part_questions: float
    largest_part: int

    def row(self) -> str:
        """A row of the table."""
        return (
            f"| {self.name} | {_told([p.serial for p in self.pairs])} "
            f"| {_told([p.parallel for p in self.pairs])} "
            f"| {_told([100 * p.efficiency for p in self.pairs], '%')} "
            f"| {_told([100 * p.serial_cpu / p.parallel_cpu for p in self.pairs], '%')} "
            f"| {self.part_questions:.0f} | {self.part_seconds:.2f} s "
            f"| {self.bytes_out / 1000:.1f} kB | {self.bytes_back / 1000:.1f} kB |"
        )


def _told(values: list[float], unit: str = " s") -> str:
    """Median, and least to most."""
    return f"{statistics.median(values):.1f}{unit} ({min(values):.1f} to {max(values):.1f})"


def _run(text: str, folder: Path) -> Run:
    file = folder / "sweep.toml"
    file.write_text(text, encoding="utf-8")
    return Run.of(read_sweep(file), folder)


def _workers_cpu() -> float:
    """Processor seconds of this process and its workers so far."""
    own = psutil.Process()
    times = [process.cpu_times() for process in (own, *own.children(recursive=True))]
    return sum(spent.user + spent.system for spent in times)


def _timed(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds and processor seconds."""
    cpu, began = _workers_cpu(), perf_counter()
    action()
    return perf_counter() - began, _workers_cpu() - cpu


def measured(name: str, text: str) -> Measured:
    """Serial and parallel runs in turn, both warm."""
    with TemporaryDirectory() as folder, connected(workers=WORKERS) as client:
        run = _run(text, Path(folder))
        parts = list(run.parts)
        held = sent(client, run.datasets, run.parts.digests)
        client.wait_for_workers(WORKERS)
        pairs: list[Pair] = []

        def serial() -> None:
            for part in parts:
                answer_part(part, run.datasets)

        def parallel(turn: int) -> None:
            # Keys of their own, or the scheduler would know the answers from the last turn.
            fresh = (replace(part, key=f"{part.key}-{turn}") for part in parts)
            assert all(good for _, _, good in streamed(client, fresh, held))

        answer_part(parts[0], run.datasets)
        parallel(-1)
        for turn in range(PAIRS):
            alone, alone_cpu = _timed(serial)
            shared, shared_cpu = _timed(partial(parallel, turn))
            pairs.append(Pair(alone, shared, alone_cpu, shared_cpu))
        middle = statistics.median(pair.serial for pair in pairs)
        rows = answer_part(parts[0], run.datasets)
        return Measured(
            name,
            pairs,
            len(pickle.dumps(parts[0])),
            len(pickle.dumps(rows)),
            middle / len(parts),
            run.sweep.count / len(parts),
            largest_part(run),
        )


def largest_part(run: Run) -> int:
    """Questions of a part where the sweep is a large one on the same data."""
    cells = max(data.price.size for data in run.datasets.values())
    return min(MOST_A_PART, CELLS_A_PART // cells)


def scheduler_load() -> tuple[float, float]:
    """Milliseconds of a processor that scheduler and client together spend on a part without any
    question, and milliseconds from one such part to the next."""
    with connected(workers=WORKERS) as client:
        for count in (500, EMPTY):
            parts = (Part(f"{count}-{n}", 0, (), None, __version__) for n in range(count))
            cpu, began = process_time(), perf_counter()
            done = sum(1 for _ in streamed(client, parts, {}))
            assert done == count
            spent = process_time() - cpu, perf_counter() - began
    return 1000 * spent[0] / EMPTY, 1000 * spent[1] / EMPTY


def plan(case: Measured, load_ms: float, questions: int, workers: int) -> str:
    """What so many questions take on so many workers, on paper."""
    size = case.largest_part
    parts, each = questions / size, size / case.part_questions
    work = parts * each * case.part_seconds / workers
    scheduler = parts * load_ms / 1000
    most = 1000 * each * case.part_seconds / load_ms
    carried = parts * each * (case.bytes_out + case.bytes_back) / 1e9
    return (
        f"| {case.name.split(',')[0]} | {parts:,.0f} | {work / 60:.0f} min | {scheduler / 60:.1f} "
        f"min | {100 * scheduler / work:.0f}% | {most:,.0f} | {carried:.1f} GB |"
    )


def main() -> None:
    """Measure and write the section."""
    cases = [measured(name, text) for name, text in CASES.items()]
    load_ms, apart_ms = scheduler_load()
    lines = [
        "| case | serial | two workers | efficiency | by processor time | questions a part "
        "| a part | sent | answered |",
        "|---|---|---|---|---|---|---|---|---|",
        *(case.row() for case in cases),
        "",
        f"A part without any question costs scheduler and client together {load_ms:.2f} ms of a "
        f"processor; {EMPTY:,} of them followed one another every {apart_ms:.2f} ms.",
        "",
        "On paper, a million questions on 100 workers:",
        "",
        "| data | parts | each worker | scheduler, client | busy | full with workers | carried |",
        "|---|---|---|---|---|---|---|",
        *(plan(case, load_ms, 1_000_000, 100) for case in cases),
        "",
        f"{os.cpu_count()} processors.",
    ]
    replace_section("sweeps", "\n".join(lines))
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
