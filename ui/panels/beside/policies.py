"""The paper's policies in one table, beside the reader's scenario."""

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
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.presets import LEVERS
from equity_core.text.beside.columns import baseline_words
from equity_core.text.caveats import fleet_caveat
from equity_core.text.numbers import unit_text
from ui import messages
from ui.jobs import cache

PAPERS = ("nearest", "cost", "carbon", "water", "cost_and_carbon", "all_averages", "equity")
REACHES = ("full", "partial")
YOURS = "This plan"
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
