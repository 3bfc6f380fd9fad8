"""Tables whose index was stored with them: times become the column hour, counts are left out."""

from __future__ import annotations

import re

import pandas as pd

from equity_core.inputs.problems import Findings
from equity_core.inputs.upload.formats.sheets import Sheet

UNNAMED = re.compile(r"__index_level_\d+__")  # as pandas calls an index without a name in Parquet


def with_index(sheet: Sheet, findings: Findings) -> Sheet:
    """The sheet with an unnamed index as an ordinary column, where it holds times."""
    unnamed = [str(name) for name in sheet.cells.columns if UNNAMED.fullmatch(str(name))]
    if not unnamed:
        return sheet
    times = [
        name for name in unnamed if pd.api.types.is_datetime64_any_dtype(sheet.cells[name].dtype)
    ]
    for name in unnamed:
        done = "read as hour" if name in times[:1] else "left out"
        findings.note(f"{sheet.file}: the index without a name was {done}.")
    cells = sheet.cells.drop(columns=[name for name in unnamed if name not in times[:1]])
    return Sheet(
        sheet.file, sheet.stem, cells.rename(columns=dict.fromkeys(times, "hour")), sheet.rows
    )
