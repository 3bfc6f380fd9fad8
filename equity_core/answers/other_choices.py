"""Which choice would make somebody else the worst off, as sentences and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from equity_core.inputs.dataset import Dataset
from equity_core.robustness.choices import Choice, Loser
from equity_core.scenario.parameters import BY_NAME
from equity_core.text.nouns import noun
from equity_core.text.numbers import rounded

HEADINGS = ("Choice", "Instead", "Worst off then", "Rise", "Somebody else")


def usual_sentence(usual: Loser, dataset: Dataset, names: Mapping[str, str]) -> str:
    """Who is worst off as the scenario stands."""
    if not usual.site:
        return "As the scenario stands, no region is worse off than under the baseline."
    return (
        f"As the scenario stands, {names[usual.site]} is worst off: of all rises its "
        f"{_noun(usual, dataset)} is the largest, {rounded(usual.percent)} of the largest burden "
        "of one region under the baseline."
    )


def flips_sentence(tried: Sequence[Choice]) -> str:
    """How many of the choices tried make somebody else the worst off."""
    flips = sum(choice.flips for choice in tried)
    return (
        f"{flips} of {len(tried)} choices tried make somebody else, or another burden, the worst."
    )


def choice_table(
    tried: Sequence[Choice], dataset: Dataset, names: Mapping[str, str]
) -> pd.DataFrame:
    """One row a choice, those first that make somebody else the worst off."""
    rows = [
        (
            "Both weights" if choice.field == "weights" else BY_NAME[choice.field].label,
            _instead(choice),
            _who(choice.loser, dataset, names),
            rounded(choice.loser.percent) if choice.loser.site else "",
            "yes" if choice.flips else "no",
        )
        for choice in sorted(tried, key=lambda choice: not choice.flips)
    ]
    return pd.DataFrame(rows, columns=list(HEADINGS))


def _instead(choice: Choice) -> str:
    if choice.field != "weights":
        return BY_NAME[choice.field].choice_labels[choice.value]
    beyond = "and less" if float(choice.value) < 1 else "and more"
    return f"times {choice.value} {beyond}" if choice.flips else f"as far as times {choice.value}"


def _who(loser: Loser, dataset: Dataset, names: Mapping[str, str]) -> str:
    return f"{names[loser.site]} ({_noun(loser, dataset)})" if loser.site else "nobody"


def _noun(loser: Loser, dataset: Dataset) -> str:
    return next(noun(item) for item in dataset.footprints if item.name == loser.footprint)
