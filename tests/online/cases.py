"""Small scenarios of at least a day, for laws of planning hour by hour."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from equity_core import Scenario
from tests.small import FIRST_HOUR, small_datasets

DAY = 24


def played_on(dataset, least=DAY):
    """The same data set, its hours repeated until there are so many, each time a little dearer."""
    hours = len(dataset.hours)
    times = -(-least // hours)
    dearer = np.repeat(1 + 0.25 * np.arange(times), hours)
    return replace(
        dataset,
        hours=pd.date_range(FIRST_HOUR, periods=times * hours, freq="h"),
        price=np.tile(dataset.price, times) * dearer,
        intensity=np.tile(dataset.intensity, times),
        demand=np.tile(dataset.demand, times),
    )


@dataclass(frozen=True)
class Case:
    """A scenario without limits and its data set."""

    scenario: Scenario
    dataset: object


MEASURES = [("worst", None), ("worst_share", 0.3), ("worst_share", 0.5), ("lq", 1.0), ("lq", 4.0)]


@st.composite
def cases(draw, policies=("equity", "equity", "equity", "cost_and_carbon")):
    """Any measure, lens, levy and reach; prices may be negative."""
    dataset = played_on(draw(small_datasets()), draw(st.sampled_from([24, 30, 49])))
    measure, parameter = draw(st.sampled_from(MEASURES))
    lens = draw(st.lists(st.sampled_from([0.5, 1.0, 3.0]), min_size=5, max_size=5))
    factors = {
        site: {"lens": weight, "water": draw(st.sampled_from([1.0, 1.0, 0.0, 2.0]))}
        for site, weight in zip(dataset.site_ids, lens, strict=False)
    }
    policy = draw(st.sampled_from(policies))
    scenario = Scenario(
        dataset="small",
        policy=policy,
        reach=draw(st.sampled_from(["full", "partial"])),
        measure=measure,
        measure_parameter=parameter,
        lens=draw(st.sampled_from(["equal", "own"])),
        water_weight=draw(st.sampled_from([0.0, 0.5, 10.0, 60.0])),
        carbon_weight=draw(st.sampled_from([0.0, 10.0, 1500.0])),
        water_price=0.0 if policy == "carbon" else draw(st.sampled_from([0.0, 5.0])),
        factors=factors,
    )
    return Case(scenario, dataset)
