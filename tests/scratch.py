"""A copy of the product to change at will."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("app.py", "serve.py", ".streamlit", "equity_core", "pages", "ui", "data", "static")


def scratch_copy(folder: Path) -> Path:
    """What is served and solved with, in a folder of its own."""
    copy = folder / "copy"
    copy.mkdir()
    for name in PRODUCT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    return copy
