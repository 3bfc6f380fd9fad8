"""The parts of the Compare page: the policies in one table, and two links side by side."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from equity_core import Scenario
from equity_core.errors import EquityError
from equity_core.export.policy_table import (
    COST,
    POLICY,
    REACH,
    WORSE,
    Row,
    headings,
    policy_csv,
    policy_table,
    spreads,
)
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.link import read_leniently, to_query
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.presets import LEVERS
from equity_core.text.caveats import fleet_caveat
from equity_core.text.narrative import bars_summary
from equity_core.text.numbers import unit_text
from equity_core.text.opening.headline import headline
from equity_core.text.plan_names import named_baseline
from equity_core.text.quantities import find_quantity
from ui import messages
from ui.charts import bars
from ui.charts.before_after import before_after_figure
from ui.jobs import cache, datasets
from ui.panels import pointer, result
from ui.panels.pointer import plot
from ui.panels.regions import maps
from ui.session import keys, state
from ui.theme import Look

PAPERS = ("nearest", "cost", "carbon", "water", "cost_and_carbon", "all_averages", "equity")
REACHES = ("full", "partial")
YOURS = "Your scenario"
CELL_MARGIN, CHARACTER = 20.0, 6.2
"""Pixels: what a cell of the grid keeps free beside its text, and the width of a character."""


def asked(scenario: Scenario) -> list[tuple[str, str, Scenario]]:
    """What each row is called, and its question: the reader's scenario, then the paper's policies.

    Data, period, fleet, baseline and regional factors are the scenario's, without own limits.
    """
    plain = {site: factors.figures() for site, factors in scenario.factors.items()}
    bare = scenario.replace(**(dict(LEVERS) | {"factors": plain}))
    labels, reaches = BY_NAME["policy"].choice_labels, BY_NAME["reach"].choice_labels
    rows = [(YOURS, reaches[scenario.allowed_reach], scenario)]
    for policy in PAPERS:
        # Nearest keeps every gateway at its own site, whatever the reach.
        for reach in (scenario.reach,) if policy == "nearest" else REACHES:
            question = bare.replace(policy=policy, reach=reach)
            rows.append((labels[policy], reaches[question.allowed_reach], question))
    return rows


def baseline_words(scenario: Scenario) -> str:
    """The one plan that all rows are measured against, with its reach."""
    reach = BY_NAME["reach"].choice_labels[scenario.baseline_scenario().allowed_reach]
    return f"{named_baseline(scenario)} (reach: {reach.lower()})"


def policies(scenario: Scenario) -> None:
    """The table with its download; every row is measured against the scenario's own baseline."""
    rows, without, before = [], [], cache.baseline(scenario)
    for policy, reach, question in asked(scenario):
        try:
            rows.append(Row(policy, reach, cache.outcome(question).compare(before)))
        except EquityError as error:
            without.append(f"{policy}, {reach.lower()}: {error}")
    with st.container(key="policies", gap="small"):
        if rows:
            title = f"Each plan against {baseline_words(scenario)}"
            st.html(f'<h2 class="ee-section">{escape(title)}</h2>')
            _table(rows, baseline_words(scenario))
            st.caption(f"{fleet_caveat(rows[0].comparison.after)}.")
            st.download_button(
                "Policies CSV",
                policy_csv(rows),
                file_name=f"equity-{scenario.dataset}-policies.csv",
                mime="text/csv",
                key="download_policies",
                on_click="ignore",
                icon=":material/download:",
            )
        for sentence in without:
            st.caption(messages.literal(sentence))


def _table(rows: list[Row], baseline: str) -> None:
    """Rounded to what the eye compares; the file has every digit."""
    digits, short = {COST: 0}, {COST: "Cost, USD"}
    for footprint in rows[0].comparison.after.footprints:
        names, unit = headings(footprint), unit_text(footprint.unit)
        digits |= dict(zip(names, (0, 1, 3), strict=True))
        for name, word in zip(names, (f"all, {unit}", "worst", "PAR"), strict=True):
            short[name] = f"{footprint.label} {word}"
    for footprint in rows[0].comparison.after.footprints:
        for name, word in zip(spreads(footprint), ("Gini", "Jain"), strict=True):
            digits[name], short[name] = 3, f"{footprint.label} {word}"
    table = policy_table(rows).round(digits)
    columns: dict[str, Any] = {
        name: st.column_config.NumberColumn(
            label, help=name, format="localized", width=column_width(label, table[name])
        )
        for name, label in short.items()
    }
    columns[WORSE] = st.column_config.NumberColumn(
        "Worse off", help=f"{WORSE} than under {baseline}", width=76
    )
    columns[POLICY] = st.column_config.TextColumn(pinned=True, width=144)
    columns[REACH] = st.column_config.TextColumn(width=column_width(REACH, table[REACH]))
    st.dataframe(
        table,
        hide_index=True,
        height="content",
        # What a reader counts first stands where no scrolling is needed; the file keeps its order.
        column_order=[POLICY, REACH, COST, WORSE, *(name for name in short if name != COST)],
        column_config=columns,
        key="policies_dataframe",
        alt="Cost and footprints of each policy under full and partial reach",
    )


def column_width(heading: str, values: pd.Series) -> int:
    """Pixels that hold the heading and every value whole: a grid cuts off a number's first digits.

    Numbers are measured as they are shown, with separators.
    """
    shown = [value if isinstance(value, str) else f"{value:,}" for value in values]
    return round(CELL_MARGIN + CHARACTER * max(map(len, (heading, *shown))))


def links() -> Scenario | None:
    """Two addresses, the page's own and another; the scenario of the other one, if it is given."""
    first, second = st.columns(2, gap="medium")
    own = to_query(state.scenario())
    with first:
        st.text_input(
            "First link: your scenario",
            key=(key := state.seed("link_own", own)),
            on_change=state.on_change(key, _own_pasted),
            placeholder="the default scenario",
            help="The scenario of this page. Paste another address to change it.",
        )
    with second:
        st.text_input(
            "Second link: what it is compared with",
            key=(key := state.seed("link_other", state.view().other)),
            on_change=state.on_change(key, _other_pasted),
            placeholder="Paste an address here",
            help="The address of any scenario of this program.",
        )
    for problem in keys.LINK_BLUNDERS.get():
        st.caption(messages.literal(problem))
    return read_leniently(state.view().other)[0] if state.view().other else None


def _own_pasted(text: str) -> None:
    scenario, problems = read_leniently(text.strip())
    state.adopt_link(scenario, problems)


def _other_pasted(text: str) -> None:
    scenario, problems = read_leniently(text.strip())
    keys.LINK_BLUNDERS.keep(tuple(f"Second link: {problem}" for problem in problems))
    state.look_at(other=to_query(scenario) if text.strip() else "")


def difference(scenario: Scenario, other: Scenario, look: Look) -> None:
    """The plan of `scenario` against that of `other`: figures, map, bars and table."""
    comparison = cache.outcome(scenario).compare(cache.outcome(other))
    fleet = datasets.fleet(scenario)
    st.html(
        f'<p class="ee-lead">{escape(headline(comparison))}</p>'
        + bars.figures_html(bars.key_figures(comparison, fleet))
        + bars.totals_html(comparison)
    )
    st.caption("Baseline here: the plan of the second link.")
    maps.view_controls(fleet)
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        maps.map_panel(comparison, fleet, look, pointer.narrow_screen())
    with right:
        _bars(comparison, look)
    result.table_panel(comparison)


def _bars(comparison: Comparison, look: Look) -> None:
    quantity = find_quantity(comparison.after.footprints, state.view().quantity)
    rows = bars.bars(comparison, quantity)
    drawn = before_after_figure(rows, quantity, "second link", look)
    plot(drawn, "compared_plot", "two-scenarios", bars_summary(comparison, quantity.column))
