"""The parameter table and the scenario checked against it."""

import pickle
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest

from equity_core.errors import ScenarioError
from equity_core.scenario.parameters import (
    BY_NAME,
    FURTHER_TERMS,
    PARAMETERS,
    POLICIES,
    SITE_FACTORS,
)
from equity_core.scenario.policies import policy_terms
from equity_core.scenario.records import MULTIPLIERS, FootprintTerms, SiteFactors
from equity_core.scenario.scenario import Scenario, check_against
from tests.small import small_dataset

ROWS = (*PARAMETERS, *SITE_FACTORS, *FURTHER_TERMS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.group}-{row.name}")
def test_every_parameter_is_documented(row):
    assert row.label
    assert row.unit
    assert row.group
    assert row.help.endswith(".")
    assert len(row.help) > 20
    assert row.equation
    assert all(option.label and option.explanation.endswith(".") for option in row.options)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.group}-{row.name}")
def test_every_row_is_of_one_piece(row):
    if row.kind == "choice":
        assert row.default in row.choices
    if "number" in row.kind:
        assert row.minimum < row.maximum
    if row.slider:
        low, high = row.slider
        assert row.minimum <= low < high <= row.maximum
        assert low > 0 or not row.log


def test_the_scenario_has_the_rows_of_the_table_and_the_factors():
    assert list(Scenario.model_fields) == [
        *(row.name for row in PARAMETERS),
        "factors",
        "further",
    ]
    assert list(SiteFactors.model_fields) == [row.name for row in SITE_FACTORS]
    assert list(FootprintTerms.model_fields) == [row.name for row in FURTHER_TERMS]


def test_the_defaults_are_the_table_s_and_pass_its_checks():
    given = Scenario(**{row.name: row.default for row in PARAMETERS})
    assert given == Scenario()
    assert SiteFactors(**{row.name: row.default for row in SITE_FACTORS}) == SiteFactors()
    assert FootprintTerms(**{row.name: row.default for row in FURTHER_TERMS}) == FootprintTerms()
    assert Scenario().non_defaults() == {}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"policy": "equty"}, "policy", ["'equty'", "Did you mean 'equity'?"]),
        ({"policy": "zzz"}, "policy", ["Known are: cost, carbon,"]),
        ({"polcy": "cost"}, "polcy", ["Did you mean 'policy'?"]),
        ({"water_weight": -1}, "water_weight", ["-1", "0 to 1000000 USD/m3", "choose"]),
        ({"water_weight": float("nan")}, "water_weight", ["nan", "0 to 1000000"]),
        ({"water_weight": float("inf")}, "water_weight", ["inf", "0 to 1000000"]),
        ({"water_weight": 1e308}, "water_weight", ["1e+308", "0 to 1000000"]),
        ({"water_weight": 10**400}, "water_weight", ["0 to 1000000"]),
        ({"water_weight": True}, "water_weight", ["True", "must be a number"]),
        ({"carbon_weight": "60"}, "carbon_weight", ["'60'", "must be a number"]),
        ({"carbon_weight": 1j}, "carbon_weight", ["1j", "must be a number"]),
        ({"carbon_weight": None}, "carbon_weight", ["None", "must be a number"]),
        ({"no_region_worse": 1}, "no_region_worse", ["true or false"]),
        ({"dataset": "a/b"}, "dataset", ["'a/b'", "name of a data set"]),
        ({"start": "2022-09-22T00:30Z"}, "start", ["whole UTC hour"]),
        ({"start": 5}, "start", ["whole UTC hour"]),
        ({"start": "0001-01-01T00:00+05:00"}, "start", ["whole UTC hour"]),
        ({"start": "2022-09-23", "end": "2022-09-23"}, "end", ["later than start"]),
        ({"policy": "water", "water_price": 3}, "water_price", ["3", "does not minimise cost"]),
        ({"factors": [1]}, "factors", ["factors is [1]", "texas"]),
        ({"factors": {"texas": 1.5}}, "factors.texas", ["must name what it sets"]),
        ({"factors": {"texas": {"carbon_limit_t": -1}}}, "factors.texas.carbon_limit_t", ["-1"]),
        ({"factors": {"further.x": {}}}, "factors", ["'further.x'", "site id"]),
        ({"further": {"carbon": {}}}, "further", ["'carbon'", "carbon_limit_t"]),
        ({"further": {"health": {"weight": -1}}}, "further.health.weight", ["-1", "0 to 1000000"]),
        ({"further": {"health": {"x": 1}}}, "further.health.x", ["Known are: weight, price"]),
        ({"further": {"health": 1}}, "further.health", ["must name what it sets"]),
        ({"further": {5: {}}}, "further", ["5"]),
        (
            {"policy": "fairest", "further": {"health": {"price": 1}}},
            "further.health.price",
            ["does not minimise cost"],
        ),
        ({"measure_parameter": 0.3}, "measure_parameter", ["'worst' has none", "leave it empty"]),
        ({"measure": "worst_share", "measure_parameter": 0}, "measure_parameter", ["above 0"]),
        ({"measure": "worst_share", "measure_parameter": 2}, "measure_parameter", ["at most 1"]),
        ({"measure": "lq", "measure_parameter": 0.9}, "measure_parameter", ["from 1 to 20"]),
        ({"measure": "lq", "measure_parameter": 21}, "measure_parameter", ["from 0 to 20"]),
        ({"measure": "gini"}, "measure", ["Known are: worst, worst_share, lq"]),
        ({"lens": "incme"}, "lens", ["Did you mean 'income'?"]),
        ({"max_latency_ms": None}, "max_latency_ms", ["0 to 1000 ms"]),
        ({"worse_tolerance": -0.1}, "worse_tolerance", ["0 to 100"]),
        ({"demand_growth": -1.5}, "demand_growth", ["-1 to 100"]),
        ({"new_site_mw": 5}, "new_site_mw", ["new_site_like is empty"]),
        ({"new_site_latitude": 5}, "new_site_latitude", ["new_site_like is empty"]),
        (
            {"new_site_like": "texas", "new_site_longitude": 5},
            "new_site_longitude",
            ["without new_site_latitude"],
        ),
        (
            {"new_site_like": "texas", "new_site_latitude": 91},
            "new_site_latitude",
            ["-90 to 90 degrees"],
        ),
        (
            {"new_site_like": "texas", "new_site_longitude": 181},
            "new_site_longitude",
            ["-180 to 180 degrees"],
        ),
        ({"new_site_like": 3}, "new_site_like", ["3", "site id"]),
        ({"factors": {"": {}}}, "factors", ["site id"]),
        ({"factors": {"x" * 101: {}}}, "factors", ["1 to 100 printable"]),
        ({"factors": {5: {}}}, "factors", ["site id"]),
        ({"factors": {"texas": {"water": -1}}}, "factors.texas.water", ["-1", "0 to 100;"]),
        ({"factors": {"texas": {"watr": 1}}}, "factors.texas.watr", ["Did you mean 'water'?"]),
    ],
)
def test_bad_input_is_a_sentence_with_field_value_range_and_remedy(fields, field, words):
    with pytest.raises(ScenarioError) as caught:
        Scenario(**fields)
    assert caught.value.field == field
    assert field.split(".")[-1].strip() in str(caught.value)
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert len(str(caught.value)) < 400
    with pytest.raises(ScenarioError):
        Scenario().replace(**fields)


def test_a_site_factor_by_itself_is_checked_too():
    with pytest.raises(ScenarioError, match="water is -1, but must be a number from 0 to 100;"):
        SiteFactors(water=-1)
    with pytest.raises(ScenarioError, match="Did you mean 'carbon'"):
        SiteFactors(carbn=1)


def test_a_scenario_is_not_made_of_a_list():
    with pytest.raises(ScenarioError, match="must be a set of named fields"):
        Scenario.model_validate([1])


def test_times_are_written_in_one_way():
    berlin = timezone(timedelta(hours=2))
    for start in ("2022-09-22", "2022-09-22T00:00", "2022-09-22T02:00+02:00", "20220922T00Z",
                  datetime(2022, 9, 22), datetime(2022, 9, 22, 2, tzinfo=berlin)):  # fmt: skip
        assert Scenario(start=start).start == "2022-09-22T00:00Z"


def test_numbers_are_written_in_one_way():
    for weight in (60, 60.0, np.float32(60), np.int64(60)):
        assert repr(Scenario(water_weight=weight).water_weight) == "60.0"
    assert repr(Scenario(water_weight=-0.0).water_weight) == "0.0"


def test_factors_are_sorted_and_neutral_ones_left_out():
    scenario = Scenario(
        factors={"texas": {"water": 2}, "japan": {"price": 2}, "oregon": {"price": 1}}
    )
    assert list(scenario.factors) == ["japan", "texas"]
    assert scenario.factors_of("oregon") == SiteFactors()
    assert scenario.factors_of("texas").water == 2


def test_a_scenario_is_frozen_hashable_and_can_be_pickled():
    scenario = Scenario(factors={"texas": {"water": 2}})
    again = pickle.loads(pickle.dumps(scenario))
    assert again == scenario
    assert hash(again) == hash(scenario)
    with pytest.raises(ValueError, match="frozen"):
        scenario.policy = "cost"
    with pytest.raises(TypeError):
        scenario.factors["texas"] = SiteFactors()


@pytest.mark.parametrize("baseline", [policy.value for policy in POLICIES])
@pytest.mark.parametrize("policy", [policy.value for policy in POLICIES])
def test_every_policy_can_be_compared_with_every_baseline(policy, baseline):
    scenario = Scenario(policy=policy, baseline=baseline, water_weight=7, reach="partial",
                        start="2022-09-23", factors={"texas": {"water": 2}})  # fmt: skip
    before = scenario.baseline_scenario()
    assert before.policy == baseline
    assert before.allowed_reach == ("nearest" if baseline == "nearest" else "partial")
    assert before.water_weight == (7 if baseline in ("equity", "fairest") else 60)
    assert (before.start, before.factors) == (scenario.start, {})
    as_set = scenario.replace(baseline_world="as_set").baseline_scenario()
    assert as_set.factors == scenario.factors
    assert before == as_set.replace(factors={}, baseline_world="as_is")


def test_the_baseline_has_no_levies_limits_measures_and_lenses():
    scenario = Scenario(
        policy="cost", carbon_price=600, water_price=2, measure="lq", measure_parameter=2,
        lens="own", cost_increase_limit=0.1, water_limit_m3=1, carbon_limit_t=1,
        water_total_limit_m3=1, carbon_total_limit_t=1, no_region_worse=True, worse_tolerance=0.1,
        factors={"texas": {"lens": 2, "water_limit_m3": 3}}, further={"health": {"limit": 3}},
    )  # fmt: skip
    assert scenario.baseline_scenario() == Scenario(policy="cost")


def test_the_baseline_keeps_the_world_or_leaves_it_as_it_is():
    physics = Scenario(
        policy="cost", baseline_world="as_set", reach="latency", max_latency_ms=70,
        demand_growth=0.1, capacity_growth=0.2, new_site_like="texas", new_site_mw=3,
        new_site_latitude=1, new_site_longitude=2, end="2022-09-30",
        factors={"texas": {"capacity": 2, "price": 3}},
    )  # fmt: skip
    assert physics.changes_world
    assert physics.baseline_scenario() == physics.reference_scenario() == physics
    as_is = physics.replace(baseline_world="as_is")
    assert as_is.reference_scenario() == as_is
    assert as_is.baseline_scenario() == Scenario(
        policy="cost", reach="latency", max_latency_ms=70, end="2022-09-30"
    )
    assert not as_is.baseline_scenario().changes_world


@pytest.mark.parametrize(
    "fields",
    [{"demand_growth": 0.1}, {"capacity_growth": -0.1}, {"new_site_like": "texas"},
     *({"factors": {"texas": {name: 2}}} for name in MULTIPLIERS)],
)  # fmt: skip
def test_whatever_changes_the_world_is_left_out_of_the_world_as_it_is(fields):
    scenario = Scenario(**fields)
    assert scenario.changes_world
    assert scenario.world != Scenario().world
    assert scenario.baseline_scenario() == Scenario().baseline_scenario()


def test_a_lens_and_a_limit_change_nothing_of_the_world():
    scenario = Scenario(factors={"texas": {"lens": 2, "water_limit_m3": 3}}, reach="partial")
    assert not scenario.changes_world


def test_the_measure_has_its_usual_parameter_unless_another_is_given():
    assert Scenario(measure="worst_share").share_or_exponent == 0.3
    assert Scenario(measure="lq").share_or_exponent == 4
    assert Scenario(measure="lq", measure_parameter=2).share_or_exponent == 2


def test_the_nearest_policy_keeps_load_at_home_whatever_the_reach():
    assert Scenario(policy="nearest", reach="full").allowed_reach == "nearest"
    assert Scenario(policy="cost", reach="nearest").allowed_reach == "nearest"


def test_an_unknown_site_or_footprint_is_found_against_the_data():
    flat = np.ones((3, 1))
    dataset = small_dataset(flat, flat, flat, [1] * 3, flat, sites=["texas", "virginia", "japan"])
    check_against(Scenario(factors={"texas": {"water": 2}}), dataset)
    with pytest.raises(ScenarioError, match=r"'texsa'.*Did you mean 'texas'") as caught:
        check_against(Scenario(factors={"texsa": {"water": 2}}), dataset)
    assert caught.value.field == "factors.texsa"
    with pytest.raises(ScenarioError, match=r"footprint 'health'.*Known are: water") as caught:
        check_against(Scenario(further={"health": {"weight": 2}}), dataset)
    assert caught.value.field == "further.health"
    with pytest.raises(ScenarioError, match="knows both, such as 'us-2023'"):
        check_against(Scenario(carbon_accounting="marginal"), dataset)


def test_the_accounting_of_carbon_reaches_a_baseline_that_counts_carbon_alone():
    for baseline in BY_NAME["baseline"].choices:
        scenario = Scenario(baseline=baseline, carbon_accounting="marginal")
        counts = any("carbon" in name for terms in _coefficients(scenario) for name in terms)
        kept = scenario.baseline_scenario().carbon_accounting == "marginal"
        assert kept == counts, baseline


def _coefficients(scenario):
    terms = policy_terms(scenario.baseline_scenario())
    return terms.total, terms.worst
