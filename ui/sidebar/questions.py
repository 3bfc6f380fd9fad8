"""Questions to start from: the cases of a data set, and the way to the paper's data."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from equity_core import Scenario
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.presets import CASES, Preset, case_of
from equity_core.text.case import answer_sentences
from ui import messages
from ui.maps.view import View
from ui.session import state
from ui.sidebar import groups


def questions() -> None:
    """The questions about the data set on the page, and one click to the paper's."""
    scenario = state.scenario()
    offered = {case.name: case for case in CASES if case.scenario.dataset == scenario.dataset}
    if offered:
        groups.group("questions", "Questions to start from", (), partial(_choice, offered))
    if scenario.dataset != Scenario().dataset:
        st.button(
            "Research paper: ten regions",
            key="paper_button",
            on_click=partial(state.adopt, Scenario()),
            type="tertiary",
            icon=":material/science:",
        )


def _choice(offered: dict[str, Preset]) -> None:
    current = case_of(state.scenario())
    st.radio(
        "Questions to start from",
        list(offered),
        format_func=lambda name: offered[name].label,
        captions=[case.question for case in offered.values()],
        key=(key := state.seed("question", current.name if current else None)),
        on_change=state.on_change(key, lambda name: _ask(offered[name])),
        label_visibility="collapsed",
    )
    if current:
        st.caption(messages.literal(f"{current.text} {current.author}: {current.source}"))


def _ask(case: Preset) -> None:
    state.adopt(case.scenario, look=View(**case.view))


def question_html(comparison: Comparison) -> str:
    """Title and question of the case that the plan answers; nothing for a scenario of one's own."""
    case = case_of(comparison.after.scenario)
    if case is None:
        return ""
    return f'<p class="ee-question"><b>{escape(case.label)}.</b> {escape(case.question)}</p>'


def answer_html(comparison: Comparison) -> str:
    """What the plan answers, besides its headline, and what the answer does not show."""
    case = case_of(comparison.after.scenario)
    if case is None:
        return ""
    answer = escape(" ".join(answer_sentences(comparison, case.answers)))
    caveat = f'<span class="ee-caveat">{escape(case.caveat)}</span>'
    return f'<p class="ee-answer">{answer} {caveat}</p>'
