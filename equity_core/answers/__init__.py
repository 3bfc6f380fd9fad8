"""Answers as users take them away: in words, as files, as one zip."""

from equity_core.answers.answer import Answer, infeasible_json
from equity_core.answers.making import Making
from equity_core.export.atomic import write_file, write_files
from equity_core.store.opening import load_dataset, open_named_dataset

__all__ = [
    "Answer",
    "Making",
    "infeasible_json",
    "load_dataset",
    "open_named_dataset",
    "write_file",
    "write_files",
]
