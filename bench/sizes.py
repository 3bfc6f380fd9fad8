"""How much memory a server and its workers hold."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

import psutil


class Size(NamedTuple):
    """Bytes that are resident."""

    server: int
    workers: int


def size_of(pid: int) -> Size:
    """Of a server and of all processes that it began, as far as they are there still."""
    server, workers = psutil.Process(pid), 0
    for worker in server.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            workers += worker.memory_info().rss
    return Size(server.memory_info().rss, workers)
