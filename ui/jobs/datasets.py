"""The data sets that readers look at, loaded once for all; every store is bounded."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from equity_core import Scenario
from equity_core.inputs.bundled.about import read_about
from equity_core.inputs.catalogue import bundled
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.periods import Period, periods_of
from equity_core.model.fleet import fleet_of
from equity_core.scenario.link import to_query
from equity_core.store.opening import open_named_dataset
from ui.maps.places import Camera
from ui.maps.polygons import Shape, shapes_of

NEW_SITE = ("new_site_like", "new_site_mw", "new_site_latitude", "new_site_longitude")


@lru_cache(maxsize=8)
def dataset(name: str) -> Dataset:
    """The data set `name`; raises DatasetError."""
    return open_named_dataset(name)


def forget_datasets() -> None:
    """Look every data set up anew: one was removed."""
    dataset.cache_clear()


def fleet(scenario: Scenario) -> Dataset:
    """The data set of `scenario` with its new site, if it has one; raises EquityError."""
    if not scenario.new_site_like:
        return dataset(scenario.dataset)
    place = {name: getattr(scenario, name) for name in NEW_SITE}
    return _extended(Scenario(dataset=scenario.dataset, **place))


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Scenario: to_query})
def _extended(scenario: Scenario) -> Dataset:
    return fleet_of(scenario, dataset(scenario.dataset))


@lru_cache(maxsize=8)
def periods(name: str) -> tuple[Period, ...]:
    """The periods that the data set `name` offers; raises DatasetError."""
    return periods_of(dataset(name).hours)


@lru_cache(maxsize=64)
def title(name: str) -> str:
    """The title of the data set `name`, without loading the figures of a bundled one."""
    folder = bundled().get(name)
    return read_about(folder / "dataset.json").title if folder else dataset(name).title


@lru_cache(maxsize=16)
def shapes(name: str, camera: Camera) -> tuple[Shape, ...]:
    """The polygons of the data set's regions, ready for the map."""
    return shapes_of(dataset(name), camera)
