"""What cannot be planned hour by hour, each in a sentence with its remedy."""

from __future__ import annotations

from collections.abc import Sequence

from equity_core.errors import ScenarioError, shown
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.online.forecasts import DAY
from equity_core.scenario.checks import did_you_mean
from equity_core.scenario.limits import limits_set
from equity_core.scenario.policies import policy_terms
from equity_core.scenario.scenario import Scenario

METHODS = ("weights", "mirror_descent", "forecast", "blend")


def check_method(method: str) -> None:
    """Raises `ScenarioError` for a method that does not exist."""
    if method not in METHODS:
        raise ScenarioError(
            "method", f"There is no method {shown(method)}. {did_you_mean(str(method), METHODS)}"
        )


def check_scenario(scenario: Scenario, method: str) -> None:
    """Raises `ScenarioError` for what nobody can promise without knowing the future."""
    if scenario.policy == "fairest":
        raise ScenarioError(
            "policy",
            "The fairest plan of all cannot be found without knowing the future; choose the policy "
            "'equity', whose weights say how much fairness counts.",
        )
    if limits_set(scenario):
        raise ScenarioError(
            "limits",
            "Limits cannot be kept without knowing the future: whether a plan keeps them shows at "
            "the end of the period. Leave out limits on cost, water, carbon and regions worse off, "
            "or solve with the whole period known.",
        )
    if method == "mirror_descent":
        _check_published(scenario)


def _check_published(scenario: Scenario) -> None:
    """The published rule knows the worst region's water and carbon, and nothing else."""
    other = sorted(policy_terms(scenario).worst.keys() - {"water", "carbon", "marginal_carbon"})
    if scenario.policy == "equity" and (scenario.measure != "worst" or other):
        what = f"the measure {scenario.measure!r}" if scenario.measure != "worst" else other[0]
        raise ScenarioError(
            "method",
            f"mirror_descent is published for the worst region's water and carbon, not for {what}; "
            "choose the method 'weights', which takes every measure and footprint.",
        )


def check_period(hours: int, scenario: Scenario, dataset: Dataset) -> None:
    """Raises `ScenarioError` for a period of less than a day."""
    if hours < DAY:
        raise ScenarioError(
            "end",
            f"The period from {scenario.start or 'the first hour'} to "
            f"{scenario.end or 'the last hour'} of data set {dataset.id!r} has "
            f"{counted(hours, 'hour')}; planning hour by hour needs a day of {DAY} hours at least, "
            "so choose a longer period.",
        )


def check_forecast(forecast: str | Dataset, known: Sequence[str]) -> None:
    """Raises `ScenarioError` for a forecast that is neither known nor read from a file; for one
    that the method does not follow as well, since nobody names one to have it ignored."""
    if not isinstance(forecast, Dataset) and forecast not in known:
        raise ScenarioError(
            "forecast",
            f"There is no forecast {shown(forecast)}, and no file of that name. "
            f"{did_you_mean(str(forecast), known)}",
        )
