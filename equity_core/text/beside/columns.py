"""The columns of a table of scenarios: each a plan against its own baseline, under a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from equity_core.errors import EquityError, ScenarioError
from equity_core.inputs.checks import counted
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.scenario.lineup import LONGEST_NAME, Named, plain_name
from equity_core.scenario.link import from_query
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.presets import case_of
from equity_core.scenario.scenario import Scenario
from equity_core.text.plan_names import named_baseline, plan_of
from equity_core.text.scenario import value_text

LETTERS = "ABCDE"


@dataclass(frozen=True, eq=False)
class Column:
    """One scenario of the table.

    `comparison` is its plan against its own baseline; None where there is none, which `problem`
    says, or none yet. `query` is that of its link; where it cannot be read, `scenario` is None.
    """

    letter: str
    name: str
    query: str
    scenario: Scenario | None = None
    comparison: Comparison | None = None
    problem: str = ""

    @property
    def title(self) -> str:
        """ "B: Lowest-carbon plan"."""
        return f"{self.letter}: {self.name}"

    @property
    def plan(self) -> Outcome | None:
        """Its plan, where there is one."""
        return None if self.comparison is None else self.comparison.after


UNREADABLE = "Unreadable link"


def column_of(letter: str, entry: Named) -> Column:
    """The column of an entry, before it is solved; a link that cannot be read is its problem."""
    try:
        scenario = from_query(entry.query)
    except EquityError as error:
        return Column(letter, entry.name or UNREADABLE, entry.query, problem=str(error))
    return Column(letter, entry.name or default_name(scenario), entry.query, scenario)


def solved(columns: Sequence[Column]) -> list[tuple[Column, Comparison]]:
    """The columns that have a plan, with it."""
    return [(column, column.comparison) for column in columns if column.comparison is not None]


def first_letter(columns: Sequence[Column]) -> str:
    """The letter of the column that differences are against."""
    return next((it.letter for it, _ in solved(columns)), "A")


def against_first(columns: Sequence[Column]) -> dict[str, Comparison]:
    """By letter: each plan against that of the first column that has one.

    Left out are the first itself, and those about other hours or regions: nothing is subtracted
    there.
    """
    plans = solved(columns)
    return {
        column.letter: change
        for column, own in plans[1:]
        if (change := difference(plans[0][1].after, own.after)) is not None
    }


def difference(before: Outcome, after: Outcome) -> Comparison | None:
    """One plan against another; None where they are about other hours or regions."""
    if not before.hours.equals(after.hours):
        return None
    try:
        return after.compare(before)
    except ScenarioError:
        return None


def baseline_words(scenario: Scenario) -> str:
    """The plan that a scenario is measured against, with its reach."""
    reach = BY_NAME["reach"].choice_labels[scenario.baseline_scenario().allowed_reach]
    return f"{named_baseline(scenario)} (reach: {reach.lower()})"


def default_name(scenario: Scenario) -> str:
    """What a scenario is called until its reader names it: "Equity plan, reach Anywhere"."""
    case = case_of(scenario)
    if case is not None:
        return plain_name(case.label)
    plan = plan_of(scenario).removeprefix("the ")
    name = plan[0].upper() + plan[1:]
    for words in _further(scenario):
        if len(longer := f"{name}, {words}") <= LONGEST_NAME:
            name = longer
    return plain_name(name)


WEIGHTS = ("water_weight", "carbon_weight")
UNTOLD = ("policy", "dataset", "baseline", "baseline_world", "start", "end", "further")


def _further(scenario: Scenario) -> Iterator[str]:
    """What is set besides the policy, field by field; weights where they weigh."""
    for field, value in scenario.non_defaults().items():
        if field == "factors":
            yield f"factors in {counted(len(scenario.factors), 'region')}"
        elif field not in UNTOLD and (field not in WEIGHTS or scenario.policy == "equity"):
            told = value_text(BY_NAME[field], value, {})
            # A choice is a word of the sentence; a unit is written as it is.
            words = told.lower() if isinstance(value, str) else told
            yield f"{BY_NAME[field].label.lower()} {words}"
