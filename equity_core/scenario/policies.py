"""What each policy minimises: a scenario's fields as coefficients of the objective.

cost * sum_i cost_i  +  sum_k total_k * sum_i F[k,i]  +  sum_k worst_k * h(v[k,i] F[k,i])

where h is the scenario's measure (the maximum unless another is chosen) and v its lens.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from equity_core.scenario.scenario import Scenario

TIE_BREAK = 1e-9
"""What one USD counts where a policy ignores cost: enough to choose the cheapest of equal plans."""

CARBON_ALONE = 600.0
"""USD/t on total carbon in `cost_and_carbon`, as in the paper."""

AVERAGES: Mapping[str, float] = MappingProxyType({"water": 30.0, "carbon": 300.0})
"""USD/m3 and USD/t on the totals in `all_averages`, as in the paper."""


WEIGHTED = frozenset({"equity", "fairest"})
"""Policies in which fairness weights, measure and lens act."""


@dataclass(frozen=True)
class PolicyTerms:
    """Coefficients of the objective by footprint; what is absent counts nothing.

    `cost` is 1 for policies in USD; `total` is USD per m3 or t of all regions together
    (for `carbon` and `water`: 1), `worst` USD per m3 or t of the measure (the worst region).
    """

    cost: float
    total: dict[str, float]
    worst: dict[str, float]


def policy_terms(scenario: Scenario) -> PolicyTerms:
    """The objective of a scenario (docs/METHOD.md names the policies)."""
    further = {name: terms.weight for name, terms in scenario.further.items()}
    weights = _present({"water": scenario.water_weight, "carbon": scenario.carbon_weight} | further)
    match scenario.policy:
        case "carbon" | "water" as alone:
            return PolicyTerms(TIE_BREAK, {alone: 1.0}, {})
        case "fairest":
            return PolicyTerms(TIE_BREAK, {}, weights)
        case "equity":
            return PolicyTerms(1.0, _levied(scenario, {}), weights)
        case "cost_and_carbon":
            return PolicyTerms(1.0, _levied(scenario, {"carbon": CARBON_ALONE}), {})
        case "all_averages":
            return PolicyTerms(1.0, _levied(scenario, AVERAGES), {})
        case _:  # cost and nearest, which differ in reach alone
            return PolicyTerms(1.0, _levied(scenario, {}), {})


def _levied(scenario: Scenario, policy: Mapping[str, float]) -> dict[str, float]:
    """The policy's own prices per unit of the total plus the scenario's levies."""
    levies = {"water": scenario.water_price, "carbon": scenario.carbon_price}
    levies |= {name: terms.price for name, terms in scenario.further.items()}
    return _present({name: policy.get(name, 0.0) + levy for name, levy in levies.items()})


def _present(coefficients: Mapping[str, float]) -> dict[str, float]:
    return {name: value for name, value in coefficients.items() if value}
