"""Where and when a plan is simulated, in the few words that every quoted sentence carries."""

from __future__ import annotations

from typing import Protocol

import pandas as pd

from equity_core.inputs.checks import counted
from equity_core.scenario.scenario import NEW_SITE
from equity_core.text.nouns import places

DAYS_OF_A_YEAR = 365


class Placed(Protocol):
    """A plan, or many of one scenario: of which data set, for which sites and hours."""

    @property
    def dataset_id(self) -> str:
        """The data set."""

    @property
    def site_names(self) -> dict[str, str]:
        """By site."""

    @property
    def hours(self) -> pd.DatetimeIndex:
        """UTC."""


def simulated(what: Placed) -> str:
    """ "Simulated for AI data centres in 23 US states, 2023"."""
    return f"Simulated for {where(what)}, {when(what.hours)}"


def setting(outcome: Placed) -> str:
    """ "23 US states in 2023", "10 regions in 19 days of 2022"."""
    return f"{region_count(outcome)} in {when(outcome.hours)}"


def region_count(outcome: Placed) -> str:
    """ "23 US states"; a hypothetical site is none of them."""
    regions = [site for site in outcome.site_names if site != NEW_SITE]
    return places(outcome.dataset_id, len(regions))


def where(outcome: Placed) -> str:
    """ "AI data centres in 23 US states"."""
    return f"AI data centres in {region_count(outcome)}"


def when(hours: pd.DatetimeIndex) -> str:
    """ "2023"; "19 days of 2022" where it is not a whole year."""
    first, last = hours[0], hours[-1]
    days = round(len(hours) / 24)
    if first.year != last.year:
        return f"{first:%B %Y} to {last:%B %Y}"
    if days >= DAYS_OF_A_YEAR:
        return f"{first.year}"
    return f"{counted(days, 'day') if days else counted(len(hours), 'hour')} of {first.year}"


def years(outcome: Placed) -> str:
    """ "2023", or "2022-2023" where a period goes beyond one year."""
    first, last = outcome.hours[0], outcome.hours[-1]
    return f"{first.year}" if first.year == last.year else f"{first.year}-{last.year}"
