"""How close a preview comes to the certified answer: `python -m bench.preview`, about a minute.

Writes the table "Preview" of docs/BENCHMARKS.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

import numpy as np

from bench.report import replace_section
from equity_core import Pool, Scenario, load_dataset, solve
from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.preview.grid import EVERYDAY
from equity_core.preview.mixing import mix
from equity_core.preview.nodes import Nodes, gathered, grid_of, grid_scenario, solve_nodes
from equity_core.preview.packing import packed
from equity_core.scenario.parameters import BY_NAME
from ui.sidebar.widgets import ladder

PAIRS = 200
WEIGHTS = ("water_weight", "carbon_weight")
CASES: dict[str, dict[str, Any]] = {
    "paper-2022": {},
    "paper-2022, partial reach": {"reach": "partial"},
    "us-2023": {"dataset": "us-2023", "baseline": "nearest", "movable_share": 0.2},
    "world-2023": {"dataset": "world-2023"},
}
PAIRS_OF_LARGE = 40


@dataclass(frozen=True)
class Computed:
    """The nodes of a case, what they took (seconds of a processor), and their bytes."""

    nodes: Nodes
    seconds: float
    size: int


def main() -> None:
    """All cases."""
    told = [case(name) for name in CASES]
    write([line for lines, _ in told for line in lines], [note for _, note in told])


def write(lines: Sequence[str], notes: Sequence[str]) -> None:
    """The table, and below it what the nodes took."""
    heads = ("case", "weights", "pairs", "objective", "worst water", "worst carbon")
    table = [f"| {' | '.join(heads)} |", "|---|---|---|---|---|---|", *lines]
    text = "\n".join([*table, "", *(f"* {note}" for note in notes)])
    print(text)
    replace_section("preview", text)


def case(name: str) -> tuple[list[str], str]:
    """The rows of one case, and what its nodes took."""
    scenario = Scenario(**CASES[name])
    dataset = load_dataset(scenario.dataset)
    computed = compute(scenario, dataset)
    count = PAIRS if name.startswith("paper") else PAIRS_OF_LARGE
    lines = []
    for told, pairs in (("everyday", everyday_pairs(count)), ("slider", slider_pairs(count))):
        errors = np.array([differences(scenario, dataset, computed.nodes, *p) for p in pairs])
        cells = " | ".join(_spread(column) for column in errors.T)
        lines.append(f"| {name} | {told} | {count} | {cells} |")
    water, carbon, *_ = computed.nodes.amounts.shape
    return lines, (
        f"{name}: {water} x {carbon} nodes in {computed.seconds:.1f} s of one processor, "
        f"{computed.size / 1000:.0f} kB for the browser."
    )


def compute(scenario: Scenario, dataset: Dataset) -> Computed:
    """All nodes, from a cold start."""
    grid = grid_of(dataset)
    assert grid is not None
    places = [(grid.water[row], grid.carbon[column]) for row, column in grid.path]
    began = process_time()
    solved = solve_nodes(grid_scenario(scenario), dataset, places, Pool())
    seconds = process_time() - began
    nodes = gathered(grid, dataset, solved)
    return Computed(nodes, seconds, len(json.dumps(packed(nodes), separators=(",", ":"))))


def everyday_pairs(count: int) -> list[tuple[float, float]]:
    """Any weights up to four times the paper's."""
    shares = np.random.default_rng(1).random((count, 2)) * EVERYDAY
    return [(60 * water, 1500 * carbon) for water, carbon in shares.tolist()]


def slider_pairs(count: int) -> list[tuple[float, float]]:
    """Any two steps of both sliders."""
    draw = np.random.default_rng(2)
    steps = [draw.choice(ladder(BY_NAME[name]), count).tolist() for name in WEIGHTS]
    return list(zip(*steps, strict=True))


def differences(
    scenario: Scenario, dataset: Dataset, nodes: Nodes, water: float, carbon: float
) -> tuple[float, float, float]:
    """Preview against certified answer in %: objective, size of those of worst water and carbon."""
    certified = solve(scenario.replace(water_weight=water, carbon_weight=carbon), dataset, _POOL)
    preview = mix(nodes, water, carbon)
    sure = np.array([certified.by_column[column] for column in nodes.columns])
    objective = _objective(preview, water, carbon) / _objective(sure, water, carbon) - 1
    worst = [abs(preview[row].max() / sure[row].max() - 1) for row in (2, 3)]
    return 100 * objective, 100 * float(worst[0]), 100 * float(worst[1])


def _objective(amounts: Floats, water: float, carbon: float) -> float:
    """Of the policy equity without levies and lenses."""
    return float(amounts[1].sum() + water * amounts[2].max() + carbon * amounts[3].max())


def _spread(values: Sequence[float]) -> str:
    middle, high, most = np.percentile(values, (50, 95, 100))
    return f"{middle:.2f}% / {high:.2f}% / {most:.2f}%"


_POOL = Pool()

if __name__ == "__main__":
    main()
