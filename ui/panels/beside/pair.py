"""Two scenarios of the table in full: sentences, maps and bars, each in one scale for both."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.text.beside.columns import Column, difference
from equity_core.text.narrative import bars_summary, map_summary
from equity_core.text.opening.alone import quotable
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import Quantity, find_quantity, quantities
from ui.charts import bars, legend
from ui.charts.tables.scenario_table import name_html
from ui.jobs import datasets
from ui.maps import deck, places
from ui.maps.polygons import Shape
from ui.maps.view import MODES, View
from ui.panels import pointer, result
from ui.panels.regions import maps
from ui.session import state
from ui.theme import Look

PAIR_MODES = {name: MODES[name] for name in ("change", "burden")}
MAP_HEIGHT = 240
Shown = list[tuple[Column, Comparison]]
"""The columns of the pair, left and right, with their plans."""


def pair_panel(columns: Sequence[Column], look: Look) -> None:
    """The two that the reader has chosen; nothing where the table has only one plan."""
    known = {it.letter: it for it in columns if it.comparison is not None}
    if len(known) < 2:
        return
    letters = _chosen(list(known))
    with st.container(key="pair", gap="small"):
        st.header("Two of them in full", anchor=False)
        if len(known) > 2:
            _pickers(known, letters)
        shown = [(it, it.comparison) for it in (known[letter] for letter in letters)]
        _pair([(column, told) for column, told in shown if told is not None], look)


def _chosen(letters: list[str]) -> str:
    """The letters asked for, where both have a plan; else the first two that have one."""
    asked = state.view().pair
    return asked if set(asked) <= set(letters) else "".join(letters[:2])


def _pickers(known: dict[str, Column], letters: str) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        _picker("On the left", known, letters[0], letters[1])
    with right:
        _picker("On the right", known, letters[1], letters[0])


def _picker(label: str, known: dict[str, Column], shown: str, other: str) -> None:
    side = "left" if label.endswith("left") else "right"
    key = state.seed(f"pair_{side}", shown)

    def chosen(letter: str) -> None:
        both = (letter, other if letter != other else shown)
        state.look_at(pair="".join(both if side == "left" else both[::-1]))

    st.selectbox(
        label,
        list(known),
        format_func=lambda letter: known[letter].title,
        key=key,
        on_change=state.on_change(key, chosen),
    )


def _pair(shown: Shown, look: Look) -> None:
    (first, before), (second, after) = shown
    change = difference(before.after, after.after)
    if change is not None:
        words = f"{second.letter} against {first.letter}: {quotable(change)}"
        st.html(f'<p class="ee-lead">{escape(words)}</p>')
    for place, (column, told) in zip(st.columns(2, gap="medium"), shown, strict=True):
        with place:
            st.html(
                f'<h3 class="ee-section">{name_html(column)}</h3>'
                f'<p class="ee-text">{escape(quotable(told))}</p>'
            )
    view = _view(shown)
    fleet = datasets.fleet(before.after.scenario)
    maps.view_controls(fleet, PAIR_MODES, view, _common(shown))
    _maps(shown, view, look)
    _bars(shown, view)
    if change is not None:
        with st.expander(
            f"All regions: {second.letter} against {first.letter}",
            key="pair_regions",
            on_change="rerun",
        ) as panel:
            if panel.open:
                result.table_panel(change)


def _view(shown: Shown) -> View:
    """What is shown of both: a quantity that both have, and one of the two modes."""
    view = state.view()
    if view.mode not in PAIR_MODES:
        view = view.replace(mode="burden")
    common = _common(shown)
    return view if view.quantity in common else view.replace(quantity=common[0])


def _common(shown: Shown) -> list[str]:
    """The quantities that both have, in reading order."""
    first, second = (told.after for _, told in shown)
    known = (row.column for row in quantities(first.footprints))
    return [column for column in known if column in second.by_column]


def _maps(shown: Shown, view: View, look: Look) -> None:
    """Two maps under one legend."""
    plans = [told for _, told in shown]
    scale = deck.map_scale(plans[0], view, look, *plans[1:])
    quantity = find_quantity(plans[0].after.footprints, view.quantity)
    sides = zip(st.columns(2, gap="medium"), shown, ("left", "right"), strict=True)
    for place, (column, told), side in sides:
        with place:
            fleet = datasets.fleet(told.after.scenario)
            camera, shapes = _seen(fleet, view)
            words = f"{column.title}. {map_summary(told, view.quantity, view.mode)}"
            drawn = deck.region_map(told, fleet, shapes, view, look, camera, scale=scale)
            st.html(f'<p class="ee-over">{name_html(column)}</p>')
            maps.draw_map(drawn, f"map_of_{side}", words, MAP_HEIGHT)
    against = "each one's own baseline"
    st.html(legend.legend_html(scale, quantity, view.mode, against))


def _seen(fleet: Dataset, view: View) -> tuple[places.Camera, tuple[Shape, ...]]:
    """Where a map of half the page looks, and the shapes that it draws."""
    extent = places.place_of(fleet, view.place).extent
    width = places.NARROW_WIDTH if pointer.narrow_screen() else places.HALF_WIDTH
    return places.camera_for(extent, width), datasets.shapes(fleet.id, places.camera_for(extent))


def _bars(shown: Shown, view: View) -> None:
    """Bars of both, one scale for all four kinds, the regions in the order of the left ones."""
    quantity = find_quantity(shown[0][1].after.footprints, view.quantity)
    rows = [_rows(told, quantity, view) for _, told in shown]
    order = {row.site: at for at, row in enumerate(rows[0])}
    span = bars.Span.of([row for side in rows for row in side])
    for place, side, (column, told) in zip(st.columns(2, gap="medium"), rows, shown, strict=True):
        ranked = sorted(side, key=lambda row: order.get(row.site, len(order)))
        with place, st.container(key=f"bars_{column.letter}"):
            baseline = baseline_name(told).removeprefix("the ")
            summary = f"{column.title}. {bars_summary(told, quantity.column)}"
            kinds = _beside(side, view)
            st.html(bars.bars_html(ranked, quantity, baseline, summary, kinds, span, column.letter))


def _rows(told: Comparison, quantity: Quantity, view: View) -> tuple[bars.Bar, ...]:
    rows = bars.bars(told, quantity)
    return bars.ordered(rows, _beside(rows, view))


def _beside(rows: Sequence[bars.Bar], view: View) -> bars.Told:
    return bars.CHANGES if view.mode == "change" else bars.shares(rows)
