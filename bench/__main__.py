"""Time every case beside its peers, print one table and write it into docs/BENCHMARKS.md."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from typing import Any

from bench.cases import CASES, Case
from bench.report import replace_section

PEERS = ("HIGHS", "CLARABEL")
HEAD = (
    "| case | ours, median (least to most) | certificate | peak memory | cvxpy + HiGHS "
    "| cvxpy + Clarabel | best peer / ours |\n|---|---|---|---|---|---|---|"
)


def main() -> None:
    """Run everything; a few minutes, most of it the peers'."""
    lines = [HEAD]
    for case in CASES:
        lines.append(_line(case))
        print(lines[-1], flush=True)
    start = _import_and_load()
    lines.append(f"\nImport of `equity_core` and load of the paper's data: {start:.2f} s.")
    lines.append(f"\nPython {platform.python_version()}, {os.cpu_count()} processors.")
    replace_section("engine", "\n".join(lines))


def _line(case: Case) -> str:
    ours = _run(case, "ours", 600)
    peers = {solver: _run(case, solver, case.peer_seconds) for solver in PEERS}
    finished = [peer["median"] for peer in peers.values() if peer]
    ratio = f"{min(finished) / ours['median']:.0f}x" if ours and finished else "-"
    cells = (
        case.name,
        _spread(ours),
        f"{max(ours['gap'], 0):.0e}" if ours else "-",
        f"{ours['peak_mb']:.0f} MB" if ours else "-",
        *(_spread(peer, case.peer_seconds) for peer in peers.values()),
        ratio,
    )
    return f"| {' | '.join(cells)} |"


def _run(case: Case, engine: str, limit: int) -> dict[str, Any]:
    """The result of `bench.timing`, empty when the time limit ended it."""
    command = [sys.executable, "-m", "bench.timing", case.name, engine]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True)
    except subprocess.TimeoutExpired:
        return {}
    return json.loads(done.stdout.splitlines()[-1])


def _spread(result: dict[str, Any], limit: int = 0) -> str:
    if not result:
        return f"stopped after {limit} s"
    return (
        f"{_short(result['median'])} ({_short(result['least'])} to {_short(result['most'])}, "
        f"{result['runs']} runs)"
    )


def _short(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _import_and_load() -> float:
    """Least of five fresh processes, seconds."""
    script = (
        "import time; began = time.perf_counter(); import equity_core; "
        "equity_core.load_dataset('paper-2022'); print(time.perf_counter() - began)"
    )
    runs = (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        for _ in range(5)
    )
    return min(float(run.stdout) for run in runs)


if __name__ == "__main__":
    main()
