"""A data set that another server removed is gone here, too, soon after."""

from __future__ import annotations

import time

import pytest

from equity_core.errors import DatasetError
from equity_core.store.store import Store
from tests.store.saved import own
from ui.jobs import datasets


def test_what_another_server_removed_is_let_go_of(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("EQUITY_STORE_FILE", str(tmp_path / "store.sqlite"))
    monkeypatch.setattr(datasets, "LOOK_EVERY", 0.01)
    name = Store().save_dataset(own("Elsewhere"))
    assert datasets.dataset(name).title == "Elsewhere"
    (tmp_path / "store.sqlite").rename(tmp_path / "away.sqlite")
    (tmp_path / "store.sqlite").write_bytes(b"no database" * 100)
    for _ in range(20):  # the store cannot be used: what is loaded serves on
        assert datasets.dataset(name).title == "Elsewhere"
        time.sleep(0.01)
    (tmp_path / "away.sqlite").rename(tmp_path / "store.sqlite")
    Store().remove_dataset(name)
    with pytest.raises(DatasetError, match="There is no data set"):
        for _ in range(1000):
            datasets.dataset(name)
            time.sleep(0.01)
