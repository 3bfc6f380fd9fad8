"""Files that somebody brings are read in the room of equity_core.inputs.outside, never here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from equity_core.inputs.dataset import Dataset
from equity_core.inputs.outside import Reply, RoomError, open_outside
from equity_core.inputs.outside.room import spoken_names, unforeseen
from equity_core.inputs.parts import put_together, taken_apart
from equity_core.inputs.problems import refused
from equity_core.inputs.upload.formats.sheets import refuse_size
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.pipeline import Upload, noted_here

TOLD = ("notes", "changes")
TASK = f"{__name__}:taken_in"


def read_upload(files: Mapping[str, bytes], answers: UploadAnswers | None = None) -> Dataset:
    """The data set of `read_noted`, without its notes."""
    return read_noted(files, answers).dataset


def read_noted(files: Mapping[str, bytes], answers: UploadAnswers | None = None) -> Upload:
    """Read `files` (name to content: CSV, Parquet, XLSX) as docs/DATA.md describes them.

    The data set's id is `own-` and 24 hex digits of the SHA-256 of its content: the same files
    with the same answers give the same data set anywhere.
    Raises DatasetProblems with up to 100 problems, each with file, row, column, value and remedy.
    """
    refuse_size({name: len(content) for name, content in files.items()})
    said = vars(answers or UploadAnswers())
    options = {
        name: dict(item) if isinstance(item, Mapping) else item for name, item in said.items()
    }
    try:
        return _upload(spoken_names(files), open_outside(TASK, files, options))
    except RoomError as error:
        raise refused(error.files, error.fault, error.fix) from error


def taken_in(
    files: dict[str, bytes], options: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """In the room: the data set's texts, and its arrays as tables of one column."""
    read = noted_here(files, UploadAnswers(**options))
    texts, arrays = taken_apart(read.dataset)
    shapes = {name: array.shape for name, array in arrays.items()}
    tables = {name: pa.table({"value": array.reshape(-1)}) for name, array in arrays.items()}
    told = {"notes": list(read.notes), "changes": list(read.changes)}
    return {"texts": texts, "shapes": shapes} | told, tables


def _upload(names: str, reply: Reply) -> Upload:
    try:
        arrays = {
            name: reply.tables[name]["value"].to_numpy().reshape(shape)
            for name, shape in reply.record["shapes"].items()
        }
        basis = np.asarray(arrays["latency_basis"], dtype=np.str_)
        dataset = put_together(reply.record["texts"], arrays | {"latency_basis": basis})
        return Upload(dataset, *(tuple(map(str, reply.record[name])) for name in TOLD))
    except (KeyError, TypeError, ValueError) as error:
        raise unforeseen(names, f"{TASK}:no_data_set") from error
