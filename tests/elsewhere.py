"""The template's figures at places of one's own: a data set as somebody would bring it."""

from __future__ import annotations

import pandas as pd

from equity_core.inputs.upload.template import template_tables

SPAIN = {
    "Madrid": (40.4, -3.7, "ESP"),
    "Barcelona": (41.4, 2.17, "ESP"),
    "Zaragoza": (41.65, -0.88, "ESP"),
    "Sevilla": (37.4, -5.98, "ESP"),
    "Bilbao": (43.26, -2.93, "ESP"),
}
PACIFIC = {
    "Fiji": (-18.1, 178.4, "FJI"),
    "Samoa": (-13.8, -171.8, "WSM"),
    "Auckland": (-36.8, 174.8, "NZL"),
    "Tonga": (-21.1, -175.2, "TON"),
}
SOUTH = {
    "Sydney": (-33.9, 151.2, "AUS"),
    "Cape Town": (-33.9, 18.4, "ZAF"),
    "São Paulo": (-23.5, -46.6, "BRA"),
    "Santiago": (-33.4, -70.7, "CHL"),
    "Lagos": (6.5, 3.4, "NGA"),
}


def placed_csv(places: dict[str, tuple[float, float, str]], hours: int = 24) -> bytes:
    """One tidy table; `places` are latitude, longitude and country by name."""
    hourly = template_tables()["hourly"]
    blocks = [block.head(hours) for _, block in hourly.groupby("site", sort=False)]
    tables = [
        blocks[at % len(blocks)].assign(
            site=f"site-{at}", name=name, latitude=latitude, longitude=longitude, country=country,
            capacity_mw=90.0,
        )
        for at, (name, (latitude, longitude, country)) in enumerate(places.items())
    ]  # fmt: skip
    return pd.concat(tables).to_csv(index=False).encode()
