"""Who gains, who loses, and how fair a plan is by the measure and lens that were chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.measures.table import MEASURES
from equity_core.model.lens import lens_column, lens_of
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import change_pct
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.policies import WEIGHTED
from equity_core.scenario.scenario import Scenario
from equity_core.text.nouns import noun
from equity_core.text.numbers import NO_CHANGE, change, joined, number, percent_change
from equity_core.text.opening.alone import basis
from equity_core.text.opening.headline import new_site_sentences

LENS_WORDS = {
    "water_stress": ", with water weighed by water stress",
    "income": ", weighed by income",
    "population": ", per head of the country",
    "energy_burden": ", weighed by the share of income that households pay for electricity",
    "own": ", with own weights of the regions",
}


def gain_sentences(comparison: Comparison) -> tuple[str, ...]:
    """One sentence a footprint: where it falls most, where it rises most, all regions together.

    A hypothetical site neither gains nor loses; what it carries is a sentence of its own.
    """
    told = [gain_sentence(comparison, item) for item in comparison.after.footprints]
    return (*told, *new_site_sentences(comparison))


def gain_sentence(comparison: Comparison, footprint: Footprint) -> str:
    """Where a footprint falls most, where it rises most, and all regions together."""
    column, names = footprint.column, comparison.after.site_names
    moved = comparison.by_column[f"{column}_change"]
    order = comparison.largest_rise_first(column)[: len(comparison.regions)][::-1]
    shown = [change(float(moved[row]), footprint.unit) for row in order]
    if all(text == NO_CHANGE for text in shown):
        return f"{footprint.label}: no change in any region ({basis(comparison)})."
    parts = []
    for place, verb in ((0, "falls most in"), (-1, "rises most in")):
        rises = shown[place].startswith("+")
        if shown[place] != NO_CHANGE and rises == (verb == "rises most in"):
            row = order[place]
            share = percent_change(float(comparison.by_column[f"{column}_change_pct"][row]), 2)
            name = names[comparison.sites[row]]
            parts.append(f"{verb} {name} ({_sized(shown[place], share)})")
    together = percent_change(comparison.total_change_pct(column), 2)
    told = f"{footprint.label} {joined(parts)}; all regions together: {together}"
    return f"{told} ({basis(comparison)})."


def _sized(size: str, share: str) -> str:
    """A change with its percentage, where the baseline leaves one."""
    return size if share == "not known" else f"{size}, {share}"


def by_the_measure(scenario: Scenario, dataset: Dataset, outcome: Outcome, name: str) -> float:
    """The measure of `scenario`, under its lens, of a plan's burdens of one footprint.

    In the footprint's unit; `dataset` is the fleet, with the new site, which carries nothing in a
    plan that lacks it.
    """
    footprint = next(item for item in outcome.footprints if item.name == name)
    burdens = outcome.burdens[footprint.column].reindex(dataset.sites.index, fill_value=0.0)
    weighed: Floats = lens_of(scenario, dataset, name) * burdens.to_numpy()
    return MEASURES[scenario.measure].size(weighed, scenario.share_or_exponent)


def measure_sentence(comparison: Comparison, dataset: Dataset) -> str:
    """What the measure and lens say of the plan; "" where they are the worst region as it is."""
    scenario = comparison.after.scenario
    if (scenario.measure, scenario.lens) == ("worst", "equal") or scenario.policy not in WEIGHTED:
        return ""
    changes = [
        f"{noun(footprint)} {_measured(comparison, dataset, footprint)}"
        for footprint in comparison.after.footprints
    ]
    return (
        f"Measured by {measure_words(scenario, dataset)}, against the baseline: {joined(changes)}."
    )


def _measured(comparison: Comparison, dataset: Dataset, footprint: Footprint) -> str:
    before, after = (
        by_the_measure(comparison.after.scenario, dataset, plan, footprint.name)
        for plan in (comparison.before, comparison.after)
    )
    return percent_change(change_pct(before, after)) if before else "not known"


def measure_words(scenario: Scenario, dataset: Dataset) -> str:
    """The measure and the lens of a scenario: "the mean of the worst 30% of regions, ..."."""
    measure = MEASURES[scenario.measure]
    shown_as = measure.parameter.shown_as if measure.parameter else 1.0
    words = measure.words.format(number(scenario.share_or_exponent * shown_as))
    if scenario.lens == "population" and lens_column("population", dataset) == "households":
        return f"{words}, per household"
    return words + LENS_WORDS.get(scenario.lens, "")


def always_worse(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    """The regions that are worse off in each of `comparisons`."""
    first, *others = (set(comparison.worse_sites) for comparison in comparisons)
    losers = first.intersection(*others)
    return tuple(site for site in comparisons[0].after.site_names if site in losers)


def lens_sentence(losers: Sequence[str], lenses: Sequence[str], names: Mapping[str, str]) -> str:
    """Which regions are worse off under every lens, and which lenses were tried."""
    tried = joined([_lens_label(lens) for lens in lenses])
    if not losers:
        return f"No region is worse off with every one of the equity lenses tried: {tried}."
    told = joined([names[site] for site in losers])
    verb = "is" if len(losers) == 1 else "are"
    return (
        f"{told} {verb} worse off than under the baseline with each of the equity lenses tried: "
        f"{tried}."
    )


def _lens_label(lens: str) -> str:
    return BY_NAME["lens"].choice_labels[lens].lower()
