"""What is asked: one frozen scenario, every field checked against the parameter table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    SkipValidation,
    ValidationInfo,
    field_validator,
    model_validator,
)

from equity_core.errors import ScenarioError
from equity_core.scenario.checks import check, check_site_id, did_you_mean, plain, shown
from equity_core.scenario.parameters import (
    BY_NAME,
    FACTORS_BY_NAME,
    POLICIES_WITHOUT_LEVY,
    Parameter,
)


def _default(name: str) -> Any:
    return BY_NAME[name].default


class _Checked(BaseModel):
    """A frozen record whose fields are rows of a table; wrong input raises `ScenarioError`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    rows: ClassVar[Mapping[str, Parameter]]

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_fields(cls, data: Any) -> Any:
        if isinstance(data, cls):
            return data
        if not isinstance(data, Mapping):
            raise ScenarioError(
                cls.__name__,
                f"{cls.__name__} is {shown(data)}, but must be a set of named fields; "
                "write it as an object.",
            )
        for name in data:
            if name not in cls.model_fields:
                hint = did_you_mean(str(name), cls.model_fields)
                raise ScenarioError(str(name), f"There is no field {shown(name)}. {hint}")
        return data

    @field_validator("*", mode="before")
    @classmethod
    def _check_against_table(cls, value: Any, info: ValidationInfo) -> Any:
        row = cls.rows.get(str(info.field_name))
        return value if row is None else check(row, value)

    def replace(self, **changes: Any) -> Self:
        """A copy with `changes`, checked like a new one (raises `ScenarioError`)."""
        return type(self)(**(dict(self) | changes))

    def non_defaults(self) -> dict[str, Any]:
        """The fields that differ from their default, in table order, as plain JSON values."""
        return {
            name: value
            for name, row in self.rows.items()
            if (value := getattr(self, name)) != row.default
        }


class SiteFactors(_Checked):
    """Multipliers of one region's figures; 1 leaves them as they are (rows: `SITE_FACTORS`)."""

    rows: ClassVar[Mapping[str, Parameter]] = FACTORS_BY_NAME

    price: float = 1.0
    water: float = 1.0
    carbon: float = 1.0
    capacity: float = 1.0
    demand: float = 1.0
    lens: float = 1.0


class FactorTable(Mapping[str, SiteFactors]):
    """Site id -> `SiteFactors`, in order of id; unchangeable, hashable, and can be pickled.

    Sites whose factors are all 1 are left out, so that equal scenarios compare equal.
    """

    def __init__(self, factors: Mapping[str, SiteFactors]) -> None:
        self._factors = {
            site: factors[site] for site in sorted(factors) if factors[site].non_defaults()
        }

    def __getitem__(self, site: str) -> SiteFactors:
        return self._factors[site]

    def __iter__(self) -> Iterator[str]:
        return iter(self._factors)

    def __len__(self) -> int:
        return len(self._factors)

    def __hash__(self) -> int:
        return hash(tuple(self._factors.items()))

    def __repr__(self) -> str:
        return repr(self._factors)


class Scenario(_Checked):
    """One question to the planner; the defaults are the paper's equity case.

    Units, ranges and meaning of each field stand in `parameters.PARAMETERS`. `start` is included
    in the period, `end` is not. Raises `ScenarioError` naming the field, or `NotYetAvailable`.
    """

    rows: ClassVar[Mapping[str, Parameter]] = BY_NAME

    dataset: str = _default("dataset")
    policy: str = _default("policy")
    water_weight: float = _default("water_weight")
    carbon_weight: float = _default("carbon_weight")
    water_price: float = _default("water_price")
    carbon_price: float = _default("carbon_price")
    measure: str = _default("measure")
    measure_parameter: float | None = _default("measure_parameter")
    lens: str = _default("lens")
    reach: str = _default("reach")
    max_latency_ms: float | None = _default("max_latency_ms")
    baseline: str = _default("baseline")
    cost_increase_limit: float | None = _default("cost_increase_limit")
    water_limit_m3: float | None = _default("water_limit_m3")
    carbon_limit_t: float | None = _default("carbon_limit_t")
    no_region_worse: bool = _default("no_region_worse")
    start: str | None = _default("start")
    end: str | None = _default("end")
    factors: Annotated[Mapping[str, SiteFactors], SkipValidation] = FactorTable({})

    @field_validator("factors", mode="before")
    @classmethod
    def _check_factors(cls, value: Any) -> FactorTable:
        if isinstance(value, FactorTable):
            return value
        if not isinstance(value, Mapping):
            raise ScenarioError(
                "factors",
                f"factors is {shown(value)}, but must give each site its multipliers; "
                'write it as {"texas": {"water": 1.5}}.',
            )
        return FactorTable({check_site_id(site): read_factors(site, value[site]) for site in value})

    @model_validator(mode="after")
    def _check_together(self) -> Self:
        for name in ("water_price", "carbon_price"):
            if getattr(self, name) and self.policy in POLICIES_WITHOUT_LEVY:
                raise ScenarioError(
                    name,
                    f"{name} is {plain(getattr(self, name))}, but policy {self.policy!r} does not "
                    f"minimise cost, so a price has no effect; set {name} to 0 or choose another "
                    "policy, such as 'cost'.",
                )
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ScenarioError(
                "end",
                f"end is {self.end}, but must be later than start ({self.start}); "
                "choose a later end or an earlier start.",
            )
        return self

    @property
    def allowed_reach(self) -> str:
        """The reach that holds: the policy `nearest` keeps every gateway at its own site."""
        return "nearest" if self.policy == "nearest" else self.reach

    def factors_of(self, site: str) -> SiteFactors:
        """The site's multipliers, all 1 when none are given."""
        return self.factors.get(site, SiteFactors())

    def non_defaults(self) -> dict[str, Any]:
        """The fields that differ from their default, as plain JSON values; factors site by site."""
        sites = {site: factors.non_defaults() for site, factors in self.factors.items()}
        return super().non_defaults() | ({"factors": sites} if sites else {})

    def baseline_scenario(self) -> Scenario:
        """The plan this one is compared with: the policy `baseline` on the same data and physics.

        Levies are left out, so that a price shows its own effect; weights are kept only
        where the baseline uses them, so that moving a slider does not ask for a new baseline.
        """
        levers = {name: _default(name) for name in ("water_price", "carbon_price")}
        if self.baseline not in ("equity", "fairest"):
            levers |= {name: _default(name) for name in ("water_weight", "carbon_weight")}
        if self.baseline == "nearest":
            levers["reach"] = "nearest"
        return self.replace(policy=self.baseline, **levers)


def read_factors(site: str, value: Any) -> SiteFactors:
    """One site's multipliers from a mapping; a wrong one is named `factors.texas.water`."""
    if isinstance(value, SiteFactors):
        return value
    if not isinstance(value, Mapping):
        raise ScenarioError(
            f"factors.{site}",
            f"factors.{site} is {shown(value)}, but must name its multipliers; "
            'write it as {"water": 1.5}.',
        )
    return SiteFactors(**{name: check_factor(site, name, value[name]) for name in value})


def check_factor(site: str, name: Any, value: Any) -> float:
    """The multiplier `name` of `site`, checked against its row of the table."""
    field = f"factors.{site}.{name}"
    if name not in FACTORS_BY_NAME:
        hint = did_you_mean(str(name), FACTORS_BY_NAME)
        raise ScenarioError(field, f"{field}: there is no regional factor {shown(name)}. {hint}")
    return float(check(FACTORS_BY_NAME[name], value, field))


def check_against(scenario: Scenario, site_ids: Iterable[str]) -> None:
    """Raise `ScenarioError` when the factors name a site that the data set does not have."""
    known = tuple(site_ids)
    for site in scenario.factors:
        if site not in known:
            raise ScenarioError(
                f"factors.{site}",
                f"factors names the site {shown(site)}, which data set {scenario.dataset!r} does "
                f"not have. {did_you_mean(site, known)}",
            )
