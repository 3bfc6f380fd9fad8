"""Saved scenarios: what an address stands for, short links among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from equity_core.errors import EquityError
from equity_core.scenario.address import SHORT, is_bare
from equity_core.scenario.link import to_query
from equity_core.scenario.presets import LANDING
from ui.jobs import cache
from ui.messages import told

if TYPE_CHECKING:  # see store()
    from equity_core.store.store import SavedScenario


@dataclass(frozen=True)
class Found:
    """The address to show; what is kept under its short link, if any; and what went wrong."""

    address: Mapping[str, str]
    kept: SavedScenario | None = None
    blunders: tuple[str, ...] = ()


def found(address: Mapping[str, str]) -> Found:
    """What an address stands for; one that asks for nothing stands for the case to open on.

    Of one with a version the scenario is its own, and the short link in it gives the title alone:
    so it can be opened on any server.
    """
    if is_bare(address):
        return Found({**dict(parse_qsl(to_query(LANDING.scenario))), **address})
    if SHORT not in address:
        return Found(address)
    whole = "v" in address
    try:
        with cache.turnstile().outside():  # others are drawn while the store is asked
            kept = store().open_scenario(address[SHORT])
    except EquityError as error:
        if whole:
            return Found(address)
        return Found({}, blunders=(f"{told(error)} The default scenario is shown instead.",))
    return Found(address if whole else dict(parse_qsl(kept.address)), kept)


def removal_link(secret: str, page: str) -> str:
    """The address that removes what `secret` was granted for; `page` is that of any page."""
    root = page.partition("?")[0].rpartition("/")[0]
    return f"{root}/remove#{secret}"


def removals() -> Any:
    """Who is granted the removal of what was saved."""
    return import_module("equity_core.store.removals").Removals()


def store() -> Any:
    """Where scenarios and data sets are kept."""
    # Not at the top: a database library takes a moment to load, and few visits need it.
    return import_module("equity_core.store.store").Store()
