"""Figures for operators, as Prometheus reads them, on a port of 127.0.0.1 of their own.

No figure tells of anybody: sums, counts, bytes. It loads nothing unless a port is set.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from equity_core import logs
from equity_core.errors import EquityError, SettingError
from equity_core.settings.settings import Settings
from ui.served.attendance import Attendance
from ui.tallies import tallies

HERE = "127.0.0.1"


def open_metrics(given: Settings, attendance: Attendance) -> None:
    """Answer operators on their port, where one is set; raises SettingError where it is taken."""
    if not given.metrics_port:
        return
    prometheus: Any = import_module("prometheus_client")
    registry = prometheus.CollectorRegistry()
    registry.register(Figures(given, attendance, _errors_counted()))
    prometheus.ProcessCollector(registry=registry)
    try:
        prometheus.start_http_server(given.metrics_port, HERE, registry)
    except OSError as error:
        raise SettingError(
            f"EQUITY_METRICS_PORT is {given.metrics_port}, but nothing can listen there: "
            f"{(error.strerror or str(error)).lower()}. Choose a port that is free, or 0 for none."
        ) from error


class Counting(logging.Handler):
    """Counts what is logged as an error, by its event."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.events: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        """As `logging.Handler` has it."""
        own = record.name == logs.LOGGER
        self.events[record.getMessage() if own else "library"] += 1


def _errors_counted() -> Counter[str]:
    counting = Counting()
    logging.root.addHandler(counting)
    return counting.events


class Figures:
    """All figures, looked up anew whenever somebody asks."""

    def __init__(self, given: Settings, attendance: Attendance, errors: Counter[str]) -> None:
        self._given, self._attendance, self._errors = given, attendance, errors
        self._families: Any = import_module("prometheus_client.core")

    def collect(self) -> Iterator[Any]:
        """As a collector of prometheus_client has it."""
        there = self._attendance
        yield self._gauge("sessions", "Sessions open now", there.open)
        yield self._gauge("sessions_most", "Sessions at most", there.most)
        yield self._counter("sessions_begun", "Sessions since the start", {"": there.ever}, "")
        yield self._counter("errors", "Errors in the log, by event", self._errors, "event")
        yield from self._work()
        yield from self._store()

    def _work(self) -> Iterator[Any]:
        """Pages, uploads and what workers do."""
        counted = tallies()
        words = "Seconds of pages, uploads and tasks of workers, by kind"
        seconds = self._families.SummaryMetricFamily("equity_work_seconds", words, labels=["kind"])
        for kind, number, _, together in counted.kinds():
            seconds.add_metric([kind], number, together)
        yield seconds
        failed = {kind: number for kind, _, number, _ in counted.kinds() if number}
        yield self._counter("work_failed", "Of these, ended by an error or a stop", failed, "kind")
        now = {kind: number for kind, number in list(counted.under_way.items()) if number}
        yield self._gauges("work_under_way", "Under way now, by kind", now, "kind")
        pool: Any = import_module("ui.jobs.workers.pool")
        workers = list(pool.roster())
        yield self._gauge("workers", "Worker processes, begun or ready to", len(workers))
        yield self._gauge("queue", "Questions that wait for one", sum(x.waiting for x in workers))

    def _store(self) -> Iterator[Any]:
        contents: Any = import_module("equity_core.store.contents")
        try:
            held = contents.held(self._given)
        except EquityError:
            yield self._gauge("store_up", "Whether the store answers", 0)
            return
        yield self._gauge("store_up", "Whether the store answers", 1)
        yield self._gauge("store_bytes", "Bytes of all data sets, packed", held.bytes)
        kept = {"datasets": held.datasets, "scenarios": held.scenarios}
        yield self._gauges("store_kept", "What is kept, by kind", kept, "kind")

    def _gauge(self, name: str, words: str, value: float) -> Any:
        return self._families.GaugeMetricFamily(f"equity_{name}", words, value=value)

    def _gauges(self, name: str, words: str, values: dict[str, int], label: str) -> Any:
        return self._labelled(self._families.GaugeMetricFamily, name, words, values, label)

    def _counter(self, name: str, words: str, values: dict[str, int], label: str) -> Any:
        return self._labelled(self._families.CounterMetricFamily, name, words, values, label)

    def _labelled(
        self, family: Any, name: str, words: str, values: dict[str, int], label: str
    ) -> Any:
        made = family(f"equity_{name}", words, labels=[label] if label else [])
        for key, value in sorted(values.items()):
            made.add_metric([key] if label else [], value)
        return made
