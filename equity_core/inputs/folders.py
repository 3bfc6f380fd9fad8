"""Where the product's own files are: beside the package in a checkout, inside it once installed.

Only the standard library: the process that opens files from outside needs it before all else.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

PACKAGE = Path(str(files("equity_core"))).resolve()
_CARRIED = PACKAGE / "data"

DATA = _CARRIED if _CARRIED.is_dir() else PACKAGE.parent / "data"
"""The bundled data sets, boundaries and presets, one folder each; nothing is written there."""


def kept() -> Path:
    """What the user keeps is relative to this: the checkout, or else the user's own data folder.

    An installed package may be read-only, and whatever lies in it goes when it is removed.
    Source of the folder's name: XDG Base Directory Specification.
    """
    if DATA != _CARRIED:
        return PACKAGE.parent
    stated = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (stated if stated.is_absolute() else Path.home() / ".local" / "share") / "equity-core"
