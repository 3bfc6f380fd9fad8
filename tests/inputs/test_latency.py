"""The law of latencies that nobody measured, against what was measured and what files hold."""

import numpy as np
import pytest
from pytest import approx

from equity_core import load_dataset
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.latency import OWN_SITE_MS, estimated_round_trip_ms
from equity_core.inputs.places.distance import kilometres


def law_of(dataset: Dataset) -> np.ndarray:
    """[N, J] ms by the law for every pair of a data set."""
    latitude, longitude = dataset.sites[["latitude", "longitude"]].to_numpy(float).T
    home = dataset.home
    return estimated_round_trip_ms(
        kilometres(latitude[:, None], longitude[:, None], latitude[home], longitude[home])
    )


def test_the_law_by_hand():
    assert list(estimated_round_trip_ms([0, 1000, 10_010])) == [19.0, 33.0, 159.1]


@pytest.mark.parametrize(("name", "error"), [("paper-2022", 24.8), ("world-2023", 27.1)])
def test_the_law_meets_the_measured_pairs_within_the_stated_error(name, error):
    dataset = load_dataset(name)
    measured = dataset.latency_basis == "measured"
    off = np.abs(law_of(dataset) - dataset.latency_ms)[measured]
    assert off.mean() == approx(error, abs=0.1)
    assert 22 < off.mean() < 28


def test_the_states_were_estimated_by_the_same_law():
    states = load_dataset("us-2023")
    estimated = states.latency_basis == "estimated"
    assert estimated.sum() == 23 * 22
    assert states.latency_ms[estimated] == approx(law_of(states)[estimated], abs=0.21)
    assert (states.latency_ms[~estimated] == OWN_SITE_MS).all()
