"""docs/BENCHMARKS.md: each measurement replaces its own section and leaves the others."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

REPORT = Path(__file__).resolve().parents[1] / "docs" / "BENCHMARKS.md"


def times_row(what: str, times: Sequence[float]) -> str:
    """A row of a table of milliseconds: what, median, p95, most, number."""
    middle, high, most = np.percentile(times, (50, 95, 100)) if len(times) else [math.nan] * 3
    return f"| {what} | {middle:.0f} ms | {high:.0f} ms | {most:.0f} ms | {len(times)} |"


def replace_section(name: str, text: str) -> None:
    """Put `text` between the markers of section `name`."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    report = REPORT.read_text(encoding="utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    if not pattern.search(report):
        raise SystemExit(f"{REPORT} lacks the markers {begin} and {end}; put them back.")
    section = f"{begin}\n{text}\n{end}"
    REPORT.write_text(pattern.sub(lambda _: section, report), encoding="utf-8")
