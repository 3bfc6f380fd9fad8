"""What goes into the room and comes out: JSON and Arrow in files of its folder, never a pickle."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

LARGEST_RECORD = 32 << 20
LARGEST_TABLES = 512 << 20
MOST_TABLES = 1_000
REQUEST, REPLY = "request.json", "reply.json"


class BrokenReplyError(Exception):
    """What lies in the folder is not a reply: nothing there, too much, or something else."""


@dataclass(frozen=True)
class Reply:
    """What files turned out to hold: `record` is plain JSON, `tables` are checked in full."""

    record: dict[str, Any]
    tables: Mapping[str, pa.Table]


@dataclass(frozen=True)
class Request:
    """What is to be done in the room: `task` is "package.module:function"."""

    task: str
    files: Mapping[str, bytes]
    options: Mapping[str, Any]

    def write(self, folder: Path) -> None:
        """The files lie under numbers: their names are no paths."""
        for at, content in enumerate(self.files.values()):
            (folder / str(at)).write_bytes(content)
        told = {"task": self.task, "names": list(self.files), "options": dict(self.options)}
        (folder / REQUEST).write_text(json.dumps(told), encoding="ascii")

    @classmethod
    def read(cls, folder: Path) -> Request:
        """The request that was written there."""
        told = json.loads((folder / REQUEST).read_text(encoding="ascii"))
        files = {name: (folder / str(at)).read_bytes() for at, name in enumerate(told["names"])}
        return cls(told["task"], files, told["options"])


def write_tables(folder: Path, tables: Mapping[str, pa.Table]) -> None:
    """Each a file of its own, under a number."""
    for at, table in enumerate(tables.values()):
        path = str(folder / _table(at))
        with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)


def write_told(folder: Path, told: Mapping[str, Any]) -> None:
    """The JSON of a reply; last, so that where it is, all is."""
    unfinished = folder / f"{REPLY}.part"
    unfinished.write_text(json.dumps(told, ensure_ascii=True), encoding="ascii")
    unfinished.rename(folder / REPLY)


def read_told(folder: Path) -> dict[str, Any]:
    """The JSON of a reply; raises BrokenReplyError."""
    try:
        told = json.loads(_content(folder / REPLY, LARGEST_RECORD))
    except (ValueError, RecursionError) as error:
        raise BrokenReplyError(f"{REPLY}: {error}") from error
    if not isinstance(told, dict):
        raise BrokenReplyError(f"{REPLY} holds no object")
    return told


def read_tables(folder: Path, names: object) -> dict[str, pa.Table]:
    """The tables under these names; raises BrokenReplyError."""
    if not isinstance(names, list) or len(names) > MOST_TABLES:
        raise BrokenReplyError("the names of the tables are no short list")
    tables, left = {}, LARGEST_TABLES
    for at, name in enumerate(names):
        content = _content(folder / _table(at), left)
        left -= len(content)
        tables[str(name)] = _checked(content)
    return tables


def _table(at: int) -> str:
    return f"{at}.arrow"


def _content(path: Path, most: int) -> bytes:
    """A plain file of the folder: no link to elsewhere, and no more than `most` bytes."""
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            facts = os.fstat(file.fileno())
            if stat.S_ISREG(facts.st_mode) and facts.st_size <= most:
                return file.read(most)
    except OSError as error:
        raise BrokenReplyError(f"{path.name}: {error.strerror}") from error
    raise BrokenReplyError(f"{path.name} is no file, or has more than {most:,} bytes")


def _checked(content: bytes) -> pa.Table:
    try:
        with pa.ipc.open_file(pa.BufferReader(content)) as reader:
            table = reader.read_all()
        table.validate(full=True)
    except pa.ArrowException as error:
        raise BrokenReplyError(f"a table: {error}") from error
    return table
