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
    """Run everything; some minutes, most of it the peers'."""
    lines, known = [HEAD], {}
    for case in CASES:
        # A peer keeps nothing between solves: its next step is as long as its first.
        question = (case.sites, case.hours, case.kind == "frontier", *case.asks.items())
        if question not in known:
            known[question] = {solver: _run(case, solver, case.peer_seconds) for solver in PEERS}
        lines.append(_line(case, _run(case, "ours", 600), known[question]))
        print(lines[-1], flush=True)
    start = _import_and_load()
    lines.append(f"\nImport of `equity_core` and load of the paper's data: {start:.2f} s.")
    lines.append(f"\nPython {platform.python_version()}, {os.cpu_count()} processors.")
    replace_section("engine", "\n".join(lines))


def _line(case: Case, ours: dict[str, Any], peers: dict[str, dict[str, Any]]) -> str:
    cells = (
        case.name,
        _spread(ours),
        f"{max(ours['gap'], 0):.0e}" if ours else "-",
        f"{ours['peak_mb']:.0f} MB" if ours else "-",
        *(_spread(peer, case.peer_seconds) for peer in peers.values()),
        _ratio(case, ours, peers),
    )
    return f"| {' | '.join(cells)} |"


def _ratio(case: Case, ours: dict[str, Any], peers: dict[str, dict[str, Any]]) -> str:
    """Best peer by ours; at least its time limit where no peer came to an end."""
    if not ours:
        return "-"
    finished = [peer["median"] for peer in peers.values() if peer]
    if finished:
        return f"{min(finished) / ours['median']:.0f}x"
    return f"above {case.peer_seconds / ours['median']:.0f}x"


def _run(case: Case, engine: str, limit: int) -> dict[str, Any]:
    """The result of `bench.timing`; empty when the time limit ended it, or the peer gave up."""
    command = [sys.executable, "-m", "bench.timing", case.name, engine]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return {}
    return json.loads(done.stdout.splitlines()[-1])


def _spread(result: dict[str, Any], limit: int = 0) -> str:
    if not result:
        return f"not within {limit} s"
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
