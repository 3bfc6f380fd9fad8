"""The origin of a picture inside its file: PNG text chunks, SVG metadata or PDF keywords."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl

from equity_core.outcome.outcome import Outcome
from equity_core.outcome.provenance import provenance

# Fixed once for the whole process: SVG ids are hashed with it, so that equal pictures are equal
# bytes.
mpl.rcParams["svg.hashsalt"] = "equity-explorer"


def metadata(outcome: Outcome, heading: str, format: str) -> dict[str, Any]:  # noqa: A002
    """The same facts inside the file: PNG text chunks, SVG metadata or PDF keywords."""
    origin = provenance(outcome)
    creator = f"Equity Explorer {origin['product_version']}"
    words = [f"{name} {value}" for name, value in origin.items()]
    if format == "png":
        return {"Title": heading, "Software": creator, **origin}
    if format == "svg":
        return {"Title": heading, "Creator": creator, "Date": None, "Keywords": words}
    return {
        "Title": heading,
        "Creator": creator,
        "Producer": creator,
        "Keywords": ", ".join(words),
        "CreationDate": None,
    }
