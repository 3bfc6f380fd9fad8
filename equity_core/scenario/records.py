"""Frozen records whose fields are rows of a table, and tables of such records by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator, model_validator

from equity_core.errors import ScenarioError, shown
from equity_core.scenario.checks import check, did_you_mean, no_such_field
from equity_core.scenario.parameters import FACTORS_BY_NAME, FURTHER_BY_NAME, Parameter


class Checked(BaseModel):
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
                raise no_such_field(name, cls.model_fields)
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


MULTIPLIERS = ("price", "water", "carbon", "capacity", "demand")
"""The fields of `SiteFactors` that multiply a figure of the data set."""


class SiteFactors(Checked):
    """Multipliers of one region's figures (1 leaves them as they are), and its own limits.

    Rows: `SITE_FACTORS`.
    """

    rows: ClassVar[Mapping[str, Parameter]] = FACTORS_BY_NAME

    price: float = 1.0
    water: float = 1.0
    carbon: float = 1.0
    capacity: float = 1.0
    demand: float = 1.0
    lens: float = 1.0
    water_limit_m3: float | None = None
    carbon_limit_t: float | None = None

    @property
    def changes_figures(self) -> bool:
        """Whether a figure of the region is multiplied by anything but 1."""
        return any(getattr(self, name) != 1 for name in MULTIPLIERS)

    def figures(self) -> SiteFactors:
        """The multipliers of the region's figures alone, without lens weight and limits."""
        return SiteFactors(**{name: getattr(self, name) for name in MULTIPLIERS})


class FootprintTerms(Checked):
    """What counts, and what is limited, of one footprint beyond water and carbon.

    Rows: `FURTHER_TERMS`. Units are the footprint's own, and USD for each of them.
    """

    rows: ClassVar[Mapping[str, Parameter]] = FURTHER_BY_NAME

    weight: float = 0.0
    price: float = 0.0
    limit: float | None = None
    total_limit: float | None = None


KINDS: Mapping[str, type[Checked]] = {"factors": SiteFactors, "further": FootprintTerms}
"""The scenario's fields that hold records by name."""

Record = TypeVar("Record", bound=Checked)


class ByName(Mapping[str, Record], Generic[Record]):
    """Name -> record, in order of name; unchangeable, hashable, and can be pickled.

    Records that say nothing but defaults are left out, so that equal scenarios compare equal.
    """

    def __init__(self, records: Mapping[str, Record]) -> None:
        self._records: dict[str, Record] = {
            name: records[name] for name in sorted(records) if records[name].non_defaults()
        }

    def __getitem__(self, name: str) -> Record:
        return self._records[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __hash__(self) -> int:
        return hash(tuple(self._records.items()))

    def __repr__(self) -> str:
        return repr(self._records)


def read_record(kind: type[Record], place: str, value: Any) -> Record:
    """One record from a mapping; a wrong value is named by its place: `factors.texas.water`."""
    if isinstance(value, kind):
        return value
    if not isinstance(value, Mapping):
        example = next(iter(kind.rows))
        raise ScenarioError(
            place,
            f"{place} is {shown(value)}, but must name what it sets; "
            f'write it as {{"{example}": 1.5}}.',
        )
    return kind(**{name: check_part(kind, place, name, value[name]) for name in value})


def check_part(kind: type[Checked], place: str, name: Any, value: Any) -> Any:
    """The field `name` of the record at `place`, checked against its row of the table."""
    if name not in kind.rows:
        hint = did_you_mean(str(name), kind.rows)
        raise ScenarioError(
            f"{place}.{name}", f"{place}: there is no {shown(name)} to set there. {hint}"
        )
    return check(kind.rows[name], value, f"{place}.{name}")
