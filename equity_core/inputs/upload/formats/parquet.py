"""Parquet: numbers and times as they are, text as categories."""

from __future__ import annotations

import io
from pathlib import PurePath

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from equity_core.inputs.problems import refused
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.formats.sheets import (
    SAVE_AS,
    Sheet,
    refuse_cells,
    refuse_columns,
    refuse_rows,
    require_distinct,
)

LARGEST_UNPACKED = 512 * 2**20
LONGEST_CELL = 200
MOST_TEXT = 256 * 2**20  # bytes in a column, once every row is written out


def read_parquet(file: str, content: bytes) -> Sheet:
    """The table; raises DatasetProblems where the file is none or asks for too much."""
    try:
        with pq.ParquetFile(io.BytesIO(content)) as parquet:
            facts = parquet.metadata
            refuse_columns(file, facts.num_columns)
            require_distinct(file, parquet.schema_arrow.names)
            refuse_rows(file, facts.num_rows)
            refuse_cells(file, facts.num_rows, facts.num_columns)
            groups = (facts.row_group(at) for at in range(facts.num_row_groups))
            _refuse_unpacked(file, sum(group.total_byte_size for group in groups))
            text = [field.name for field in parquet.schema_arrow if _is_text(file, field)]
        # As a dictionary: a long text that repeats a million times is kept once.
        with pq.ParquetFile(io.BytesIO(content), read_dictionary=text) as parquet:
            cells = _compact(file, parquet.read().replace_schema_metadata(), text)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refused(file, f"this cannot be read as Parquet: {shown(error)}", SAVE_AS) from error
    return Sheet(file, PurePath(file).stem, cells, np.arange(2, len(cells) + 2))


def _is_text(file: str, field: pa.Field) -> bool:
    """Whether a column holds text; raises DatasetProblems where it holds nothing usable."""
    kind = field.type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return True
    whole = pa.types.is_integer(kind) or pa.types.is_null(kind) or pa.types.is_boolean(kind)
    if whole or pa.types.is_floating(kind) or pa.types.is_timestamp(kind):
        return False
    raise refused(
        file,
        f"the column {shown(field.name)} is of type {kind}, which cannot be used",
        "Store numbers as integers or floats, names as text, and hours as text or as times.",
    )


def _compact(file: str, table: pa.Table, text: list[str]) -> pd.DataFrame:
    """Text as categories; raises DatasetProblems where a cell holds more than a cell may."""
    for name in text:
        size = 0
        for chunk in table[name].chunks:
            lengths = pc.binary_length(chunk.dictionary)
            longest = pc.max(pc.utf8_length(chunk.dictionary)).as_py() or 0
            size += pc.sum(pc.cast(pc.take(lengths, chunk.indices), pa.int64())).as_py() or 0
            if longest > LONGEST_CELL:
                raise refused(
                    file,
                    f"the column {shown(name)} has a text of {longest:,} characters",
                    f"Shorten it; a cell may have {LONGEST_CELL}.",
                )
        if size > MOST_TEXT:
            raise refused(
                file,
                f"the column {shown(name)} holds {size >> 20:,} MB of text, written out",
                f"Shorten its texts; a column may hold {MOST_TEXT >> 20} MB.",
            )
    return table.to_pandas(ignore_metadata=True, split_blocks=True)


def _refuse_unpacked(file: str, size: int) -> None:
    """At most LARGEST_UNPACKED bytes once unpacked."""
    if size > LARGEST_UNPACKED:
        raise refused(
            file,
            f"unpacked this would take more than {LARGEST_UNPACKED >> 20:,} MB",
            "Leave out hours or columns; if the file should be small, it is broken or hostile.",
        )
