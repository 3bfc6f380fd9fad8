"""What fields of a scenario must be to one another; each refusal is one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from equity_core.errors import ScenarioError
from equity_core.measures.table import MEASURES
from equity_core.scenario.checks import plain
from equity_core.scenario.parameters import BY_NAME, POLICIES_WITHOUT_LEVY
from equity_core.scenario.records import FootprintTerms

PLACE = ("new_site_latitude", "new_site_longitude")


class Fields(Protocol):
    """What the checks look at of a scenario that is being made."""

    policy: str
    measure: str
    measure_parameter: float | None
    further: Mapping[str, FootprintTerms]
    new_site_like: str
    start: str | None
    end: str | None


def cross_check(scenario: Fields) -> None:
    """Raise `ScenarioError`, naming the field to change, where two fields do not go together."""
    _check_levies(scenario)
    _check_measure(scenario)
    _check_new_site(scenario)
    _check_period(scenario)


def _check_levies(scenario: Fields) -> None:
    if scenario.policy not in POLICIES_WITHOUT_LEVY:
        return
    for field, price in _levies(scenario):
        if price:
            raise ScenarioError(
                field,
                f"{field} is {plain(price)}, but policy {scenario.policy!r} does not minimise "
                f"cost, so a price has no effect; set {field} to 0 or choose another policy, such "
                "as 'cost'.",
            )


def _levies(scenario: Fields) -> Iterator[tuple[str, float]]:
    for field in ("water_price", "carbon_price"):
        yield field, getattr(scenario, field)
    for name, terms in scenario.further.items():
        yield f"further.{name}.price", terms.price


def _check_measure(scenario: Fields) -> None:
    value, parameter = scenario.measure_parameter, MEASURES[scenario.measure].parameter
    if value is None or (parameter is not None and parameter.allows(value)):
        return
    takers = [repr(name) for name, measure in MEASURES.items() if measure.parameter]
    none = f"has none; leave it empty, or choose {' or '.join(takers)}"
    raise ScenarioError(
        "measure_parameter",
        f"measure_parameter is {plain(value)}, but the measure {scenario.measure!r} "
        f"{parameter.refusal if parameter else none}.",
    )


def _check_new_site(scenario: Fields) -> None:
    for field in ("new_site_mw", *PLACE):
        value = getattr(scenario, field)
        if value != BY_NAME[field].default and not scenario.new_site_like:
            raise ScenarioError(
                field,
                f"{field} is {plain(value)}, but there is no new site: new_site_like is empty; "
                f"set new_site_like to the region whose figures it takes, or leave {field} out.",
            )
    for given, lacking in (PLACE, PLACE[::-1]):
        if getattr(scenario, given) is not None and getattr(scenario, lacking) is None:
            raise ScenarioError(
                given,
                f"{given} is given without {lacking}; give both, or neither for the place of the "
                "region in new_site_like.",
            )


def _check_period(scenario: Fields) -> None:
    start, end = scenario.start, scenario.end
    if start is not None and end is not None and end <= start:
        raise ScenarioError(
            "end",
            f"end is {end}, but must be later than start ({start}); "
            "choose a later end or an earlier start.",
        )
