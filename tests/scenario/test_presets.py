"""Presets as data: each is told in words, has its results beside it, and is found again."""

import tomllib

import pytest

from equity_core.errors import ScenarioError
from equity_core.scenario.link import from_query, to_query
from equity_core.scenario.parameters import POLICIES
from equity_core.scenario.presets import (
    CASES,
    FOLDER,
    LANDING,
    LEVERS,
    PRESETS,
    preset_of,
    read_presets,
)
from equity_core.scenario.scenario import Scenario

EVERY = read_presets()


@pytest.mark.parametrize("preset", EVERY, ids=lambda preset: preset.name)
def test_each_preset_is_told_in_words_and_has_its_results(preset):
    assert preset.label
    assert preset.author
    assert preset.source
    assert preset.explanation.endswith(".")
    assert preset.text.endswith((".", "?"))
    assert 100 < len(preset.text) < 500
    assert "\n" not in preset.text
    assert set(preset.expected) == {"objective", "cost_usd", "worst_water_m3", "worst_carbon_t"}
    assert preset.of_one_dataset or set(preset.changes) <= set(LEVERS)
    assert from_query(to_query(preset.scenario)) == preset.scenario
    if preset.of_one_dataset:
        assert preset.question.endswith("?")
        assert preset.caveat.endswith(".")
        # The headline is the answer of what the page opens on.
        assert preset.answers or preset.name == LANDING.name


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_each_policy_is_found_again(preset):
    kept = Scenario(
        reach="partial",
        water_weight=3,
        carbon_price=9,
        water_limit_m3=2000,
        measure="lq",
        measure_parameter=3,
        demand_growth=0.1,
        factors={"texas": {"water": 2}},
        further={"health": {"weight": 2}},
    )
    scenario = preset.apply(kept)
    assert preset_of(scenario) is preset
    for name in ("reach", "factors", "demand_growth"):
        assert getattr(scenario, name) == getattr(kept, name)
    assert scenario.replace(**{name: getattr(kept, name) for name in LEVERS}) == kept
    assert (scenario.carbon_price, scenario.water_limit_m3) != (9, 2000)


def test_presets_are_told_apart_and_cover_every_policy():
    assert len({preset.name for preset in EVERY}) == len(EVERY) >= 8
    assert len({preset.label for preset in EVERY}) == len(EVERY)
    assert len({preset.scenario for preset in EVERY}) == len(EVERY)
    assert {preset.scenario.policy for preset in PRESETS} == {p.value for p in POLICIES}
    assert PRESETS[0].name == "paper"
    assert {case.scenario.dataset for case in CASES} == {"paper-2022", "us-2023"}
    assert preset_of(Scenario()).name == "paper"
    assert preset_of(Scenario(water_weight=61)) is None


def test_files_are_read_in_the_order_of_their_numbers(tmp_path):
    one = (FOLDER / "01_paper.toml").read_text(encoding="utf-8")
    (tmp_path / "2_other.toml").write_text(one.replace('"equity"', '"cost"'), encoding="utf-8")
    (tmp_path / "1_first_of_all.toml").write_text(one, encoding="utf-8")
    first, second = read_presets(tmp_path)
    assert (first.name, second.name) == ("first_of_all", "other")
    assert second.scenario == Scenario(policy="cost")
    (tmp_path / "3_wrong.toml").write_text(one.replace('"equity"', '"equty"'), encoding="utf-8")
    with pytest.raises(ScenarioError, match="Did you mean 'equity'"):
        read_presets(tmp_path)[2].scenario  # noqa: B018
    (tmp_path / "3_wrong.toml").write_text(one + "[", encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        read_presets(tmp_path)
