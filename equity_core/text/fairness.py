"""Who gains, who loses, and how fair a plan is by the measure and lens that were chosen."""

from __future__ import annotations

from collections.abc import Sequence

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.measures.table import MEASURES
from equity_core.model.lens import lens_column, lens_of
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import change_pct
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.policies import WEIGHTED
from equity_core.scenario.scenario import Scenario
from equity_core.text.nouns import noun, region_noun
from equity_core.text.numbers import NO_CHANGE, change, joined, number, rounded_change
from equity_core.text.opening.alone import basis
from equity_core.text.opening.headline import new_site_sentences
from equity_core.text.shares import share_told

LENS_WORDS = {
    "water_stress": ", with water weighed by water stress",
    "income": ", weighed by income",
    "population": ", per head of the country",
    "energy_burden": ", weighed by the share of income that households pay for electricity",
    "own": ", with own weights of the regions",
}


def gain_sentences(comparison: Comparison) -> tuple[str, ...]:
    """Where the footprints fall most and where they rise most, told by region.

    "Simulated for 10 regions in 2022, the equity plan against the cheapest plan: water and carbon
    fall most in Texas (−887 m³, −34%; −63.6 t, −35%); water rises most in Belgium (+560 m³, +84%)."
    A hypothetical site neither gains nor loses; what it carries is a sentence of its own.
    """
    told = [_most_moved(comparison, *way) for way in ((0, "falls"), (-1, "rises"))]
    words = (
        "; ".join(filter(None, told)) or f"no {region_noun(comparison.after.dataset_id)[0]} changes"
    )
    rests = basis(comparison)
    return (f"{rests[0].upper()}{rests[1:]}: {words}.", *new_site_sentences(comparison))


def _most_moved(comparison: Comparison, place: int, does: str) -> str:
    """ "water and carbon fall most in Texas (−887 m³, −34%; −63.6 t, −34.9%)"; "" for none."""
    regions: dict[str, list[tuple[Footprint, str]]] = {}
    for item in comparison.after.footprints:
        if moved := _moved_most(comparison, item, place, does):
            regions.setdefault(moved[0], []).append((item, moved[1]))
    return joined([_in_region(name, some, does) for name, some in regions.items()])


def _in_region(name: str, some: Sequence[tuple[Footprint, str]], does: str) -> str:
    verb = does if len(some) == 1 else does.removesuffix("s")
    what = joined([noun(item) for item, _ in some])
    return f"{what} {verb} most in {name} ({'; '.join(size for _, size in some)})"


def _moved_most(
    comparison: Comparison, footprint: Footprint, place: int, does: str
) -> tuple[str, str] | None:
    """The region at that `place` of the order, most fallen first, and its change; None where the
    footprint does not move that way there."""
    column = footprint.column
    row = comparison.largest_rise_first(column)[: len(comparison.regions)][::-1][place]
    size = change(float(comparison.by_column[f"{column}_change"][row]), footprint.unit)
    if size == NO_CHANGE or size.startswith("+") != (does == "rises"):
        return None
    share = share_told(comparison, column, row)
    told = f"{size}, {share}" if share else size
    return comparison.after.site_names[comparison.sites[row]], told


def gain_sentence(comparison: Comparison, footprint: Footprint) -> str:
    """Where a footprint falls most, where it rises most, and all regions together."""
    parts = [
        f"{does} most in {moved[0]} ({moved[1]})"
        for place, does in ((0, "falls"), (-1, "rises"))
        if (moved := _moved_most(comparison, footprint, place, does))
    ]
    if not parts:
        one, _ = region_noun(comparison.after.dataset_id)
        return f"{footprint.label}: no change in any {one} ({basis(comparison)})."
    together = rounded_change(comparison.total_change_pct(footprint.column))
    told = f"{footprint.label} {joined(parts)}; all regions together: {together}"
    return f"{told} ({basis(comparison)})."


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
        f"Measured by {measure_words(scenario, dataset)}: {joined(changes)} ({basis(comparison)})."
    )


def _measured(comparison: Comparison, dataset: Dataset, footprint: Footprint) -> str:
    before, after = (
        by_the_measure(comparison.after.scenario, dataset, plan, footprint.name)
        for plan in (comparison.before, comparison.after)
    )
    return rounded_change(change_pct(before, after)) if before else "not known"


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


def lens_sentence(losers: Sequence[str], lenses: Sequence[str], comparison: Comparison) -> str:
    """Which regions are worse off under every lens, and which lenses were tried."""
    names = comparison.after.site_names
    tried = joined([_lens_label(lens) for lens in lenses])
    one, _ = region_noun(comparison.after.dataset_id)
    if not losers:
        return (
            f"No {one} is worse off with every one of the equity lenses tried, {tried} "
            f"({basis(comparison)})."
        )
    told = joined([names[site] for site in losers])
    verb = "is" if len(losers) == 1 else "are"
    return (
        f"{told} {verb} worse off with each of the equity lenses tried, {tried} "
        f"({basis(comparison)})."
    )


def _lens_label(lens: str) -> str:
    return BY_NAME["lens"].choice_labels[lens].lower()
