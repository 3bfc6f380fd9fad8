"""The small print of a picture: whose figures, from which sources, and what makes it repeatable.

Every picture carries it, in print, where it is posted, and as the browser saves it.
"""

from __future__ import annotations

from dataclasses import dataclass

from equity_core.inputs.dataset import Dataset, citations
from equity_core.outcome.outcome import Outcome
from equity_core.outcome.provenance import origin_words
from equity_core.text.caveats import short_caveat
from equity_core.text.scenario import period


@dataclass(frozen=True)
class Printed:
    """Words that a picture takes along where it is saved: a title, and lines of small print."""

    title: str
    small: tuple[str, ...]


def small_print(outcome: Outcome, dataset: Dataset) -> tuple[str, ...]:
    """Three lines for a picture of few words: caveat with quality, source with dates, origin."""
    source = f"{dataset.title}: {period(outcome)}. Source: {dataset.attribution}"
    return short_caveat(outcome, dataset), source, origin_words(outcome)


def source_words(outcome: Outcome, dataset: Dataset) -> str:
    """Period, then the source, date and quality of every figure that the plans rest on."""
    columns = ("price", "demand", *(item.column for item in dataset.footprints))
    told = citations(dataset.cards_of(*columns)) or [dataset.attribution]
    return f"{dataset.title}: {period(outcome)}. Source: {'; '.join(told)}."
