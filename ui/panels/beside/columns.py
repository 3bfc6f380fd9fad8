"""The columns of the table of scenarios: asked for all at once, none of them waits for another."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from equity_core.errors import EquityError, InfeasibleError
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.scenario.lineup import Named
from equity_core.scenario.scenario import Scenario
from equity_core.text.beside.columns import LETTERS, Column, column_of
from equity_core.text.plan_names import without_baseline
from ui.jobs import cache
from ui.session import keys, lineup


@dataclass(frozen=True)
class Asked:
    """The columns as far as they are there, and what is still computed beside the page."""

    columns: tuple[Column, ...]
    pending: tuple[Future[Outcome], ...]


def asked() -> Asked:
    """Every scenario of the table; those with a plan, or a reason why not, are kept meanwhile."""
    entries = lineup.entries()
    queries = [lineup.query_of(entry) for entry in entries]
    known = keys.COLUMNS.get()
    keys.COLUMNS.keep({query: known[query] for query in queries if query in known})
    columns, pending = [], list[Future[Outcome]]()
    for letter, entry, query in zip(LETTERS, entries, queries, strict=False):
        column, orders = _column(letter, entry, query)
        columns.append(column)
        pending += orders
    return Asked(tuple(columns), tuple(pending))


def wait(pending: tuple[Future[Outcome], ...], seconds: float) -> None:
    """Until the first of them is there, an error as well, at most so long."""
    for order in pending[:1]:
        with suppress(TimeoutError, EquityError):
            cache.await_answer(order, seconds)


def _column(letter: str, entry: Named, query: str) -> tuple[Column, list[Future[Outcome]]]:
    """A column, and the orders that it still waits for."""
    column = column_of(letter, Named(entry.name, query))
    if column.scenario is None:
        return column, []
    pending: list[Future[Outcome]] = []
    if query not in keys.COLUMNS.get():
        pending = _ask(letter, query, column.scenario)
    found = keys.COLUMNS.get().get(query)
    if isinstance(found, str):
        return replace(column, problem=found), []
    return replace(column, comparison=found), pending


def _ask(letter: str, query: str, scenario: Scenario) -> list[Future[Outcome]]:
    """Keep the answer where it is there already; else what it waits for."""
    found: Comparison | str
    try:
        orders = [
            cache.begun(scenario, f"{letter} plan"),
            cache.begun(scenario.baseline_scenario(), f"{letter} baseline"),
        ]
        missing = [order for order in orders if not order.done()]
        if missing:
            return missing
        found = _slim(orders[0].result(timeout=0)).compare(_baseline(scenario, orders[1]))
    except EquityError as error:
        found = str(error)
    keys.COLUMNS.keep({**keys.COLUMNS.get(), query: found})
    return []


def _baseline(scenario: Scenario, order: Future[Outcome]) -> Outcome:
    try:
        return _slim(order.result(timeout=0))
    except InfeasibleError as error:
        raise without_baseline(scenario, error) from error


def _slim(plan: Outcome) -> Outcome:
    """A plan without its hours, which take a thousand times the room of all else."""
    return replace(plan, dispatch=np.zeros((len(plan.burdens), 0)))
