"""Grid areas: regions whose prices and mix of power move together."""

from __future__ import annotations

from equity_core.inputs.dataset import Dataset


def grid_areas(dataset: Dataset) -> tuple[str, ...]:
    """[N] the grid area of each site.

    The balancing area that supplies most of it where the data set names balancing areas
    ("SRP:0.63+AZPS:0.37" is SRP), else its country, else the site by itself. A country is the
    coarsest reading: the four US sites of paper-2022 become one area, though Texas has a grid of
    its own, since nothing in that data set says so.
    """
    sites = dataset.sites
    named = sites.get("grid_areas")
    areas = [""] * len(sites) if named is None else [_largest(str(text)) for text in named]
    return tuple(
        area or str(country) or site
        for area, country, site in zip(areas, sites["country"], dataset.site_ids, strict=True)
    )


def _largest(shares: str) -> str:
    """The area with the largest share of "SRP:0.63+AZPS:0.37"; the first of several; "" of none."""
    parts = [part.partition(":") for part in shares.split("+") if part not in ("", "nan")]
    return max(parts, key=lambda part: float(part[2] or 1))[0] if parts else ""
