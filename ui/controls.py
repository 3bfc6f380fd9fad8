"""The sidebar: every control that defines the scenario, drawn from the parameter table."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import streamlit as st

from equity_core.inputs.catalogue import bundled
from equity_core.outcome.formats import number
from equity_core.scenario.parameters import BY_NAME, PARAMETERS, Parameter
from equity_core.scenario.presets import PRESETS, preset_of
from ui import cached, factors, state

MANTISSAS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
WEIGHTED = ("equity", "fairest")
OWN = "own"
# Fields the sidebar shows; what else a link sets is listed below the controls.
SHOWN = ("dataset", "policy", "water_weight", "carbon_weight", "reach", "baseline")


def sidebar() -> None:
    """All controls, in the order of a thought."""
    with st.sidebar:
        _dataset()
        _preset()
        for name in ("water_weight", "carbon_weight"):
            _weight(BY_NAME[name])
        _choice(BY_NAME["reach"])
        _choice(BY_NAME["baseline"])
        factors.region_factors()
        factors.factor_table()
        _set_by_link()
        _undo_and_reset()


def _dataset() -> None:
    names = list(dict.fromkeys([*bundled(), state.scenario().dataset]))
    st.selectbox(
        BY_NAME["dataset"].label,
        names,
        format_func=cached.title,
        key=(key := state.seed("dataset", state.scenario().dataset)),
        on_change=state.on_change(key, _dataset_chosen),
        help=BY_NAME["dataset"].help,
    )


def _dataset_chosen(name: str) -> None:
    """Regional factors name regions of the old data set, so they stay behind."""
    state.look_at(region="")
    state.change(dataset=name, factors={}, start=None, end=None)


def _preset() -> None:
    current = preset_of(state.scenario())
    labels = {preset.name: preset.label for preset in PRESETS}
    policy = BY_NAME["policy"].choice_labels[state.scenario().policy]
    labels |= {} if current else {OWN: f"Own setting ({policy})"}
    st.selectbox(
        BY_NAME["policy"].label,
        list(labels),
        format_func=lambda name: labels.get(name, name),
        key=(key := state.seed("preset", current.name if current else OWN)),
        on_change=state.on_change(key, _preset_chosen),
    )
    explanation = BY_NAME["policy"].explanations[state.scenario().policy]
    st.caption(current.explanation if current else explanation)


def _preset_chosen(name: str) -> None:
    for preset in PRESETS:
        if preset.name == name:
            state.adopt(preset.apply(state.scenario()))


def ladder(row: Parameter) -> tuple[float, ...]:
    """The steps of a log slider: 0, then ten round figures a decade over the everyday range."""
    assert row.slider is not None
    low, high = max(row.slider[0], 1e-6), row.slider[1]
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (round(mantissa * 10.0**e, 9) for e in exponents for mantissa in MANTISSAS)
    return (0.0, *(step for step in steps if low <= step <= high))


def nearest_step(steps: tuple[float, ...], value: float) -> float:
    """The step that stands for `value`, by ratio; 0 only for 0."""
    if value <= 0:
        return steps[0]
    return min(steps[1:], key=lambda step: abs(math.log(step / value)))


def _weight(row: Parameter) -> None:
    value = getattr(state.scenario(), row.name)
    unused = not {state.scenario().policy, state.scenario().baseline} & set(WEIGHTED)
    steps, label = ladder(row), f"{row.label}, {row.unit.replace('m3', 'm³')}"
    with st.container(key=f"weight_{row.name}", gap=None):
        slide, box = st.columns([0.62, 0.38], vertical_alignment="bottom", gap="small")
        slide.select_slider(
            label,
            steps,
            format_func=number,
            key=(key := state.seed(f"{row.name}_slider", nearest_step(steps, value))),
            on_change=state.on_change(key, partial(_take, row.name)),
            disabled=unused,
        )
        box.number_input(
            label,
            min_value=row.minimum,
            max_value=row.maximum,
            step=None,
            format="%g",
            key=(key := state.seed(f"{row.name}_box", value)),
            on_change=state.on_change(key, partial(_take, row.name)),
            label_visibility="collapsed",
            disabled=unused,
        )


def _take(name: str, value: Any) -> None:
    """Hand a widget's value to the scenario; an emptied number box changes nothing."""
    if value is not None:
        state.change(**{name: value})


def _choice(row: Parameter) -> None:
    st.selectbox(
        row.label,
        row.choices,
        format_func=lambda choice: row.choice_labels[choice],
        key=(key := state.seed(row.name, getattr(state.scenario(), row.name))),
        on_change=state.on_change(key, partial(_take, row.name)),
        help=row.help,
    )


def _set_by_link() -> None:
    """Fields that have no control here must not act unseen."""
    current = state.scenario()
    hidden = [row for row in PARAMETERS if row.name not in SHOWN]
    acting = [row for row in hidden if getattr(current, row.name) != row.default]
    if not acting:
        return
    words = "; ".join(f"{row.label} {getattr(current, row.name)} {row.unit}" for row in acting)
    st.caption(f"Also set by the link: {words}.")
    st.button(
        "Leave these out",
        key="clear_link_fields",
        on_click=state.change,
        kwargs={row.name: row.default for row in acting},
        type="tertiary",
    )


def _undo_and_reset() -> None:
    with st.container(horizontal=True, key="undo_and_reset"):
        st.button(
            "Undo",
            key="undo_button",
            on_click=state.undo,
            disabled=not state.can_undo(),
            icon=":material/undo:",
        )
        st.button("Reset", key="reset_button", on_click=state.reset, icon=":material/restart_alt:")
