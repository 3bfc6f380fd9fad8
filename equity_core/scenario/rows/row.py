"""One row of the parameter table, and one option of a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["choice", "name", "site", "number", "optional_number", "flag", "optional_time"]
"""How a value is written: an option of the row, a data set's name, a site's id, a number, yes/no,
a UTC hour."""

LARGEST_WEIGHT = 1e6
"""USD per unit: hundreds of times the paper's weights, where no worst case moves any more."""

LARGEST_FACTOR = 100.0
"""Wide enough for reservoir evaporation, which multiplies Brazil's water by about 60."""

LARGEST_LIMIT = 1e12
"""Of any burden, in its own unit: far above what a fleet causes in a year."""


@dataclass(frozen=True)
class Option:
    """One value of a choice, as the link writes it and as the page says it."""

    value: str
    label: str
    explanation: str


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One row of the table.

    `minimum` and `maximum` bound what is accepted (both inclusive). `slider` is the everyday range
    of a slider; on a `log` one it is where the scale begins and ends, and 0 stays reachable.
    `equation` says what the value changes, in the symbols of docs/METHOD.md, section 1.
    """

    name: str
    label: str
    help: str
    unit: str
    group: str
    kind: Kind
    default: Any
    equation: str = ""
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    slider: tuple[float, float] | None = None
    log: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The values on offer."""
        return tuple(option.value for option in self.options)

    @property
    def choice_labels(self) -> dict[str, str]:
        """Value -> what the page calls it."""
        return {option.value: option.label for option in self.options}

    @property
    def explanations(self) -> dict[str, str]:
        """Value -> one line of explanation."""
        return {option.value: option.explanation for option in self.options}
