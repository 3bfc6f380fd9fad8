"""How a scenario was played, as keys and values that a file can state and `verify` reads again."""

from __future__ import annotations

from dataclasses import fields
from urllib.parse import parse_qsl, urlencode

from equity_core.errors import ScenarioError, clipped
from equity_core.online.parameters import Parameters

FOLLOWING = ("forecast", "blend")
"""Methods that follow a forecast."""


def to_words(method: str, forecast: str, parameters: Parameters) -> str:
    """ "method=blend&forecast=noisy&trust=0.1": parameters only where they are not the usual."""
    usual = Parameters()
    told = {"method": method} | ({"forecast": forecast} if forecast else {})
    for field in fields(Parameters):
        if getattr(parameters, field.name) != getattr(usual, field.name):
            told[field.name] = repr(float(getattr(parameters, field.name)))
    return urlencode(told)


def from_words(text: str) -> tuple[str, str, Parameters]:
    """Method, forecast and parameters of `to_words`; raises `ScenarioError`."""
    told = dict(parse_qsl(text, keep_blank_values=True))
    method, forecast = told.pop("method", ""), told.pop("forecast", "")
    try:
        figures = {name: float(value) for name, value in told.items()}
        return method, forecast, Parameters(**figures)
    except (TypeError, ValueError) as error:
        raise ScenarioError(
            "method",
            f"This states that it was planned hour by hour by {clipped(text)!r}, which cannot be "
            "read: it was edited, or comes from a later version. Export it again.",
        ) from error
