"""Policies as coefficients of the objective, and the presets."""

import pytest

from equity_core.scenario.parameters import POLICIES, POLICIES_WITHOUT_LEVY
from equity_core.scenario.policies import TIE_BREAK, PolicyTerms, policy_terms
from equity_core.scenario.scenario import Scenario

TERMS = {
    "cost": PolicyTerms(1.0, {}, {}),
    "carbon": PolicyTerms(TIE_BREAK, {"carbon": 1.0}, {}),
    "water": PolicyTerms(TIE_BREAK, {"water": 1.0}, {}),
    "cost_and_carbon": PolicyTerms(1.0, {"carbon": 600.0}, {}),
    "all_averages": PolicyTerms(1.0, {"water": 30.0, "carbon": 300.0}, {}),
    "equity": PolicyTerms(1.0, {}, {"water": 60.0, "carbon": 1500.0}),
    "fairest": PolicyTerms(TIE_BREAK, {}, {"water": 60.0, "carbon": 1500.0}),
    "nearest": PolicyTerms(1.0, {}, {}),
}


@pytest.mark.parametrize("policy", [option.value for option in POLICIES])
def test_each_policy_minimises_what_it_says(policy):
    assert policy_terms(Scenario(policy=policy)) == TERMS[policy]


def test_a_levy_is_added_to_the_policy_s_own_price():
    assert policy_terms(Scenario(policy="cost", carbon_price=600)) == TERMS["cost_and_carbon"]
    assert policy_terms(Scenario(policy="cost_and_carbon", carbon_price=50)).total == {
        "carbon": 650
    }
    assert policy_terms(Scenario(policy="equity", water_price=2)).total == {"water": 2}


def test_further_footprints_are_weighed_and_levied_like_the_two():
    further = {"health": {"weight": 3, "price": 2}, "land": {"limit": 5}}
    assert policy_terms(Scenario(further=further)) == PolicyTerms(
        1.0, {"health": 2.0}, {"water": 60.0, "carbon": 1500.0, "health": 3.0}
    )
    assert policy_terms(Scenario(policy="cost_and_carbon", further=further)) == PolicyTerms(
        1.0, {"carbon": 600.0, "health": 2.0}, {}
    )


def test_a_weight_of_zero_leaves_the_term_out():
    assert policy_terms(Scenario(water_weight=0)).worst == {"carbon": 1500.0}


@pytest.mark.parametrize("policy", [option.value for option in POLICIES])
def test_marginal_accounting_counts_the_other_carbon_for_the_same_price(policy):
    def renamed(terms):
        return {"marginal_carbon" if name == "carbon" else name: x for name, x in terms.items()}

    levies = {} if policy in POLICIES_WITHOUT_LEVY else {"carbon_price": 5.0}
    average = policy_terms(Scenario(policy=policy, **levies))
    marginal = policy_terms(Scenario(policy=policy, carbon_accounting="marginal", **levies))
    assert marginal == PolicyTerms(average.cost, renamed(average.total), renamed(average.worst))


def test_further_terms_on_marginal_carbon_are_added_to_those_of_marginal_accounting():
    further = {"marginal_carbon": {"weight": 100.0, "price": 7.0}}
    scenario = Scenario(carbon_accounting="marginal", carbon_price=5.0, further=further)
    terms = policy_terms(scenario)
    assert terms.total == {"marginal_carbon": 12.0}
    assert terms.worst == {"water": 60.0, "marginal_carbon": 1600.0}
