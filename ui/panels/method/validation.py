"""The reference table, solved in front of the reader: pass or fail, time and certificate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from equity_core.scenario.parameters import BY_NAME
from equity_core.text.certificate import gap_percent
from equity_core.verification.reference import CASE, Reproduced, reference_rows, reproduce
from ui.jobs import cache, datasets
from ui.session import keys

WHAT = (
    "Thirteen plans of the paper's case were computed outside this project by another program, and "
    "the authors' notebook prints the objective of four of them. One press solves all of them "
    "here and now, from nothing, and sets what comes out beside what was published."
)
WHY = (
    "A row passes where the objective is the published one to a ten-millionth and the largest "
    "burdens to a hundred-thousandth. What differs in the last digits comes from where each "
    "program stops: none is exact to the last digit. The margin says how far a better plan could "
    "be at most, in percent of the objective."
)
HEADS = (
    "Plan",
    "Reach",
    "Objective, published",
    "In the notebook",
    "Solved here",
    "Difference",
    "Worst water, published and here (m³)",
    "Worst carbon, published and here (t)",
    "Margin",
    "Time",
    "Result",
)


def validation_panel() -> None:
    """What is compared, the button, and what came of it."""
    st.header("Checked in front of you", anchor=False)
    st.markdown(WHAT)
    pressed = st.button("Solve the reference table now", key="solve_reference")
    place = st.empty()
    if pressed:
        _solve(place)
    if rows := keys.REPRODUCED.get():
        place.html(table_html(rows))
        st.caption(WHY)


def _solve(place: DeltaGenerator) -> None:
    """Row by row; other readers are served meanwhile."""
    dataset, done = datasets.dataset(CASE), []
    for reference in reference_rows():
        with cache.turnstile().outside():
            done.append(reproduce(reference, dataset))
        place.html(table_html(done))
    keys.REPRODUCED.keep(tuple(done))


def table_html(rows: Sequence[Reproduced]) -> str:
    """The verdict in one sentence, then a row for each plan."""
    passed, seconds = sum(row.holds for row in rows), sum(row.seconds for row in rows)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in HEADS)
    return (
        f'<p class="ee-lead" role="status">{passed} of {len(rows)} plans are the published ones; '
        f"solved in {seconds:.1f} seconds.</p>"
        '<div class="ee-scrolled" tabindex="0" role="region" aria-label="Reference table">'
        f'<table class="ee-cards"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(map(_row_html, rows))}</tbody></table></div>"
    )


def _row_html(row: Reproduced) -> str:
    reference, published, found = row.reference, row.reference.published, row.found
    policy, reach = (
        BY_NAME[name].choice_labels.get(value, value.capitalize())
        for name, value in (("policy", reference.policy), ("reach", reference.reach))
    )
    notebook = "" if math.isnan(reference.notebook) else f"{reference.notebook:,.4f}"
    cells = (
        f"{published.objective:,.4f}",
        notebook,
        f"{found.objective:,.4f}",
        f"{abs(row.difference_pct):.8f}%",
        f"{published.worst_water_m3:,.2f}<br>{found.worst_water_m3:,.2f}",
        f"{published.worst_carbon_t:,.3f}<br>{found.worst_carbon_t:,.3f}",
        gap_percent(row.gap),
        f"{1000 * row.seconds:.0f} ms",
    )
    told = "".join(f'<td class="ee-number">{cell}</td>' for cell in cells)
    result = ("ee-holds", "✔ pass") if row.holds else ("ee-fails", "✖ differs")
    return (
        f'<tr><th scope="row">{escape(policy)}</th><td>{escape(reach)}</td>{told}'
        f'<td><span class="{result[0]}">{result[1]}</span></td></tr>'
    )
