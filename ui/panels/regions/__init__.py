"""The regions of a result: on the map, beside it as bars or lines, and what of them is shown."""
