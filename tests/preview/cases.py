"""Cases to which the preview is held in Python and in the browser alike.

`python -m tests.preview.cases` writes them anew, as Python answers them: look at what moved.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from equity_core import Pool, Scenario
from equity_core.outcome.percent import change_pct
from equity_core.preview.factors import Course, mix_along, packed_courses, solve_course
from equity_core.preview.glance import certified_sentence, glance, preview_sentence
from equity_core.preview.grid import WeightGrid, cell_of, units
from equity_core.preview.mixing import mix
from equity_core.preview.nodes import Nodes, gathered, solve_nodes
from equity_core.preview.packing import packed
from equity_core.text import numbers
from equity_core.text.nouns import noun
from tests.small import small_dataset

FILE = Path(__file__).with_suffix(".json")
GRID = WeightGrid((0.0, 10.0, 60.0, 1000.0), (0.0, 100.0, 1500.0, 1e5))
DATASET = small_dataset(
    price=[[10, 40, 25, -8], [30, 20, 35, 30], [50, 60, 45, 20]],
    water=[[4.1, 3, 5.3, 4], [2, 2, 1, 2], [0.5, 1, 0.5, 0.25]],
    carbon=[[0.5, 0.25, 0.5, 0.75], [0.75, 0.5, 0.25, 0.5], [0.125, 0.25, 0.5, 0.125]],
    capacity=[4, 3, 5],
    demand=[[2, 3, 1, 2], [1, 1, 2, 1], [3, 2, 2, 4]],
)
WEIGHTS = [(0, 0), (60, 1500), (5, 0), (9.99, 99.9), (33, 700), (60, 90000), (1000, 1e5), (700, 20)]
FACTORS = [0.05, 0.07, 0.3, 0.99, 1.0, 1.55, 2.999, 3.0]
VALUES = [
    0,
    0.0004,
    -0.0004,
    0.5,
    21.3456,
    -0.5,
    1820.4,
    9999.6,
    999_999,
    11_345_000_000,
    -3.2e6,
    1.2e18,
]
PLACES = ("region", "regions")
SHOWN_AS = ["m3", "usd", "%", "t", "people"]


def nodes() -> Nodes:
    """Those of the small data set."""
    places = [(GRID.water[row], GRID.carbon[column]) for row, column in GRID.path]
    return gathered(GRID, DATASET, solve_nodes(Scenario(), DATASET, places, Pool()))


def course() -> Course:
    """The plans along a region's water, of the small data set."""
    site = DATASET.site_ids[1]
    return solve_course(Scenario(), DATASET, site, "water", Pool())


def answers(found: Nodes, along: Course) -> dict[str, Any]:
    """What both languages have to say."""
    mixes = [mix(found, *weights).tolist() for weights in WEIGHTS]
    before, footprints = np.array(mixes[0]), DATASET.footprints
    seen = [glance(footprints, before, np.array(each)) for each in mixes]
    return {
        "nodes": packed(found),
        "footprints": [{"noun": noun(item), "unit": item.unit} for item in footprints],
        "mixes": [[weights, mixed] for weights, mixed in zip(WEIGHTS, mixes, strict=True)],
        "cells": [
            [weight, *cell_of(GRID.water, weight, units()[0])]
            for weight in (0, 5, 10, 59.9, 60, 999, 1000, 2000)
        ],
        "course": packed_courses([along])[0],
        "along": [[value, mix_along(along, value).tolist()] for value in FACTORS],
        "amounts": [
            [value, unit, numbers.amount(value, unit), numbers.change(value, unit, 2)]
            for value in VALUES
            for unit in SHOWN_AS
        ],
        "percent": [
            [before, after, numbers.rounded_change(change_pct(before, after))]
            for before, after in (
                *((10, 12), (10, 10), (-10, 5), (0, 5), (3, 2.9999999), (7, 0.002), (9, 0.06)),
                *((8, 8.009), (8, 8.7), (1, 3.456)),
            )
        ],
        "sentences": [preview_sentence(each, "under the cheapest plan", PLACES) for each in seen],
        "certified": [certified_sentence(seen[4], each) for each in seen],
    }


if __name__ == "__main__":
    FILE.write_text(
        json.dumps(answers(nodes(), course()), ensure_ascii=False, separators=(",", ":")) + "\n",
        "utf-8",
    )
