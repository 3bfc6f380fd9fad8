"""The sidebar: every control that defines the scenario, drawn from the parameter table."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from equity_core import Scenario
from equity_core.inputs.catalogue import bundled, year_of_siting
from equity_core.scenario.limits import IN_AMOUNTS
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.policies import WEIGHTED
from equity_core.scenario.presets import PRESETS, Preset, case_of, preset_of
from equity_core.text.accounting import carbons
from equity_core.text.numbers import joined
from equity_core.text.plan_names import named_baseline
from ui.jobs import datasets
from ui.session import state
from ui.sidebar import (
    extra_footprints,
    groups,
    limit_words,
    period,
    questions,
    site_factors,
    widgets,
)

OWN = "own"
MOST_NAMED = 6
AS_SITED = "Nearest: as it was in {year}"
OF_THE_DATA = ("start", "end", "carbon_accounting", *datasets.NEW_SITE, *IN_AMOUNTS)
"""What names regions and hours of a data set, or amounts that suit its size."""


def sidebar() -> None:
    """All controls, in the order of a thought."""
    with st.sidebar:
        _dataset()
        questions.questions()
        period.period_control()
        groups.cooling()
        _preset()
        _accounting()
        for name in ("water_weight", "carbon_weight"):
            widgets.weight(BY_NAME[name], disabled=_weights_unused())
        groups.measure_and_lens()
        widgets.choice(BY_NAME["reach"])
        groups.latency()
        widgets.amount(BY_NAME["movable_share"])
        groups.waiting()
        _baseline()
        groups.world()
        groups.levies()
        extra_footprints.further()
        groups.fleet()
        limit_words.reminder()
        site_factors.region_factors()
        site_factors.factor_table()
        _undo_and_reset()


def only_dataset() -> None:
    """For pages that show a data set and no plan."""
    with st.sidebar:
        _dataset()
        _undo_and_reset()


def _dataset() -> None:
    names = list(dict.fromkeys([*bundled(), state.scenario().dataset]))
    st.selectbox(
        BY_NAME["dataset"].label,
        names,
        format_func=datasets.title,
        key=(key := state.seed("dataset", state.scenario().dataset)),
        on_change=state.on_change(key, dataset_chosen),
        help=widgets.hint(BY_NAME["dataset"]),
    )


def dataset_chosen(name: str) -> None:
    """What belongs to the old data set stays behind, and that is told."""
    scenario = state.scenario()
    left = {field: BY_NAME[field].default for field in OF_THE_DATA}
    changes = left | {"dataset": name, "factors": {}, "further": {}}
    changes |= _baseline_of(name, scenario)
    lost, new = _left_behind(scenario), scenario.replace(**changes)
    told = [f"Left behind with {datasets.title(scenario.dataset)}: {joined(lost)}."] if lost else []
    if kept := _kept(new):
        told.append(f"Kept as set: {joined(kept)}.")
    if new.baseline != scenario.baseline:
        told.append(f"The baseline is now {named_baseline(new)}.")
    state.adopt(new, [" ".join([*told, "Undo brings it back."])] if told else [])


def _baseline_of(name: str, scenario: Scenario) -> Mapping[str, str]:
    """The siting of a year is the baseline where it is known; it stays behind where it is not."""
    if year_of_siting(name):
        return {"baseline": "nearest"}
    as_sited = year_of_siting(scenario.dataset) and scenario.baseline == "nearest"
    return {"baseline": BY_NAME["baseline"].default} if as_sited else {}


def _baseline() -> None:
    year = year_of_siting(state.scenario().dataset)
    widgets.choice(BY_NAME["baseline"], {"nearest": AS_SITED.format(year=year)} if year else {})
    if year and state.scenario().baseline == "nearest":
        st.caption(f"Each region serves its own load, as in {year}: nothing is moved.")


def _kept(new: Scenario) -> list[str]:
    """In words, what a reader has set and goes on with another data set."""
    stays = [name for name in BY_NAME if name not in ("dataset", "baseline", *OF_THE_DATA)]
    return [*map(groups.words, groups.set_fields(new, stays))]


def _left_behind(scenario: Scenario) -> list[str]:
    """In words, what of a scenario means nothing to another data set."""
    of_the_site = datasets.NEW_SITE[1:]
    whole = [name for name in groups.set_fields(scenario, OF_THE_DATA) if name not in of_the_site]
    names = datasets.fleet(scenario).site_names
    places = [names.get(site, site) for site in scenario.factors]
    if len(places) > MOST_NAMED:
        places = [f"{len(places)} regions"]
    parts = [f"what is set for {joined(each)}" for each in (places, list(scenario.further)) if each]
    return [*map(groups.words, whole), *parts]


def _preset() -> None:
    scenario = state.scenario()
    current = preset_of(scenario)
    labels = {preset.name: preset.label for preset in PRESETS}
    policy = BY_NAME["policy"].choice_labels[scenario.policy]
    own = "as this question asks" if case_of(scenario) else "set by hand"
    labels |= {} if current else {OWN: f"{policy}, {own}"}
    st.selectbox(
        BY_NAME["policy"].label,
        list(labels),
        format_func=lambda name: labels.get(name, name),
        key=(key := state.seed("preset", current.name if current else OWN)),
        on_change=state.on_change(key, _preset_chosen),
        help=_credit(current) if current else widgets.hint(BY_NAME["policy"]),
    )
    explanation = BY_NAME["policy"].explanations[scenario.policy]
    # Room for the longest: what stands below must not move under the pointer.
    with st.container(key="policy_note"):
        st.caption(current.explanation if current else explanation)


def _accounting() -> None:
    """Which carbon the policy counts, where the data set knows two."""
    if carbons(datasets.dataset(state.scenario().dataset).footprints):
        widgets.choice(BY_NAME["carbon_accounting"])


def _credit(preset: Preset) -> str:
    """What a preset is about, and whose idea it is."""
    return f"{preset.text}\n\n{preset.author}: {preset.source}"


def _preset_chosen(name: str) -> None:
    for preset in PRESETS:
        if preset.name == name:
            state.adopt(preset.apply(state.scenario()))


def _weights_unused() -> bool:
    return not {state.scenario().policy, state.scenario().baseline} & WEIGHTED


def undo_button(label: str, key: str) -> None:
    """Back to the scenario before the last change, where there was one."""
    st.button(
        label,
        key=key,
        on_click=state.undo,
        disabled=not state.can_undo(),
        icon=":material/undo:",
    )


def _undo_and_reset() -> None:
    with st.container(horizontal=True, key="undo_and_reset"):
        undo_button("Undo", "undo_button")
        st.button(
            "Redo",
            key="redo_button",
            on_click=state.redo,
            disabled=not state.can_redo(),
            icon=":material/redo:",
        )
        st.button("Reset", key="reset_button", on_click=state.reset, icon=":material/restart_alt:")
