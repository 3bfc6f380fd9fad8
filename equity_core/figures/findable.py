"""Which markers on a map must be larger to be found."""

from __future__ import annotations

import math
from collections.abc import Mapping

SMALL, ALONE = 12, 24
"""Pixels, or points on paper: a region smaller than the one has a larger marker, where no other
site is nearer than the other."""


def to_enlarge(
    places: Mapping[str, tuple[float, float]], sizes: Mapping[str, float], pixel: float
) -> set[str]:
    """The sites whose region is too small to be seen and that have room for a larger marker.

    `places` and `sizes` (of the regions, from side to side) in degrees, by site; a pixel is `pixel`
    degrees wide. A site without a region counts as small.
    """
    return {
        site
        for site, place in places.items()
        if sizes.get(site, 0.0) < SMALL * pixel
        and all(
            math.dist(place, other) >= ALONE * pixel
            for name, other in places.items()
            if name != site
        )
    }
