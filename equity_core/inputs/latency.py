"""The round trip that is assumed where none was measured.

A line over the distance; docs/decisions/0013 says why this one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from equity_core.arrays import Floats

OWN_SITE_MS = 2.0
"""Between a gateway and the site at its own place."""

LEAST_MS, MS_PER_KM = 19.0, 0.014


def estimated_round_trip_ms(kilometres: npt.ArrayLike) -> Floats:
    """Median round trip in ms over distances in km, to a tenth of a millisecond.

    Source: Microsoft's published Azure P50 latency matrix, fitted over the pairs that
    `paper-2022` and `world-2023` hold as measured (mean error 22 to 28 ms).
    """
    line = LEAST_MS + MS_PER_KM * np.asarray(kilometres, dtype=np.float64)
    rounded: Floats = np.round(line, 1)
    return rounded
