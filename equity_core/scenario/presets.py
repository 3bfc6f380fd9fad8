"""Named policies and cases to start from: data files, each with its expected results beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from equity_core.inputs.folders import DATA
from equity_core.scenario.parameters import PARAMETERS
from equity_core.scenario.scenario import Scenario

FOLDER = DATA / "presets"

LEVERS = {
    row.name: row.default for row in PARAMETERS if row.group in ("policy", "fairness", "limits")
} | {"further": {}}
"""What a policy sets, with defaults; data, reach, fleet, period, baseline and regions stay."""


@dataclass(frozen=True)
class Preset:
    """A named setting of the levers; those not in `changes` go back to their default.

    `author` and `source` say whose idea it is, `text` is a paragraph about it. `expected` are the
    results of `scenario`: objective, cost_usd, worst_water_m3, worst_carbon_t.

    A case asks a `question`; `answers` name the sentences about its plan that answer it
    (text/case.py), `caveat` says what the answer does not show, `view` what the page shows
    first.
    """

    name: str
    label: str
    explanation: str
    author: str
    source: str
    text: str
    changes: Mapping[str, Any] = field(hash=False)
    expected: Mapping[str, float] = field(hash=False)
    question: str = ""
    answers: Sequence[str] = field(default=(), hash=False)
    caveat: str = ""
    view: Mapping[str, str] = field(default_factory=dict, hash=False)

    @cached_property
    def scenario(self) -> Scenario:
        """The preset by itself, with everything else at its default."""
        return Scenario(**self.changes)

    @property
    def of_one_dataset(self) -> bool:
        """Whether its figures, such as a cap in m3 or a site, suit one data set only."""
        return "dataset" in self.changes

    def is_set_in(self, scenario: Scenario) -> bool:
        """Whether `apply` would change nothing."""
        own = self.scenario
        return all(getattr(own, name) == getattr(scenario, name) for name in LEVERS)

    def apply(self, scenario: Scenario) -> Scenario:
        """`scenario` with this preset's levers."""
        return scenario.replace(**(LEVERS | dict(self.changes)))


def read_presets(folder: Path = FOLDER) -> tuple[Preset, ...]:
    """The presets of a folder, in the order of the numbers before their names."""
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> Preset:
    about = tomllib.loads(path.read_text(encoding="utf-8"))
    about["changes"] = about.pop("scenario")
    for name in ("text", "caveat"):
        about[name] = " ".join(about.get(name, "").split())
    return Preset(name=path.stem.partition("_")[2], **about)


_ALL = read_presets()

PRESETS: tuple[Preset, ...] = tuple(preset for preset in _ALL if not preset.of_one_dataset)
"""Policies for any data set."""

CASES: tuple[Preset, ...] = tuple(preset for preset in _ALL if preset.of_one_dataset)
"""Whole questions about one data set, each to be asked as its `scenario`."""

LANDING: Preset = next(case for case in CASES if case.name == "a_fifth_moves")
"""What the page opens on where its address asks for nothing."""


def case_of(scenario: Scenario) -> Preset | None:
    """The case whose scenario this is, or None."""
    return next((case for case in CASES if case.scenario == scenario), None)


def preset_of(scenario: Scenario) -> Preset | None:
    """The policy whose levers the scenario has, or None once a lever was moved."""
    return next((preset for preset in PRESETS if preset.is_set_in(scenario)), None)
