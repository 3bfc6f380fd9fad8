"""A sentence or title where it stands alone, quoted, cited or posted: simulated, where and when."""

from __future__ import annotations

from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.text.opening.headline import headline
from equity_core.text.opening.setting import setting, simulated, where, years
from equity_core.text.opening.subject import told_apart
from equity_core.text.plan_names import baseline_name

FAIRNESS = "cost of fairness in the region that carries most"
"""What the frontier shows."""


def quotable(comparison: Comparison) -> str:
    """The headline for those who quote it."""
    return alone(headline(comparison), comparison)


def alone(sentence: str, comparison: Comparison) -> str:
    """The sentence with what it rests on before it.

    "Simulated for AI data centres in 23 US states, 2023: moving up to a fifth of the load ..."
    """
    return f"{standing_in(comparison)} {sentence[0].lower()}{sentence[1:]}"


def standing_in(comparison: Comparison) -> str:
    """ "Simulated for AI data centres in 23 US states, 2023:"."""
    return f"{simulated(comparison.after)}:"


def picture_title(what: str, comparison: Comparison) -> str:
    """The title of a picture, without numbers: simulated, what, against what and when.

    "Simulated carbon by region against the cheapest plan, 2022".
    """
    return f"Simulated {what} {against(comparison)}"


def against(comparison: Comparison) -> str:
    """ "against the cheapest plan, 2022", "against the siting of 2023": the year once."""
    name, when = baseline_name(comparison), years(comparison.after)
    return f"against {name}" if when in name else f"against {name}, {when}"


def placed(title: str, outcome: Outcome) -> str:
    """A title of a picture that is seen alone: where it is, too."""
    return f"{title}: {where(outcome)}"


def basis(comparison: Comparison) -> str:
    """What a change rests on: "simulated for 23 US states in 2023, the fairest plan against the
    siting of 2023"."""
    plans = f"{told_apart(comparison)} against {baseline_name(comparison)}"
    return f"simulated for {setting(comparison.after)}, {plans}"
