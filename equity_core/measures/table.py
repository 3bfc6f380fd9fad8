"""The measures that a scenario may choose, by name, the first one unless another is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from equity_core.measures.lq import LQ
from equity_core.measures.measure import Measure
from equity_core.measures.worst import WORST
from equity_core.measures.worst_share import WORST_SHARE

MEASURES: Mapping[str, Measure] = MappingProxyType(
    {measure.name: measure for measure in (WORST, WORST_SHARE, LQ)}
)
