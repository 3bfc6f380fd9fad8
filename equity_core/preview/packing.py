"""Nodes as the browser takes them: 16 bits an amount, which is twenty times closer than a mix."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np

from equity_core.arrays import Floats
from equity_core.preview.grid import units
from equity_core.preview.nodes import Nodes

STEPS = 65_535


def packed(nodes: Nodes) -> dict[str, Any]:
    """The nodes as JSON takes them; `ui/assets/preview/mixing.js` reads them.

    amounts  little-endian uint16 of [I, J, C, N] in base64: low + step times each, by column
    worth    little-endian float32 of [I, J, 3] in base64: objective, then both charges
    """
    low = nodes.amounts.min(axis=(0, 1, 3))
    step = (nodes.amounts.max(axis=(0, 1, 3)) - low) / STEPS
    step = np.where(step > 0, step, 1.0)
    counts = np.round((nodes.amounts - low[:, None]) / step[:, None])
    worth = np.concatenate([nodes.objective[..., None], nodes.charges], axis=2)
    return {
        "levels": [nodes.grid.water, nodes.grid.carbon],
        "units": units(),
        "columns": nodes.columns,
        "regions": nodes.amounts.shape[3],
        "low": low.tolist(),
        "step": step.tolist(),
        "amounts": _text(counts, "<u2"),
        "worth": _text(worth, "<f4"),
    }


def _text(figures: Floats, kind: str) -> str:
    return b64encode(figures.astype(kind).tobytes()).decode("ascii")
