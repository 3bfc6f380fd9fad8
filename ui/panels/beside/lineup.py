"""Which scenarios stand in the table: adding one, and names, order and removal of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from equity_core.scenario.lineup import LONGEST_NAME, MOST
from equity_core.text.beside.columns import Column
from ui import messages
from ui.session import keys, lineup, state

ALONE = (
    "Paste the link of a second scenario; or keep this one as it is, then move a control or "
    "choose a question to start from: both stand side by side."
)


def adding() -> None:
    """Ways to add a scenario; what was wrong with the last one."""
    full = len(lineup.entries()) >= MOST
    with st.container(
        key="add_scenario", horizontal=True, vertical_alignment="bottom", gap="small"
    ):
        st.text_input(
            "Add a scenario: paste its link",
            key=(key := state.seed("link_added", "")),
            on_change=state.on_change(key, lineup.add_link),
            placeholder="Paste an address, or the short link of a saved scenario",
            disabled=full,
        )
        st.button(
            "Keep this scenario",
            key="add_in_hand",
            on_click=lineup.add_in_hand,
            disabled=full,
            help="Adds it as it is now: the controls then change the other one alone.",
        )
        if kept := keys.SAVED_LINK.get():
            st.button(
                messages.literal(f"Add “{kept[0]}”"),
                key="add_saved",
                on_click=lineup.add_saved,
                disabled=full,
            )
    if len(lineup.entries()) == 1:
        st.caption(ALONE)
    if full:
        st.caption(f"{MOST} scenarios are in the table, which is as many as it holds.")
    for problem in keys.LINK_BLUNDERS.get():
        st.caption(messages.literal(problem))


def naming(columns: Sequence[Column]) -> None:
    """A line for each scenario: its name, its place, and whether it stays."""
    with st.container(key="lineup", gap=None):
        for place, column in enumerate(columns):
            _line(place, column, len(columns))


def _line(place: int, column: Column, count: int) -> None:
    entry, letter = lineup.entries()[place], column.letter
    with st.container(
        horizontal=True, key=f"lineup_{letter}", vertical_alignment="center", gap="small"
    ):
        st.html(f'<span class="ee-letter" aria-hidden="true">{letter}</span>', width="content")
        st.text_input(
            f"Name of {letter}",
            key=(key := state.seed(f"name_{letter}", entry.name)),
            on_change=state.on_change(key, partial(lineup.rename, place)),
            placeholder=column.name,
            max_chars=LONGEST_NAME,
            label_visibility="collapsed",
        )
        _button("Earlier", "arrow_upward", letter, lineup.move, (place, -1), place == 0)
        _button("Later", "arrow_downward", letter, lineup.move, (place, 1), place == count - 1)
        _button("Remove", "close", letter, lineup.remove, (place,), count == 1)
        if entry.query:
            st.button(
                "Open this one",
                key=f"hold_{letter}",
                on_click=lineup.take_in_hand,
                args=(place,),
                type="tertiary",
                help="Makes it the scenario on all pages; the one there now stays in the table.",
            )
        else:
            words = '<span class="ee-in-hand">this scenario: the controls change it</span>'
            st.html(words, width="content")


def _button(
    label: str, icon: str, letter: str, action: object, given: tuple[int, ...], disabled: bool
) -> None:
    st.button(
        f"{label}: {letter}",
        icon=f":material/{icon}:",
        key=f"{label.lower()}_{letter}",
        on_click=action,  # type: ignore[arg-type]
        args=given,
        disabled=disabled,
        type="tertiary",
    )
