"""Scenarios of equal keys share warm starts: whatever changes physics must change the key."""

import numpy as np
import pytest

from equity_core import Scenario
from equity_core.model.fleet import with_new_site
from equity_core.model.instance import build_physics, physics_key
from equity_core.scenario.parameters import FURTHER_TERMS, PARAMETERS, SITE_FACTORS
from tests.small import enriched, small_dataset

OTHER_NUMBERS = (0.5, 1.0, 2.0, 75.0)
LIKE = {"new_site_like": "a"}
PLACED = LIKE | {"new_site_latitude": 60.0, "new_site_longitude": 60.0}
BESIDE = {
    "new_site_mw": LIKE,
    "new_site_latitude": PLACED,
    "new_site_longitude": PLACED,
    "measure_parameter": {"measure": "lq"},
    "defer_window": {"deferrable_share": 0.5},
    "max_latency_ms": {"reach": "latency"},
}
"""What another field must say for this one to mean anything."""


@pytest.fixture(scope="module")
def dataset():
    """Two sites that differ in all figures, three hours, and round trips of 50 and 100 ms."""
    figures = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    small = small_dataset(
        10 * figures, figures, figures / 8, [40, 30], figures[::-1], partial=[[1, 0], [1, 1]]
    )
    return enriched(small, health=figures, marginal=figures, latency=[[50, 100], [100, 50]])


def values(row):
    """Other values of a field of the table."""
    if row.options:
        return [x for x in row.choices if x != row.default]
    if row.kind == "optional_time":
        return [f"2022-01-01T0{1 if row.name == 'start' else 2}:00Z"]
    if row.kind == "site":
        return ["a", "b"]
    if row.kind == "flag":
        return [True]
    numbers = [x for x in OTHER_NUMBERS if row.minimum <= x <= row.maximum and x != row.default]
    return [x for x in numbers if row.name != "measure_parameter" or x >= 1]


def changes():
    """(name, base scenario, changed scenario) for every field of the parameter table."""
    for row in PARAMETERS:
        # The data set is what the key is made for.
        for value in values(row) if row.name != "dataset" else ():
            base = Scenario(dataset="small", **BESIDE.get(row.name, {}))
            yield row.name, base, base.replace(**{row.name: value})
    base = Scenario(dataset="small")
    for field, place, rows in (
        ("factors", "a", SITE_FACTORS),
        ("further", "health", FURTHER_TERMS),
    ):
        for row in rows:
            for value in values(row):
                yield (
                    f"{field}.{row.name}",
                    base,
                    base.replace(**{field: {place: {row.name: value}}}),
                )


CHANGES = list(changes())


def arrays(scenario, dataset):
    physics = build_physics(scenario, with_new_site(scenario, dataset))
    return [*physics.arrays, *physics.waiting, physics.asked, physics.hours.to_numpy()]


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("name", "base", "changed"), CHANGES, ids=[name for name, *_ in CHANGES])
def test_equal_keys_mean_equal_physics(name, base, changed, dataset):
    if physics_key(base, dataset) == physics_key(changed, dataset):
        assert same(arrays(base, dataset), arrays(changed, dataset))


def test_every_field_is_looked_at():
    names = {row.name for row in PARAMETERS} - {"dataset"}
    names |= {f"factors.{row.name}" for row in SITE_FACTORS}
    assert {name for name, *_ in CHANGES} == names | {f"further.{x.name}" for x in FURTHER_TERMS}


def test_policy_leaves_the_key_alone(dataset):
    """Otherwise a slider would start afresh with every step; and physics have keys of their own."""
    physics = {"reach", "max_latency_ms", "demand_growth", "capacity_growth", "start", "end"}
    physics |= {
        "factors.capacity",
        "factors.demand",
        "movable_share",
        "deferrable_share",
        "defer_window",
    }
    physics |= {row.name for row in PARAMETERS if row.name.startswith("new_site")}
    physics |= {"onsite_water"}  # what a MWh takes is kept with the physics
    for name, base, changed in CHANGES:
        moved = physics_key(base, dataset) != physics_key(changed, dataset)
        expected = name in physics or changed.policy == "nearest"
        assert moved == expected, (name, changed)


def test_another_data_set_has_another_key(dataset):
    other = enriched(dataset, latency=2 * dataset.latency_ms)
    assert physics_key(Scenario(), dataset) != physics_key(Scenario(), other)
