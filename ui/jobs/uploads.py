"""Files that a reader brings: read beside the page, each in a process of its own; kept packed.

What the reader has on the page is small: the data set as the store would keep it. Unpacked are
the last ones that anybody looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from equity_core import logs
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.problems import DatasetProblems
from equity_core.inputs.upload.options import UploadAnswers
from ui.streamlit_internals import session_number
from ui.tallies import tallies

READERS = 2
"""Files of as many readers are read at a time; each may take a gigabyte."""


@dataclass(frozen=True)
class Brought:
    """A data set from somebody's files, packed, and what is to be said of how they were read."""

    id: str
    packed: bytes
    notes: tuple[str, ...]
    changes: tuple[str, ...]

    @property
    def dataset(self) -> Dataset:
        """Unpacked, once for several looks."""
        return _unpacked(self)


def begin_reading(files: Mapping[str, bytes], answers: UploadAnswers) -> Future[Brought]:
    """Have `files` (content by name) read; the result raises DatasetProblems where they cannot."""
    return _readers().submit(_read, files, answers, session_number())


@cache
def _readers() -> ThreadPoolExecutor:
    """Who waits for the processes that read."""
    return ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="brought")


def _read(files: Mapping[str, bytes], answers: UploadAnswers, session: str) -> Brought:
    # Not at the top: the page of those who bring nothing need not load them.
    upload: Any = import_module("equity_core.inputs.upload")
    packing: Any = import_module("equity_core.store.packing")
    size: dict[str, Any] = {
        "session": session,
        "files": len(files),
        "bytes": sum(map(len, files.values())),
    }
    try:
        with tallies().of("upload"):
            read = upload.read_noted(files, answers)
    except DatasetProblems as error:
        logs.note("upload_refused", problems=error.count, **size)
        raise
    logs.note("upload_read", **size)
    return Brought(read.dataset.id, packing.pack(read.dataset), read.notes, read.changes)


@lru_cache(maxsize=2)
def _unpacked(brought: Brought) -> Dataset:
    packing: Any = import_module("equity_core.store.packing")
    dataset: Dataset = packing.unpack(brought.id, brought.packed)
    return dataset
