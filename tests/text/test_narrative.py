"""What map and curve say in words."""

import re
from dataclasses import replace

import pytest

from equity_core import Scenario, solve
from equity_core.text.certificate import certificate_sentence, limiting_sentences
from equity_core.text.headings import records
from equity_core.text.narrative import bars_summary, frontier_summary, map_summary
from equity_core.text.numbers import amount, number
from equity_core.text.opening.headline import headline

SENTENCE = re.compile(
    r"^The (?P<name>[a-z-]+(?: [a-z]+)*) (?:takes (?P<one>[\d.]+)% off the carbon of the region "
    r"that carries most(?: of each)? \([^)]+\) but adds (?P<other>[\d.]+)% to its water|"
    r"takes (?P<water>[\d.]+)% off the water (?:and "
    r"(?P<carbon>[\d.]+)% off the carbon )?of the region that carries most(?: of each)? "
    r"\([^)]+\)(?: but adds (?P<carbon_more>[\d.]+)% to its carbon)?|"
    r"adds (?P<both_water>[\d.]+)% to the water and (?P<both_carbon>[\d.]+)% to the carbon of "
    r".+?\)), "
    r"at (?P<cost>[\d.]+)% (?P<cost_word>higher|lower) cost than under (?P<plan>.+?); "
    r"(?:(?P<losers>\d+) of 10 regions (?:carry more, (?P<most_in>[^;(]+) most|carries more: .+) "
    r"\((?P<amount>[\d.,]+) (?:m³|t) more (?P<most_of>water|carbon)(?:, \+(?P<most>[\d.,]+)%)?\)|"
    r"no region carries more)\. "
    r"All regions together (?P<totals>(?:[^.]|\.\d)+)\."
    r"(?: Afterwards most [^.]+\.)?"
    r"(?: In proportion (?P<steep_of>water|carbon) rises most in (?P<steep_in>[^,]+), "
    r"from (?P<start>[\d.,]+|nothing)(?: m³| t)? to (?P<end>[\d.,]+) (?:m³|t)\.)?$"
)


def told(percentage: str, word: str) -> float:
    return float(percentage) * (1 if word == "more" else -1)


def said(percentage):
    """A percentage to the digits that a sentence gives it: whole from ten on, a decimal below."""
    return pytest.approx(percentage, abs=0.5 if abs(percentage) >= 10 else 0.05)


def amount_of(text):
    return 0.0 if text == "nothing" else float(text.replace(",", ""))


def totals_of(words):
    found = re.findall(r"(?:use|emit) ([\d.]+)% (more|less) (water|carbon)", words)
    return {name: told(size, word) for size, word, name in found}


@pytest.mark.parametrize("baseline", ["cost", "nearest", "carbon"])
@pytest.mark.parametrize("policy", ["equity", "water", "cost_and_carbon"])
def test_every_number_of_the_headline_is_in_the_burdens(outcomes, policy, baseline):
    before, after = outcomes[baseline].burdens, outcomes[policy].burdens
    sentence = headline(outcomes[policy].compare(outcomes[baseline]))
    words = SENTENCE.match(sentence)
    assert words is not None, sentence
    cost = 100 * (after["cost_usd"].sum() / before["cost_usd"].sum() - 1)
    found = float(words["cost"]) * (1 if words["cost_word"] == "higher" else -1)
    assert found == said(cost)
    for name, column in (("water", "water_m3"), ("carbon", "carbon_t")):
        percentage = 100 * (after[column].max() / before[column].max() - 1)
        risen = {"water": words["other"], "carbon": words["carbon_more"]}[name]
        more, less = words[f"both_{name}"] or risen, words[name] or words["one"]
        worst = float(more) if more else -float(less)
        assert worst == said(percentage)
        total = 100 * (after[column].sum() / before[column].sum() - 1)
        assert totals_of(words["totals"])[name] == said(total)
    footprints = ["water_m3", "carbon_t"]
    rise = after[footprints] - before[footprints]
    rose = (rise > 1e-6 * before[footprints].max()).any(axis=1)
    assert int(words["losers"] or 0) == rose.sum()
    added = rise / before[footprints].sum()
    most = added.max(axis=1).idxmax(), added.max().idxmax()
    assert words["most_in"] == outcomes[policy].site_names[most[0]]
    assert amount_of(words["amount"]) == pytest.approx(rise.loc[most], rel=0.005)
    if words["most"]:  # nothing is said in percent of next to nothing
        assert amount_of(words["most"]) == said(100 * rise.loc[most] / before.loc[most])
    # One that is hardly steeper than what is told already is left out.
    steep = rise / before[footprints]
    if words["steep_in"]:
        column = {"water": "water_m3", "carbon": "carbon_t"}[words["steep_of"]]
        site = steep.max(axis=1).idxmax()
        assert words["steep_in"] == outcomes[policy].site_names[site]
        assert amount_of(words["start"]) == pytest.approx(before.loc[site, column], rel=0.005)
        assert amount_of(words["end"]) == pytest.approx(after.loc[site, column], rel=0.005)
    else:
        assert steep.max().max() <= 1.1 * steep.loc[most]


def test_the_papers_sentence(comparison):
    assert headline(comparison) == (
        "The equity plan takes 30% off the water and 35% off the carbon of the region that "
        "carries most (Texas beforehand), at 15% higher cost than under the cheapest plan; 5 of "
        "10 regions carry more, Netherlands most (59.3 t more carbon, +100%). All regions together "
        "use 6.1% less water and emit 3.5% less carbon. Afterwards most water is carried by "
        "Virginia and Nevada, most carbon by Texas, Georgia and 4 others. In "
        "proportion water rises most in Germany, from 419 m³ to 924 m³."
    )


def test_a_trade_off_says_but(outcomes):
    sentence = headline(outcomes["water"].compare(outcomes["cost"]))
    assert "takes 23% off the water of the region" in sentence
    assert " but adds 12% to its carbon, at 93% higher" in sentence


def test_the_baseline_against_itself(outcomes):
    plan = outcomes["cost"]
    assert headline(plan.compare(plan)) == (
        "This is the baseline itself, the cheapest plan: it costs $292,000 and the region "
        "that carries most (Texas) uses 2,610 m³ of water and emits 182 t of carbon. All regions "
        "together: 15,300 m³ of water and 1,090 t of carbon."
    )


def test_without_weights_the_equity_plan_equals_the_cheapest(outcomes, dataset):
    weightless = solve(Scenario(water_weight=0, carbon_weight=0), dataset)
    sentence = headline(weightless.compare(outcomes["cost"]))
    assert sentence.startswith("This plan equals the cheapest plan: it costs $292,000 and ")


def altered(outcome, site=None, **factors):
    """The outcome with columns of its burdens scaled, at one site or everywhere."""
    burdens = outcome.burdens.copy()
    for column, factor in factors.items():
        burdens.loc[slice(None) if site is None else site, column] *= factor
    return replace(outcome, burdens=burdens)


def test_one_loser_is_singular_and_unchanged_figures_are_said_to_be_equal(outcomes):
    plan = outcomes["cost"]
    one = altered(plan, "denmark", carbon_t=1.01)
    assert headline(one.compare(plan)) == (
        "The cheapest plan as set here leaves the region that carries most (Texas) with as much "
        "water and as much carbon, at the same cost as under the cheapest plan; 1 of "
        "10 regions carries more: Denmark (0.328 t more carbon, +1%). All regions together emit "
        "0.03% more carbon and use as much water."
    )


def test_no_loser_and_one_unchanged_footprint(outcomes):
    plan = outcomes["cost"]
    drier = altered(plan, water_m3=0.9, cost_usd=0.95)
    assert headline(drier.compare(plan)) == (
        "The cheapest plan as set here takes 10% off the water of the region that carries most "
        "(Texas) and leaves it as much carbon, at 5% lower cost than under the "
        "cheapest plan; no region carries more. All regions together use 10% less water and emit "
        "as much carbon."
    )


def test_a_baseline_without_cost_is_told_in_dollars(outcomes):
    free = altered(outcomes["cost"], cost_usd=0.0)
    sentence = headline(outcomes["equity"].compare(free))
    total = amount(outcomes["equity"].burdens["cost_usd"].sum(), "usd")
    assert f", at {total} higher cost than " in sentence


def test_limiting_sentences_name_the_binding_regions_and_their_worth(outcomes):
    outcome = outcomes["equity"]
    sentences = limiting_sentences(outcome)
    assert len(sentences) == 2
    for name, sentence in zip(("water", "carbon"), sentences, strict=True):
        duals = outcome.duals[name]
        for site in duals.index:
            named = outcome.site_names[site] in sentence
            assert named == (duals[site] > 1e-6 * duals.max())
            if named:
                assert amount(duals[site], "usd") in sentence


def test_the_worth_of_room_adds_up_to_the_weight(outcomes):
    """One m3 less at all binding regions lowers the worst one by one: that is worth the weight."""
    duals = outcomes["equity"].duals
    assert duals["water"].sum() == pytest.approx(60.0, rel=1e-6)
    assert duals["carbon"].sum() == pytest.approx(1500.0, rel=1e-6)


def test_one_binding_region_and_none(outcomes):
    outcome = outcomes["equity"]
    duals = outcome.duals * 0.0
    duals.loc["virginia", "water"] = 21.34
    water, carbon = limiting_sentences(replace(outcome, duals=duals))
    assert water == (
        "Simulated for 10 regions in 19 days of 2022 under the equity plan, Virginia's water "
        "holds the plan back: "
        "leaving one m³ of it uncounted would take at most $21.3 off cost plus weighted burden "
        "($624,000 in all; the weights in it are paid by nobody)."
    )
    assert carbon == (
        "Simulated for 10 regions in 19 days of 2022 under the equity plan, no region's carbon "
        "holds the plan back."
    )


@pytest.mark.parametrize(
    ("gap", "told"),
    [
        (0.0, "0.0000001%"),
        (3e-11, "0.0000001%"),
        (1e-9, "0.0000001%"),
        (1.1e-9, "0.000001%"),
        (0.02, "10%"),
    ],
)
def test_the_certificate_never_promises_more_than_the_gap(outcomes, gap, told):
    sentence = certificate_sentence(replace(outcomes["equity"], gap=gap))
    assert sentence.startswith(f"Exact within {told}, which is about the arithmetic, ")
    assert float(told.rstrip("%")) / 100 >= gap * (1 - 1e-12)


def test_the_certificate_of_a_solved_plan(outcomes):
    assert certificate_sentence(outcomes["equity"]).startswith("Exact within 0.0000001%, ")
    assert "below the $624,000 of the equity plan (" in certificate_sentence(outcomes["equity"])
    assert "below the 931 t of the lowest-carbon plan." in certificate_sentence(outcomes["carbon"])


def test_the_change_map_in_words(comparison):
    table = comparison.table["water_m3_change"]
    text = map_summary(comparison, "water_m3", "change")
    names = comparison.after.site_names
    assert f"rises in {(table > 0).sum()} and falls in {(table < 0).sum()} of 10" in text
    assert f"Largest rise: {names[table.idxmax()]}, +{number(table.max())} m³" in text
    assert f"Largest fall: {names[table.idxmin()]}, −{number(-table.min())} m³" in text


def test_the_burden_map_in_words(comparison):
    carbon = comparison.after.burdens["carbon_t"]
    text = map_summary(comparison, "carbon_t", "burden")
    assert text.startswith(
        "Map of simulated carbon in 10 regions in 19 days of 2022 under the equity plan. "
    )
    assert f"{number(carbon.max())} t. Lowest: " in text
    assert f"All 10 regions together: {number(carbon.sum())} t." in text


def test_a_map_without_change_says_so(outcomes):
    plan = outcomes["cost"]
    text = map_summary(plan.compare(plan), "cost_usd", "change")
    assert text.endswith("No region changes.")


def test_the_bars_in_words_hold_every_region_largest_rise_first(comparison):
    text = bars_summary(comparison, "water_m3")
    ordered = comparison.table.sort_values("water_m3_change", ascending=False)
    places = []
    for site, row in ordered.iterrows():
        name = comparison.after.site_names[site]
        pair = f"{number(row['water_m3_before'])} to {number(row['water_m3_after'])}"
        places.append(text.index(f"{name} from {pair}"))
    assert places == sorted(places)


def test_the_frontier_in_words(curve, outcomes):
    text = frontier_summary(records(curve), outcomes["equity"])
    knee = curve[curve["knee"]].iloc[0]
    assert f"over {len(curve)} plans: from {amount(curve['cost_usd'].min(), 'usd')} with" in text
    assert f" to {amount(curve['cost_usd'].max(), 'usd')} with" in text
    knee_cost, knee_water = amount(knee["cost_usd"], "usd"), amount(knee["worst_water_m3"], "m3")
    assert f"lies at {knee_cost} with {knee_water} of water" in text
    assert "The equity plan lies at $337,000 with 1,820 m³ of water and 119 t of carbon." in text
