"""One widget for each kind of row of the parameter table; every one says what equation it moves."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from equity_core.scenario.parameters import Parameter
from equity_core.scenario.rows.examples import example
from equity_core.text.numbers import number, unit_text
from equity_core.text.scenario import is_share
from ui.session import state
from ui.sidebar import boxes
from ui.sidebar.typed_numbers import Allowed

MANTISSAS = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
BOX_WIDTH = 92  # pixels
PERCENT = 100.0
"""Fractions are shown in percent."""


def hint(row: Parameter) -> str:
    """What the value means, an example, and the equation that it changes."""
    told = f"{row.help} {example(row)}"
    return f"{told}\n\n`{row.equation}`" if row.equation else told


def scale(row: Parameter) -> float:
    """What a value is multiplied with to be shown: fractions become percent."""
    return PERCENT if is_share(row) else 1.0


def unit(row: Parameter) -> str:
    """The unit in which a value is shown."""
    if row.unit == "1":
        return "%" if is_share(row) else ""
    return "/".join(unit_text(part) for part in row.unit.split("/"))


def shown(row: Parameter, value: float | None) -> float | None:
    """A value as its widget has it."""
    return None if value is None else round(value * scale(row), 9)


def meant(row: Parameter, value: float) -> float:
    """The value that a widget's value stands for."""
    return value if scale(row) == 1 else round(value / scale(row), 12)


def words(row: Parameter, value: Any) -> str:
    """A field and its value in words: "Carbon price 100 USD/t"."""
    if isinstance(value, bool):
        return row.label
    if isinstance(value, int | float):
        return f"{row.label} {number(value * scale(row), 6)} {unit(row)}".strip()
    return f"{row.label}: {row.choice_labels.get(value, value)}"


def ladder(row: Parameter) -> tuple[float, ...]:
    """The steps of a log slider: 0, then ten round figures a decade over the everyday range."""
    assert row.slider is not None
    low, high = max(row.slider[0], 1e-6), row.slider[1]
    exponents = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (round(mantissa * 10.0**e, 9) for e in exponents for mantissa in MANTISSAS)
    return (0.0, *(step for step in steps if low <= step <= high))


@lru_cache(maxsize=1000)
def _step_text(step: float) -> str:
    """Every step is named anew with every run of the page: a hundred texts that never change."""
    return number(step)


def nearest_step(steps: tuple[float, ...], value: float) -> float:
    """The step that stands for `value`, by ratio; 0 only for 0."""
    if value <= 0:
        return steps[0]
    return min(steps[1:], key=lambda step: abs(math.log(step / value)))


def allowed(row: Parameter) -> Allowed:
    """What a field for `row` takes, in the unit shown."""
    low, high = (None if at is None else at * scale(row) for at in (row.minimum, row.maximum))
    return Allowed(low, high, unit(row), row.kind == "optional_number")


def take(name: str, value: Any) -> None:
    """Hand a widget's value to the scenario."""
    state.change(**{name: value})


def choice(row: Parameter, renamed: Mapping[str, str] = MappingProxyType({})) -> None:
    """A row's options as a select box; `renamed` are those that mean more for the data set."""
    labels = row.choice_labels | dict(renamed)
    st.selectbox(
        row.label,
        row.choices,
        format_func=lambda option: labels[option],
        key=(key := state.seed(row.name, getattr(state.scenario(), row.name))),
        on_change=state.on_change(key, partial(take, row.name)),
        help=hint(row),
    )


def weight(row: Parameter, disabled: bool) -> None:
    """A log slider over the everyday range, and a box for any number."""
    value = getattr(state.scenario(), row.name)
    steps = ladder(row)
    with _side_by_side(row):
        st.select_slider(
            f"{row.label}, {unit(row)}",
            steps,
            format_func=_step_text,
            key=(key := state.seed(f"{row.name}_slider", nearest_step(steps, value))),
            on_change=state.on_change(key, partial(take, row.name)),
            disabled=disabled,
            help=hint(row),
        )
        _box(row, value, disabled)
    boxes.refusal(f"{row.name}_box", shown(row, value))


def amount(row: Parameter, disabled: bool = False) -> None:
    """A slider over the everyday range, in the unit shown, and a box for any number."""
    assert row.slider is not None
    value = getattr(state.scenario(), row.name)
    low, high = (at * scale(row) for at in row.slider)
    with _side_by_side(row):
        st.slider(
            f"{row.label}, {unit(row)}",
            low,
            high,
            step=(high - low) / 100,
            format="%g",
            key=(key := state.seed(f"{row.name}_slider", min(high, max(low, value * scale(row))))),
            on_change=state.on_change(key, partial(_take_shown, row)),
            disabled=disabled,
            help=hint(row),
        )
        _box(row, value, disabled)
    boxes.refusal(f"{row.name}_box", shown(row, value))


def _side_by_side(row: Parameter) -> DeltaGenerator:
    return st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"weight_{row.name}"
    )


def _box(row: Parameter, value: float, disabled: bool) -> None:
    boxes.bare_box(
        f"{row.name}_box",
        f"{row.label}, {unit(row)}",
        shown(row, value),
        allowed(row),
        partial(_take_shown, row),
        label_visibility="collapsed",
        disabled=disabled,
        width=BOX_WIDTH,
    )


def _take_shown(row: Parameter, value: float) -> None:
    state.change(**{row.name: meant(row, value)})
