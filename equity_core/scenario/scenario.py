"""What is asked: one frozen scenario, every field checked against the parameter table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import SkipValidation, field_validator, model_validator

from equity_core.errors import ScenarioError, shown
from equity_core.measures.table import MEASURES
from equity_core.scenario.checks import check_footprint_name, check_site_id, did_you_mean
from equity_core.scenario.cross_checks import cross_check
from equity_core.scenario.parameters import BY_NAME, Parameter
from equity_core.scenario.records import (
    ByName,
    Checked,
    FootprintTerms,
    Record,
    SiteFactors,
    read_record,
)

if TYPE_CHECKING:  # links and refusals need not wait for pandas
    from equity_core.inputs.dataset import Dataset

NEW_SITE = "new-site"
"""Id of the hypothetical site."""


def _default(name: str) -> Any:
    return BY_NAME[name].default


AS_IT_IS: Mapping[str, Any] = {
    row.name: row.default for row in BY_NAME.values() if row.group in ("growth", "new site")
} | {"factors": {}}
"""What a scenario changes in the world, as it is when nothing is changed."""


class Scenario(Checked):
    """One question to the planner; the defaults are the paper's equity case.

    Units, ranges and meaning of each field stand in `parameters.PARAMETERS`. `start` is included
    in the period, `end` is not. Raises `ScenarioError` naming the field.
    """

    rows: ClassVar[Mapping[str, Parameter]] = BY_NAME

    dataset: str = _default("dataset")
    onsite_water: float = _default("onsite_water")
    policy: str = _default("policy")
    water_weight: float = _default("water_weight")
    carbon_weight: float = _default("carbon_weight")
    water_price: float = _default("water_price")
    carbon_price: float = _default("carbon_price")
    carbon_accounting: str = _default("carbon_accounting")
    measure: str = _default("measure")
    measure_parameter: float | None = _default("measure_parameter")
    lens: str = _default("lens")
    reach: str = _default("reach")
    max_latency_ms: float = _default("max_latency_ms")
    movable_share: float = _default("movable_share")
    deferrable_share: float = _default("deferrable_share")
    defer_window: str = _default("defer_window")
    baseline: str = _default("baseline")
    baseline_world: str = _default("baseline_world")
    cost_increase_limit: float | None = _default("cost_increase_limit")
    water_limit_m3: float | None = _default("water_limit_m3")
    carbon_limit_t: float | None = _default("carbon_limit_t")
    water_total_limit_m3: float | None = _default("water_total_limit_m3")
    carbon_total_limit_t: float | None = _default("carbon_total_limit_t")
    no_region_worse: bool = _default("no_region_worse")
    worse_tolerance: float = _default("worse_tolerance")
    demand_growth: float = _default("demand_growth")
    capacity_growth: float = _default("capacity_growth")
    new_site_like: str = _default("new_site_like")
    new_site_mw: float = _default("new_site_mw")
    new_site_latitude: float | None = _default("new_site_latitude")
    new_site_longitude: float | None = _default("new_site_longitude")
    start: str | None = _default("start")
    end: str | None = _default("end")
    factors: Annotated[Mapping[str, SiteFactors], SkipValidation] = ByName[SiteFactors]({})
    further: Annotated[Mapping[str, FootprintTerms], SkipValidation] = ByName[FootprintTerms]({})

    @field_validator("factors", mode="before")
    @classmethod
    def _check_factors(cls, value: Any) -> ByName[SiteFactors]:
        return _records(SiteFactors, "factors", value, check_site_id)

    @field_validator("further", mode="before")
    @classmethod
    def _check_further(cls, value: Any) -> ByName[FootprintTerms]:
        return _records(FootprintTerms, "further", value, check_footprint_name)

    @model_validator(mode="after")
    def _cross_check(self) -> Self:
        cross_check(self)
        return self

    @property
    def allowed_reach(self) -> str:
        """The reach that holds: the policy `nearest` keeps every gateway at its own site."""
        return "nearest" if self.policy == "nearest" else self.reach

    @property
    def waiting_share(self) -> float:
        """The share of movable load that waits: under the policy `nearest` none does."""
        return 0.0 if self.policy == "nearest" else self.deferrable_share

    @property
    def share_or_exponent(self) -> float:
        """The parameter of the measure: what is given, or the usual one; 0 where it takes none."""
        parameter = MEASURES[self.measure].parameter
        if parameter is None:
            return 0.0
        return parameter.default if self.measure_parameter is None else self.measure_parameter

    def factors_of(self, site: str) -> SiteFactors:
        """What is set for a site: all 1 and no limits when nothing is."""
        return self.factors.get(site, SiteFactors())

    def further_of(self, footprint: str) -> FootprintTerms:
        """What is set for a footprint beyond water and carbon: nothing counts when nothing is."""
        return self.further.get(footprint, FootprintTerms())

    def non_defaults(self) -> dict[str, Any]:
        """The fields that differ from their default, as plain JSON values, records by name."""
        return super().non_defaults() | {
            name: {key: record.non_defaults() for key, record in records.items()}
            for name, records in (("factors", self.factors), ("further", self.further))
            if records
        }

    @property
    def world(self) -> Mapping[str, Any]:
        """What holds in the world: growth, new site, and the multipliers of regions' figures."""
        figures = {name: factors.figures() for name, factors in self.factors.items()}
        return {name: getattr(self, name) for name in AS_IT_IS} | {"factors": ByName(figures)}

    @property
    def changes_world(self) -> bool:
        """Whether anything of the world is changed; if not, its two baselines are the same."""
        figures = any(factors.changes_figures for factors in self.factors.values())
        others = (name for name in AS_IT_IS if name != "factors")
        return figures or any(getattr(self, name) != AS_IT_IS[name] for name in others)

    def baseline_scenario(self) -> Scenario:
        """The plan this one is compared with: the policy `baseline` in the world chosen for it.

        Data, period, reach and round trips stay. The world is that of the data set (`as_is`), so
        that its changes show their own effect, or the one with the same changes (`as_set`).
        """
        reference = self.reference_scenario()
        return reference if self.baseline_world == "as_set" else reference.replace(**AS_IT_IS)

    def reference_scenario(self) -> Scenario:
        """The plan that limits refer to: the policy `baseline` in the world as it is set.

        Levies, limits, measures and lenses are left out, so that each shows its own effect;
        weights are kept only where the policy uses them, so that moving a slider does not ask for
        a new one.
        """
        left_out = {row.name for row in BY_NAME.values() if row.group in ("fairness", "limits")}
        left_out |= {"water_price", "carbon_price"}
        if self.baseline in ("equity", "fairest"):
            left_out -= {"water_weight", "carbon_weight"}
        elif self.baseline in ("cost", "water", "nearest"):
            left_out |= {"carbon_accounting"}
        changes: dict[str, Any] = {name: _default(name) for name in left_out}
        changes |= {"policy": self.baseline, "factors": self.world["factors"], "further": {}}
        if self.baseline == "nearest":
            changes["reach"] = "nearest"
        return self.replace(**changes)


def _records(
    kind: type[Record], field: str, value: Any, check_name: Callable[[Any], str]
) -> ByName[Record]:
    if not isinstance(value, Mapping):
        example = {"factors": '{"texas": {"water": 1.5}}', "further": '{"health": {"weight": 1.5}}'}
        raise ScenarioError(
            field,
            f"{field} is {shown(value)}, but must be a set of names, each with what is set for it; "
            f"write it as {example[field]}.",
        )
    read = {name: read_record(kind, f"{field}.{check_name(name)}", value[name]) for name in value}
    return ByName(read)


def check_against(scenario: Scenario, dataset: Dataset) -> None:
    """Raise `ScenarioError` for a site or footprint that the data set does not have."""
    footprints = [footprint.name for footprint in dataset.footprints]
    named = (
        ("factors", scenario.factors, "site", dataset.site_ids),
        ("further", scenario.further, "footprint", footprints),
    )
    for field, records, word, known in named:
        for name in records:
            if name not in known:
                raise ScenarioError(
                    f"{field}.{name}",
                    f"{field} names the {word} {shown(name)}, which data set {scenario.dataset!r} "
                    f"does not have. {did_you_mean(name, known)}",
                )
    if scenario.carbon_accounting == "marginal" and "marginal_carbon" not in footprints:
        raise ScenarioError(
            "carbon_accounting",
            f"carbon_accounting is 'marginal', but data set {scenario.dataset!r} has no footprint "
            "marginal_carbon; choose 'average', or a data set that knows both, such as 'us-2023'.",
        )
