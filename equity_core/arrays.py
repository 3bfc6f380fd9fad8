"""What arrays hold, by short names; their axes stand where they are used."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

Positions = npt.NDArray[np.intp]
"""Places along an axis of another array."""
