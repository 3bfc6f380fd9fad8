"""One question of a sweep: a scenario, how it is planned, and in which draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equity_core.errors import ScenarioError, shown
from equity_core.inputs.dataset import Dataset
from equity_core.online.parameters import Parameters
from equity_core.online.refusals import METHODS, check_forecast
from equity_core.online.replay import KNOWN_FORECASTS
from equity_core.scenario.checks import did_you_mean, no_such_field
from equity_core.scenario.link import from_query, read_field
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.scenario import Scenario
from equity_core.sweeps.draws import Draws

OFFLINE = "offline"
"""The method that knows the whole period; all others plan hour by hour."""

WAYS = (OFFLINE, *METHODS)
LABEL, METHOD, FORECAST, DATASET = "label", "method", "forecast", "dataset"
FIGURES = ("error", "trust", "eta", "zmax_water", "zmax_carbon")
"""The fields of `Parameters`: figures of methods and forecasts."""

BESIDE = (LABEL, METHOD, FORECAST, *FIGURES)
"""What a sweep may set beside the fields of a scenario."""

LONGEST_LABEL = 80


@dataclass(frozen=True)
class Question:
    """What is set, as keys and texts of a link, those of `BESIDE` among them.

    Everything that is not set has its default: the paper's equity case, planned with all known.
    """

    asked: tuple[tuple[str, str], ...]
    draw: int | None = None

    def get(self, key: str, default: str = "") -> str:
        """The text that is set for `key`."""
        return dict(self.asked).get(key, default)

    @property
    def dataset(self) -> str:
        """The name of the data set that is asked about."""
        return self.get(DATASET, str(BY_NAME[DATASET].default))

    @property
    def method(self) -> str:
        """One of `WAYS`."""
        return self.get(METHOD, OFFLINE)

    @property
    def parameters(self) -> Parameters:
        """The figures of its method and forecast."""
        return Parameters(**{key: float(text) for key, text in self.asked if key in FIGURES})

    def scenario(self, dataset: Dataset, draws: Draws | None) -> Scenario:
        """The scenario, in the world of its draw; raises `ScenarioError`."""
        fields = {key: text for key, text in self.asked if key not in BESIDE}
        scenario = from_query(fields)
        if draws is None or self.draw is None:
            return scenario
        return draws.changed(scenario, dataset, self.draw)

    @property
    def told(self) -> list[Any]:
        """What stands for the question in a content hash: all but its label."""
        return [sorted(pair for pair in self.asked if pair[0] != LABEL), self.draw]


def read_value(key: str, text: str) -> Any:
    """The value of one key by itself, as a number, a flag or text; raises `ScenarioError`."""
    match key:
        case "label":
            return _label(text)
        case "method":
            if text not in WAYS:
                hint = did_you_mean(text, WAYS)
                raise ScenarioError(key, f"There is no method {shown(text)}. {hint}")
            return text
        case "forecast":
            check_forecast(text, KNOWN_FORECASTS)
            return text
        case _ if key in FIGURES:
            return _figure(key, text)
    _check_key(key)
    return read_field(key, text)


def _check_key(key: str) -> None:
    """Raises `UnknownFieldError` for a key that neither a scenario nor `BESIDE` knows."""
    if "." not in key and key not in BY_NAME:
        raise no_such_field(key, (*BY_NAME, *BESIDE))


def _label(text: str) -> str:
    if text.isprintable() and 0 < len(text) <= LONGEST_LABEL:
        return text
    raise ScenarioError(
        LABEL,
        f"label is {shown(text)}, but must be 1 to {LONGEST_LABEL} printable characters; shorten "
        "it.",
    )


def _figure(key: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise ScenarioError(
            key,
            f"{key} is {shown(text)}, but must be a number, such as {getattr(Parameters(), key)}.",
        ) from error
    Parameters(**{key: value})
    return value
