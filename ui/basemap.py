"""The basemap file: `python -m ui.basemap` writes static/land.geojson from the bundled countries.

Kept as a file so that browsers fetch it once, instead of with every move of a slider.
"""

from __future__ import annotations

from pathlib import Path

from equity_core.inputs.geography import countries

LAND = Path(__file__).parents[1] / "static" / "land.geojson"
ANTARCTICA = "010"  # nobody lives there, and on a Mercator map it takes a third of the space


def land_geojson() -> str:
    """All countries but Antarctica, geometry alone, as GeoJSON."""
    frame = countries()
    shapes = frame[frame["id"] != ANTARCTICA][["geometry"]]
    text: str = shapes.to_json(drop_id=True, separators=(",", ":"))
    return text


if __name__ == "__main__":
    LAND.write_text(land_geojson(), encoding="utf-8")
