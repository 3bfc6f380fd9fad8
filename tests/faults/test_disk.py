"""A disk that is full or takes nothing, a damaged store: a sentence, and what was there stays."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from equity_core.errors import DatasetError, EquityError, StoreAwayError, StoreError
from equity_core.settings.settings import StoreSettings
from equity_core.store.store import Store
from tests.store.saved import equal, own

ROOT = Path(__file__).parents[2]
SMALL, SPARE = 2_000_000, 1_000_000


def kept_in(file: Path) -> Store:
    return Store(StoreSettings("", file, 30, 8, 16, 100_000))


def mounted(*words: str) -> bool:
    """Whether the system let us mount something."""
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of two megabytes."""
    if os.geteuid() or not mounted("-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(tmp_path)):
        pytest.skip("This system lets us mount no small disk; only root may.")
    yield tmp_path
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_a_full_disk_under_the_store(disk: Path) -> None:
    store = kept_in(disk / "store.sqlite")
    first = store.save_scenario("First", "policy=cost")
    (disk / "others").write_bytes(b"x" * (SMALL - SPARE))
    with pytest.raises(StoreAwayError, match=r"\(the disk (is full|takes or gives nothing)"):
        for number in range(1_000):
            store.save_scenario(f"Number {number}", "x" * 30_000)
    (disk / "others").unlink()
    assert store.open_scenario(first).title == "First"
    assert store.open_scenario(store.save_scenario("After", "policy=cost")).title == "After"


def test_a_store_that_may_only_be_read(disk: Path) -> None:
    store = kept_in(disk / "store.sqlite")
    first = store.save_scenario("First", "policy=cost")
    assert mounted("-o", "remount,ro", str(disk))
    with pytest.raises(StoreAwayError, match=r"(it|its folder) (can)?not be written to\)"):
        store.save_scenario("Second", "policy=cost")
    assert mounted("-o", "remount,rw", str(disk))
    assert store.open_scenario(first).title == "First"


@pytest.mark.slow
def test_a_limit_on_files_under_exports_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    former = tmp_path / "regions.csv"
    former.write_text("former", encoding="utf-8")
    command = [sys.executable, "-m", "equity_core", "solve", "--set", "water_weight=80"]
    done = subprocess.run(
        [*command, "--out", str(tmp_path)],
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "The files could not be written" in done.stderr
    assert "Nothing was changed there" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"regions.csv": "former"}


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
def test_a_store_damaged_in_the_middle_tells_so_and_never_a_wrong_figure(
    tmp_path: Path, place: float
) -> None:
    file = tmp_path / "store.sqlite"
    store = kept_in(file)
    sets = [own(f"Number {number}") for number in range(3)]
    for data in sets:
        store.save_dataset(data)
    content = bytearray(file.read_bytes())
    at = int(place * len(content))
    content[at:] = b"\xa5" * len(content[at:])
    file.write_bytes(content)
    told = [_opened(store, data.id) for data in sets]
    assert any(isinstance(answer, EquityError) for answer in told)
    for data, answer in zip(sets, told, strict=True):
        assert isinstance(answer, EquityError) or equal(answer, data)


def _opened(store: Store, name: str):
    try:
        return store.open_dataset(name)
    except (StoreError, DatasetError) as error:
        return error
