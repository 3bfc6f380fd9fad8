"""The data sets that readers look at, loaded once for all; every store is bounded."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

import streamlit as st

from equity_core import Scenario
from equity_core.errors import StoreError
from equity_core.inputs.bundled.about import read_about
from equity_core.inputs.catalogue import bundled
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.identity import is_own
from equity_core.inputs.periods import Period, periods_of
from equity_core.model.fleet import fleet_of
from equity_core.scenario.link import to_query
from equity_core.store.opening import open_named_dataset
from ui.maps.places import Camera
from ui.maps.polygons import Shape, shapes_of

NEW_SITE = ("new_site_like", "new_site_mw", "new_site_latitude", "new_site_longitude")


LOOK_EVERY = 60.0
"""Seconds after which it is noticed that another server removed a data set of somebody's own."""


def dataset(name: str) -> Dataset:
    """The data set `name`; raises DatasetError."""
    if is_own(name):
        _look_after(name, int(time.monotonic() / LOOK_EVERY))
    return _loaded(name)


def forget_datasets() -> None:
    """Look every data set up anew: one was removed."""
    _loaded.cache_clear()


@lru_cache(maxsize=8)
def _loaded(name: str) -> Dataset:
    return open_named_dataset(name)


@lru_cache(maxsize=32)
def _look_after(name: str, _: int) -> None:
    """Once a while, beside the page: nobody waits for the store."""
    _lookout().submit(_forget_if_removed, name)


@cache
def _lookout() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="lookout")


def _forget_if_removed(name: str) -> None:
    store: Any = import_module("equity_core.store.store")
    with suppress(StoreError):  # while it is away, what is loaded serves on
        if not store.Store().has_dataset(name):
            forget_datasets()


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
