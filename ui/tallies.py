"""What is under way in this process and what has been, counted: for operators, and for its end."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache


@dataclass
class Tallies:
    """Counts by kind: a page drawn, an upload read, a task of ui/jobs/tasks.py. From any thread."""

    under_way: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def of(self, kind: str) -> Iterator[None]:
        """The block is one of this kind; one that raises has failed."""
        with self._lock:
            self.under_way[kind] += 1
        began, failed = time.monotonic(), 1
        try:
            yield
            failed = 0
        finally:
            with self._lock:
                self.under_way[kind] -= 1
                self.done[kind] += 1
                self.failed[kind] += failed
                self.seconds[kind] += time.monotonic() - began  # type: ignore[assignment]

    @property
    def busy(self) -> int:
        """How many are under way."""
        with self._lock:
            return sum(self.under_way.values())

    def kinds(self) -> list[tuple[str, int, int, float]]:
        """Kind, number done, failed of them, seconds together."""
        with self._lock:
            return [
                (kind, n, self.failed[kind], self.seconds[kind]) for kind, n in self.done.items()
            ]


@cache
def tallies() -> Tallies:
    """Those of this process."""
    return Tallies()
