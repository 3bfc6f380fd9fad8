"""The levers below the weights: groups that open, closed ones saying what is set in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from equity_core import Scenario
from equity_core.inputs.dataset import Dataset, SourceCard
from equity_core.measures.measure import MeasureParameter
from equity_core.measures.table import MEASURES
from equity_core.model.fleet import ONSITE
from equity_core.model.lens import COLUMNS, lens_column
from equity_core.model.reach import allowed_pairs
from equity_core.scenario.cross_checks import PLACE
from equity_core.scenario.parameters import BY_NAME, POLICIES_WITHOUT_LEVY
from equity_core.scenario.policies import WEIGHTED
from equity_core.scenario.scenario import NEW_SITE as NEW_SITE_ID
from ui import messages
from ui.jobs import datasets
from ui.jobs.datasets import NEW_SITE
from ui.session import keys, state
from ui.sidebar import boxes, widgets

FAIRNESS = ("measure", "measure_parameter", "lens")
LEVIES = ("water_price", "carbon_price")
WORLD_OPEN = "levers_world"
GROWTH = ("demand_growth", "capacity_growth")


def group(key: str, label: str, names: Sequence[str], draw: Callable[[], None]) -> None:
    """A part of the sidebar that opens; how many of the fields `names` are set stands beside it.

    Its widgets are there only while it is open, so that the page stays light.
    """
    told = [words(name) for name in set_fields(state.scenario(), names)]
    # A label that changes would close the part under the reader's hand.
    part = st.expander(label, key=f"levers_{key}", on_change="rerun")
    if told:
        st.html(f'<style>.st-key-levers_{key} summary::after{{content:"{len(told)} set"}}</style>')
    if part.open:
        with part:
            draw()
    elif told:
        st.caption(messages.literal(f"{'; '.join(told)}."))


def words(name: str) -> str:
    """A field of the scenario in words; a site by its name."""
    row, value = BY_NAME[name], getattr(state.scenario(), name)
    names = datasets.dataset(state.scenario().dataset).site_names
    return widgets.words(row, names.get(value, value) if row.kind == "site" else value)


def set_fields(scenario: Scenario, names: Sequence[str]) -> list[str]:
    """Those of `names` that are not at their default."""
    return [name for name in names if getattr(scenario, name) != BY_NAME[name].default]


def measure_and_lens() -> None:
    """What makes one figure of all regions' burdens, and how much each region counts."""
    group("fairness", "Measure and lens", FAIRNESS, _measure_and_lens)


def _measure_and_lens() -> None:
    scenario = state.scenario()
    if scenario.policy not in WEIGHTED:
        st.caption("These act under the policies Equity and Fairest.")
    row = BY_NAME["measure"]
    st.selectbox(
        row.label,
        row.choices,
        format_func=lambda option: row.choice_labels[option],
        key=(key := state.seed("measure", scenario.measure)),
        # The parameter of one measure means nothing to another.
        on_change=state.on_change(
            key, lambda name: state.change(measure=name, measure_parameter=None)
        ),
        help=widgets.hint(row),
    )
    if parameter := MEASURES[scenario.measure].parameter:
        _measure_parameter(scenario, parameter)
    widgets.choice(BY_NAME["lens"])
    dataset = datasets.dataset(scenario.dataset)
    st.caption(messages.literal(lens_words(scenario.lens, dataset)))


def _measure_parameter(scenario: Scenario, parameter: MeasureParameter) -> None:
    low, high, step = parameter.slider
    value = round(scenario.share_or_exponent * parameter.shown_as, 9)
    st.slider(
        parameter.label,
        low,
        high,
        step=step,
        format="%g",
        key=(key := state.seed(f"measure_parameter_{scenario.measure}", max(low, value))),
        on_change=state.on_change(
            key,
            lambda chosen: state.change(measure_parameter=round(chosen / parameter.shown_as, 12)),
        ),
        help=widgets.hint(BY_NAME["measure_parameter"]),
    )


def lens_words(lens: str, dataset: Dataset) -> str:
    """What a lens means, and where its figures come from."""
    text = BY_NAME["lens"].explanations[lens]
    if lens == "own":
        return f"{text} Set them with the regional factors below."
    column = lens_column(lens, dataset) if lens in COLUMNS else None
    for card in dataset.cards:
        if card.column == column:
            figures = f"{card.source}, {card.unit} ({card.date}, {_qualities(dataset, card)})"
            return f"{text} Figures: {figures}. {card.note}"
    return text


def _qualities(dataset: Dataset, card: SourceCard) -> str:
    """ "modelled", or "modelled in 17, assumed in 6 regions" where notes of the regions differ."""
    noted = {note.site: note.quality for note in dataset.notes if note.column == card.column}
    count = Counter(noted.get(site, card.quality) for site in dataset.site_ids)
    if len(count) == 1:
        return next(iter(count))
    return f"{', '.join(f'{word} in {regions}' for word, regions in count.items())} regions"


def cooling() -> None:
    """How much water cooling takes, where the data set tells it from power generation's."""
    dataset = datasets.dataset(state.scenario().dataset)
    if ONSITE in dataset.parts:
        group("cooling", "Cooling water", ("onsite_water",), partial(_cooling, dataset))


def _cooling(dataset: Dataset) -> None:
    value, levels = state.scenario().onsite_water, cooling_levels(dataset)
    st.selectbox(
        "Level of cooling water",
        list(levels),
        index=None,
        placeholder="Another level",
        key=(key := state.seed("cooling_level", _level_of(value, levels))),
        on_change=state.on_change(key, partial(_take_level, levels)),
        help=widgets.hint(BY_NAME["onsite_water"]),
    )
    widgets.amount(BY_NAME["onsite_water"])


def cooling_levels(dataset: Dataset) -> dict[str, float]:
    """The levels with a name: what operators report, and the cooling-tower model unscaled."""
    parts = next(item.parts for item in dataset.footprints if item.name == "water")
    scale = next(part.scale for part in parts if ONSITE.endswith(part.name))
    levels = {"As operators report": 1.0, "None: dry or closed loop": 0.0}
    return levels | ({"Cooling towers all year": 1 / scale} if scale else {})


def _level_of(value: float, levels: dict[str, float]) -> str | None:
    return next((name for name, level in levels.items() if level == value), None)


def _take_level(levels: dict[str, float], name: str | None) -> None:
    if name is not None:
        state.change(onsite_water=levels[name])


def latency() -> None:
    """The latency limit, where it is in effect, and how well its round trips are known."""
    scenario = state.scenario()
    if scenario.allowed_reach == "latency":
        widgets.amount(BY_NAME["max_latency_ms"])
        st.caption(latency_words(scenario, datasets.fleet(scenario)))


def latency_words(scenario: Scenario, fleet: Dataset) -> str:
    """How many pairs are within the limit, told apart by how their round trip is known."""
    within = allowed_pairs(scenario, fleet)
    known = fleet.latency_basis[within]
    kinds = [f"{(known == kind).sum()} {kind}" for kind in sorted(set(known.tolist()))]
    return f"{within.sum()} of {within.size} pairs are within it: {', '.join(kinds) or 'none'}."


def waiting() -> None:
    """How much load can wait, how long, and that it may then run anywhere."""
    scenario = state.scenario()
    widgets.amount(BY_NAME["deferrable_share"], scenario.policy == "nearest")
    if not scenario.waiting_share:
        return
    widgets.choice(BY_NAME["defer_window"])
    explained = BY_NAME["defer_window"].explanations[scenario.defer_window]
    st.caption(f"{explained} Earlier or later, and at any site, whatever the reach.")


def world() -> None:
    """The world of the plan compared with; open at first where a link sets it."""
    row = BY_NAME["baseline_world"]
    if keys.widget_value(WORLD_OPEN) is None and set_fields(state.scenario(), (row.name,)):
        keys.set_widget(WORLD_OPEN, True)
    group("world", row.label, (row.name,), _world)


def _world() -> None:
    row = BY_NAME["baseline_world"]
    widgets.choice(row)
    st.caption(row.explanations[state.scenario().baseline_world])


def levies() -> None:
    """A charge on every unit, wherever it falls."""
    group("levies", "Water tariff and carbon price", LEVIES, _levies)


def _levies() -> None:
    unused = state.scenario().policy in POLICIES_WITHOUT_LEVY
    if unused:
        st.caption("This policy does not minimise cost, so a price has nothing to be added to.")
    for name in LEVIES:
        widgets.amount(BY_NAME[name], unused)


def fleet() -> None:
    """More load, more room, and one more site."""
    group("fleet", "Growth and a new site", (*GROWTH, *NEW_SITE), _fleet)


def _fleet() -> None:
    for name in GROWTH:
        widgets.amount(BY_NAME[name])
    scenario, row = state.scenario(), BY_NAME["new_site_like"]
    names = datasets.dataset(scenario.dataset).site_names
    st.selectbox(
        row.label,
        ["", *names],
        format_func=lambda site: names.get(site, "No new site"),
        key=(key := state.seed("new_site_like", scenario.new_site_like)),
        on_change=state.on_change(key, _new_site_chosen),
        help=widgets.hint(row),
    )
    if scenario.new_site_like:
        widgets.amount(BY_NAME["new_site_mw"])
        for column, name in zip(st.columns(2, gap="small"), PLACE, strict=True):
            with column:
                _coordinate(name)


def _new_site_chosen(like: str) -> None:
    """Without a new site its size and place mean nothing."""
    changes: dict[str, Any] = {"new_site_like": like}
    if not like:
        factors = dict(state.scenario().factors)
        factors.pop(NEW_SITE_ID, None)
        changes = {name: BY_NAME[name].default for name in NEW_SITE} | {"factors": factors}
        if state.view().region == NEW_SITE_ID:
            state.look_at(region="")
    state.change(**changes)


def _coordinate(name: str) -> None:
    row, scenario = BY_NAME[name], state.scenario()
    place = name.removeprefix("new_site_")
    like = datasets.dataset(scenario.dataset).sites[place][scenario.new_site_like]
    boxes.box(
        name,
        place.capitalize(),
        getattr(scenario, name),
        widgets.allowed(row),
        partial(_take_place, name),
        placeholder=f"{like:g}",
        help=widgets.hint(row),
    )


def _take_place(name: str, value: float | None) -> None:
    """Both coordinates or none: the one not given is that of the region the site is like."""
    scenario = state.scenario()
    if value is None:
        state.change(**dict.fromkeys(PLACE))
        return
    other = next(place for place in PLACE if place != name)
    sites = datasets.dataset(scenario.dataset).sites
    given = getattr(scenario, other)
    own = round(float(sites[other.removeprefix("new_site_")][scenario.new_site_like]), 6)
    state.change(**{name: value, other: own if given is None else given})
