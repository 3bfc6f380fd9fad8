"""The machine's clock jumps, as libfaketime has it: what was saved stays and is found again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from equity_core.settings.settings import StoreSettings
from equity_core.store.store import Store

ROOT = Path(__file__).parents[2]
SAVE = (
    "from equity_core.store.store import Store; s = Store(); "
    "print(s.save_scenario('Then', 'policy=cost')); s.datasets()"
)


@pytest.mark.parametrize("jump", ["-20y", "+300d"])
def test_what_is_saved_while_the_clock_is_wrong_stays(tmp_path: Path, jump: str) -> None:
    if shutil.which("faketime") is None:
        pytest.skip("libfaketime is not installed here, so that no clock can jump.")
    file = tmp_path / "store.sqlite"
    store = Store(StoreSettings("", file, 365, 8, 16, 5))
    before = store.save_scenario("Before", "policy=water")
    then = subprocess.run(
        ["faketime", "-f", jump, sys.executable, "-c", SAVE],
        cwd=ROOT,
        env=os.environ | {"EQUITY_STORE_FILE": str(file), "FAKETIME_DONT_FAKE_MONOTONIC": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert store.open_scenario(before).title == "Before"
    assert store.open_scenario(then).title == "Then"
