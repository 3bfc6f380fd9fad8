"""How the time of a cold solve grows with hours and sites: `python -m bench.growth`.

Draws docs/images/growth.png and writes the fitted exponents into docs/BENCHMARKS.md.
"""

from __future__ import annotations

import statistics
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes

from bench.cases import grown
from bench.report import REPORT, replace_section
from equity_core import Scenario, load_dataset, solve

HOURS = (548, 1095, 2190, 4380, 8760)
SITES = (10, 20, 40, 70, 100)
AT_SITES, AT_HOURS = 16, 2190
RUNS = 7


def main() -> None:
    """Time both directions, draw them, and write how they grow."""
    by_hours = [_seconds(AT_SITES, hours) for hours in HOURS]
    by_sites = [_seconds(sites, AT_HOURS) for sites in SITES]
    figure, axes = plt.subplots(1, 2, figsize=(8, 3.2), layout="constrained", sharey=True)
    _draw(axes[0], HOURS, by_hours, f"hours ({AT_SITES} sites)")
    _draw(axes[1], SITES, by_sites, f"sites ({AT_HOURS} hours)")
    axes[0].set_ylabel("cold solve to 1e-9, ms")
    figure.savefig(REPORT.parent / "images" / "growth.png", dpi=100)
    hours, sites = _exponent(HOURS, by_hours), _exponent(SITES, by_sites)
    replace_section(
        "growth",
        "![Time of a cold solve by hours and by sites](images/growth.png)\n\n"
        f"Time grows with hours to the power {hours:.2f} and with sites to the power {sites:.2f} "
        f"(equity case, full reach, median of {RUNS} runs; linear is 1).",
    )


def _seconds(sites: int, hours: int) -> float:
    dataset = grown(load_dataset("paper-2022"), sites, hours)
    seconds = []
    for _ in range(RUNS + 1):
        began = perf_counter()
        solve(Scenario(), dataset)
        seconds.append(perf_counter() - began)
    return statistics.median(seconds[1:])


def _exponent(sizes: tuple[int, ...], seconds: list[float]) -> float:
    """The slope of the straight line through the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def _draw(axes: Axes, sizes: tuple[int, ...], seconds: list[float], label: str) -> None:
    milliseconds = 1000 * np.array(seconds)
    axes.loglog(sizes, milliseconds, "o-", color="#1f5fa8")
    linear = milliseconds[0] * np.array(sizes) / sizes[0]
    axes.loglog(sizes, linear, "--", color="0.6", label="linear")
    axes.set_xlabel(label)
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.legend(frameon=False)


if __name__ == "__main__":
    main()
