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

CARBON_COUNTED: Mapping[str, str] = MappingProxyType(
    {"average": "carbon", "marginal": "marginal_carbon"}
)
"""The footprint that a policy counts as carbon, by `carbon_accounting`."""

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


def carbon_counted(scenario: Scenario) -> str:
    """The footprint that policies, weights and levies on carbon count: docs/METHOD.md (26)."""
    return CARBON_COUNTED[scenario.carbon_accounting]


def policy_terms(scenario: Scenario) -> PolicyTerms:
    """The objective of a scenario (docs/METHOD.md names the policies)."""
    named = {"water": "water", "carbon": carbon_counted(scenario)}
    own = {named["water"]: scenario.water_weight, named["carbon"]: scenario.carbon_weight}
    weights = _added(own, {name: terms.weight for name, terms in scenario.further.items()})
    match scenario.policy:
        case "carbon" | "water" as alone:
            return PolicyTerms(TIE_BREAK, {named[alone]: 1.0}, {})
        case "fairest":
            return PolicyTerms(TIE_BREAK, {}, weights)
        case "equity":
            return PolicyTerms(1.0, _levied(scenario, {}), weights)
        case "cost_and_carbon":
            return PolicyTerms(1.0, _levied(scenario, {named["carbon"]: CARBON_ALONE}), {})
        case "all_averages":
            prices = {named[name]: price for name, price in AVERAGES.items()}
            return PolicyTerms(1.0, _levied(scenario, prices), {})
        case _:  # cost and nearest, which differ in reach alone
            return PolicyTerms(1.0, _levied(scenario, {}), {})


def _levied(scenario: Scenario, policy: Mapping[str, float]) -> dict[str, float]:
    """The policy's own prices per unit of the total plus the scenario's levies."""
    levies = {"water": scenario.water_price, carbon_counted(scenario): scenario.carbon_price}
    further = {name: terms.price for name, terms in scenario.further.items()}
    return _added(levies, further, policy)


def _added(*coefficients: Mapping[str, float]) -> dict[str, float]:
    """What each footprint counts in all of them together; what counts nothing is left out."""
    names = dict.fromkeys(name for each in coefficients for name in each)
    sums = {name: sum(each.get(name, 0.0) for each in coefficients) for name in names}
    return {name: value for name, value in sums.items() if value}
