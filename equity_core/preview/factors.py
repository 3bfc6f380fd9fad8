"""Optimal plans along the factors of one region: what a preview mixes while one of them is dragged.

A plan for two values of a factor, mixed, is a plan for the value between: figures of price, water
and carbon change no plan's feasibility, and the room for load grows evenly with capacity and
demand.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

import numpy as np

from equity_core.arrays import Floats
from equity_core.errors import InfeasibleError
from equity_core.inputs.dataset import Dataset
from equity_core.preview.grid import level_below
from equity_core.preview.nodes import can_preview, solve_plan
from equity_core.scenario.records import MULTIPLIERS, ByName
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.warm_starts import Pool

LEVELS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1.0, 1.2, 1.4, 1.7, 2.0, 2.5, 3.0)
"""Values of a factor for which a plan is solved, closest where a step changes most."""

SCALED = {"price": "cost", "water": "water", "carbon": "carbon"}
"""What a factor multiplies in its region; capacity and demand multiply nothing that is counted."""


@dataclass(frozen=True, eq=False)
class Course:
    """The plans along one factor of a region.

    levels   [L] values of the factor, those without a plan left out
    amounts  [L, 2 + K, N] energy (MWh), cost (USD) and burdens by region
    scaled   the column that the factor multiplies in its region; -1 where there is none
    region   number of the region
    """

    name: str
    levels: tuple[float, ...]
    amounts: Floats
    scaled: int
    region: int


def can_preview_factors(scenario: Scenario, dataset: Dataset, site: str) -> bool:
    """Whether plans along the factors of `site` tell what `scenario` will be like.

    Not where the baseline changes with them.
    """
    known = site in dataset.site_ids and scenario.baseline_world == "as_is"
    return known and can_preview(scenario, dataset)


def without_factors(scenario: Scenario, site: str) -> Scenario:
    """The scenario that stands for all that differ in multipliers of `site`, or in baseline."""
    left = scenario.factors_of(site).replace(**dict.fromkeys(MULTIPLIERS, 1.0))
    return scenario.replace(
        baseline=Scenario().baseline,
        factors=ByName({**scenario.factors, site: left}),
    )


def values_of(scenario: Scenario, site: str) -> list[float]:
    """The multipliers of `site`, in the order of `MULTIPLIERS`."""
    return [getattr(scenario.factors_of(site), name) for name in MULTIPLIERS]


def solve_course(
    scenario: Scenario,
    dataset: Dataset,
    site: str,
    name: str,
    pool: Pool,
    watch: Callable[[], None] = lambda: None,
    levels: Sequence[float] = LEVELS,
) -> Course:
    """The plans along the factor `name` of `site`, all else as in `scenario`; raises like `solve`.

    A level for which demand cannot be met has none.
    """
    found = {}
    for level in levels:
        moved = scenario.factors_of(site).replace(**{name: level})
        asked = scenario.replace(factors=ByName({**scenario.factors, site: moved}))
        try:
            found[level] = solve_plan(asked, dataset, pool, watch)
        except InfeasibleError:
            continue
    counted = ("energy", "cost", *(footprint.name for footprint in dataset.footprints))
    scaled = counted.index(SCALED[name]) if name in SCALED else -1
    shape = (0, len(counted), len(dataset.site_ids))
    amounts = np.array(list(found.values())) if found else np.zeros(shape)
    return Course(name, tuple(found), amounts, scaled, dataset.site_ids.index(site))


def whole(parts: Sequence[Course]) -> list[Course]:
    """Courses that were solved in parts, each in one piece."""
    return [
        replace(
            own[0],
            levels=tuple(chain.from_iterable(part.levels for part in own)),
            amounts=np.concatenate([part.amounts for part in own]),
        )
        for own in (list(each) for _, each in groupby(parts, key=lambda part: part.name))
    ]


def mix_along(course: Course, value: float) -> Floats:
    """[2 + K, N] what the mix of the plans on both sides of `value` counts there."""
    below = level_below(course.levels, value)
    low, high = course.levels[below], course.levels[below + 1]
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    ends = [(below, low, 1 - share), (below + 1, high, share)]
    return np.sum([part * _at(course, end, value / level) for end, level, part in ends], axis=0)


def _at(course: Course, level: int, times: float) -> Floats:
    """The plan of a level, at a factor `times` as large."""
    amounts = course.amounts[level].copy()
    if course.scaled >= 0:
        amounts[course.scaled, course.region] *= times
    return amounts


def packed_courses(courses: Sequence[Course]) -> list[dict[str, object]]:
    """As JSON takes them, amounts to six digits; `ui/assets/preview/courses.js` reads them."""
    return [
        {
            "levels": course.levels,
            "scaled": course.scaled,
            "region": course.region,
            "amounts": [
                [[float(f"{amount:.6g}") for amount in row] for row in plan]
                for plan in course.amounts.tolist()
            ],
        }
        for course in courses
    ]
