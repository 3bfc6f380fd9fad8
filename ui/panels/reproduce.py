"""How to get the figures on a page without the page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from equity_core import Scenario
from equity_core.export.reproduce import command_line, snippet, snippet_of_many


def reproduce_panel(scenario: Scenario) -> None:
    """The command line and the Python that give the figures of this page, ready to copy."""
    panel = _panel()
    if panel.open:
        with panel:
            st.markdown("On the command line (tables and the map layer go to the folder `out`):")
            st.code(command_line(scenario), language="bash", wrap_lines=True)
            st.markdown("The frontier:")
            st.code(command_line(scenario, "frontier"), language="bash", wrap_lines=True)
            st.markdown("In Python:")
            st.code(snippet(scenario), language="python", wrap_lines=True)


def table_panel(scenarios: Sequence[Scenario]) -> None:
    """The same for a table with one scenario a row."""
    panel = _panel()
    if panel.open:
        with panel:
            st.markdown("One row on the command line, here the first:")
            st.code(command_line(scenarios[0]), language="bash", wrap_lines=True)
            st.markdown("All rows in Python:")
            st.code(snippet_of_many(scenarios), language="python", wrap_lines=True)


def _panel() -> ExpanderContainer:
    """Filled only while it is open: what nobody reads costs no time."""
    return st.expander("Reproduce these figures", key="reproduce", on_change="rerun")
