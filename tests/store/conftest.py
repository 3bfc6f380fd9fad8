"""Stores on both databases: a SQLite file, and a real PostgreSQL for as long as tests run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.cluster import Cluster, running_cluster
from equity_core.settings.settings import StoreSettings
from equity_core.store.store import Store
from tests.store.saved import Clock


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> StoreSettings:
    """An empty store on each kind of database."""
    url = ""
    if request.param == "postgresql":
        name = "t" + os.urandom(6).hex()
        url = request.getfixturevalue("cluster").database(name)
    return StoreSettings(url, tmp_path / "deep" / "store.sqlite", 30, 8, 16, 5)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(settings: StoreSettings, clock: Clock) -> Store:
    return Store(settings, clock)
