"""What may be named as a data set, and by whom."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from equity_core.errors import DatasetError
from equity_core.inputs.catalogue import bundled
from equity_core.store.opening import load_dataset, open_named_dataset


def test_a_bundled_data_set_is_opened_by_its_name() -> None:
    assert open_named_dataset("paper-2022").id == "paper-2022"


@pytest.mark.parametrize("name", ["/etc", "/no/such", "..", ".", "data/paper-2022", "paper-2023"])
def test_no_path_is_looked_at(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bundled()["paper-2022"].parents[1])
    with pytest.raises(DatasetError, match="There is no data set"):
        open_named_dataset(name)


def test_a_folder_is_opened_for_whoever_calls_from_python(tmp_path: Path) -> None:
    folder = shutil.copytree(bundled()["paper-2022"], tmp_path / "mine")
    assert load_dataset(folder).hours.size == 457
