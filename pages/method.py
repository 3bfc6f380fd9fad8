"""Method: the equations in short, every parameter, every source."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

import pandas as pd
import streamlit as st

from equity_core.inputs.dataset import Dataset
from equity_core.scenario.parameters import PARAMETERS, SITE_FACTORS, Parameter
from equity_core.text.opening.glossary import Term, glossary
from equity_core.text.opening.limits_of_the_model import LIMITS
from ui import messages
from ui.assets import asset
from ui.jobs import datasets
from ui.panels import downloads, frame, infeasible
from ui.panels.method import validation
from ui.session import state

PLAIN_WORDS = (
    "Every hour people ask data centres for work. The same work can often be done in another "
    "region, where electricity, water use, carbon and health damage differ. For every hour a plan "
    "says how much runs where. Among all plans that serve everybody within the capacities, the "
    "program finds the best one by the policy you choose (cheapest, fairest or in between) and "
    "proves that no other is better by more than a stated margin. It then compares that plan, "
    "region by region, with a baseline."
)


def method() -> None:
    """The page from top to bottom."""
    dataset = datasets.dataset(state.scenario().dataset)
    st.html('<h1 class="ee-headline">How the plans are made, and from which figures</h1>')
    _plain_words()
    validation.validation_panel()
    _equations()
    _limits()
    _glossary()
    _parameters()
    _sources(dataset)
    frame.footer((dataset,), downloads.link_here("method"))


def _plain_words() -> None:
    """The method without a formula, and as a picture."""
    st.markdown(PLAIN_WORDS)
    st.html(picture())


@cache
def picture() -> str:
    """How a plan comes about, in four pictures, which stand in the page: it asks for no file."""
    html = asset("how.html")
    for name in ("how-1.svg", "how-2.svg", "how-3.svg", "how-4.svg"):
        html = html.replace(f'"{name}"', f'"data:image/svg+xml,{quote(asset(name))}"')
    return html


def _limits() -> None:
    """What a critic would raise, and what it would change."""
    st.header("What the model leaves out", anchor=False)
    for title, words, change in LIMITS:
        st.markdown(f"**{title}.** {words} *What it would change:* {change}")


def _glossary() -> None:
    """Every term with an example from the scenario on the page, while it is open."""
    part = st.expander("Terms, with examples from this plan", key="glossary", on_change="rerun")
    if not part.open:
        return
    with part:
        comparison = infeasible.comparison(state.scenario())
        if comparison is not None:
            st.html(f'<dl class="ee-terms">{"".join(map(_term_html, glossary(comparison)))}</dl>')


def _term_html(term: Term) -> str:
    example = f' <span class="ee-example">{escape(term.example)}</span>' if term.example else ""
    return f"<dt>{escape(term.word)}</dt><dd>{escape(term.meaning)}{example}</dd>"


def _equations() -> None:
    st.header("The question", anchor=False)
    st.markdown(
        "Load that arises at the gateways $j$ may be served at the sites $i$, hour by hour $t$. "
        "A plan $x$ is sought that serves all demand within every site's capacity and reach, and"
    )
    st.latex(
        r"\min_x\; \sum_{i,t} p_{it} y_{it} + \sum_k a_k \sum_i F_{ki} + \sum_k \mu_k \max_i F_{ki}"
    )
    st.latex(
        r"\begin{gathered} F_{ki}=\sum_t f_{kit}\, y_{it}, \qquad y_{it}=\sum_j x_{ijt}, \\"
        r"\sum_i x_{ijt}=\lambda_{jt}, \qquad 0\le y_{it}\le c_i, \\"
        r"x_{ijt}=0\ \text{ out of reach} \end{gathered}"
    )
    st.markdown(
        "$p$ is the electricity price (USD/MWh), $f$ the water or carbon that one MWh takes in a "
        "region, $F$ the burden of a region over the period, $\\lambda$ demand and $c$ capacity "
        "(MW). $\\mu$ is the fairness weight: what one unit in the region that carries most "
        "counts. It is a weight, not a price. Every answer shown is optimal to within the margin "
        "stated beside it: a bound below which no plan can get is computed with it. "
        "The numbered equations and the algorithm stand in docs/METHOD.md of the source code."
    )


def parameter_table(rows: tuple[Parameter, ...]) -> pd.DataFrame:
    """The parameter table as readers see it."""
    return pd.DataFrame(
        {
            "Parameter": [row.label for row in rows],
            "In links": [row.name for row in rows],
            "Default": [_plain(row.default) for row in rows],
            "Range or choices": [_range(row) for row in rows],
            "Unit": [row.unit.replace("m3", "m³") for row in rows],
            "Meaning": [row.help for row in rows],
        }
    )


def _range(row: Parameter) -> str:
    if row.choices:
        return ", ".join(row.choices)
    return "" if row.minimum is None else f"{_plain(row.minimum)} to {_plain(row.maximum)}"


def _plain(value: Any) -> str:
    """Numbers with separators and without exponents, yes or no for flags, nothing for none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:,.15g}" if isinstance(value, float) else str(value or "")


def _parameters() -> None:
    st.header("Every parameter", anchor=False)
    with st.container(key="parameters"):
        st.table(parameter_table(PARAMETERS).set_index("Parameter"))
    st.header("Regional factors", anchor=False)
    with st.container(key="site_factors"):
        st.table(parameter_table(SITE_FACTORS).set_index("Parameter"))


def _sources(dataset: Dataset) -> None:
    st.header(f"Sources: {dataset.title}", anchor=False)
    st.markdown(messages.literal(dataset.description))
    st.markdown(messages.literal(dataset.terms))
    if dataset.credits:
        st.markdown(messages.literal(f"With thanks to: {'; '.join(dataset.credits)}."))
    st.markdown("What these figures cannot show:")
    st.markdown("\n".join(f"- {messages.literal(weakness)}" for weakness in dataset.weaknesses))
    with st.container(key="sources"):
        cards = pd.DataFrame([vars(card) for card in dataset.cards])
        st.table(cards.rename(columns=str.capitalize).set_index("Column"))


if __name__ == "__main__":
    frame.whole_app()
