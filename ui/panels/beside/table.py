"""The table of scenarios, what in it cannot be compared, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import urlencode

import streamlit as st

from equity_core.export.datapackage import media_type
from equity_core.scenario.lineup import Named
from equity_core.text.beside.apart import apart_sentences
from equity_core.text.beside.columns import Column, solved
from equity_core.text.caveats import fleet_caveat
from ui.charts.tables.scenario_table import table_html
from ui.jobs import orders
from ui.panels.downloads import address
from ui.session import state

FILES = {
    "Workbook (XLSX)": "scenarios.xlsx",
    "Table (CSV)": "scenarios.csv",
    "Page (PDF)": "scenarios.pdf",
    "Page (HTML)": "scenarios.html",
}


def table_panel(columns: Sequence[Column], complete: bool) -> None:
    """What cannot be compared first, then the table, then what can be taken away of it."""
    with st.container(key="scenario_table", gap="small"):
        told = "".join(f"<p>{escape(words)}</p>" for words in apart_sentences(columns))
        apart = f'<div class="ee-apart" role="note">{told}</div>' if told else ""
        st.html(apart + table_html(columns) + _caveats(columns))
        _taking_away(columns, complete)


def _caveats(columns: Sequence[Column]) -> str:
    """Whose figures these are, each data set once."""
    told = dict.fromkeys(fleet_caveat(it.after) for _, it in solved(columns))
    return f'<p class="ee-caveat">{escape(". ".join(told))}.</p>' if told else ""


def _taking_away(columns: Sequence[Column], complete: bool) -> None:
    """The link of the table and its files, once all columns are there and one has a plan."""
    with st.container(
        horizontal=True, key="scenario_files", vertical_alignment="center", gap="small"
    ):
        query = escape(urlencode(state.query()))
        st.html(
            f'<button type="button" class="ee-copy" data-query="{query}">Copy link</button>'
            '<span role="status"></span>',
            width="content",
        )
        if not (complete and solved(columns)):
            return
        entries = tuple(Named(column.name, column.query) for column in columns)
        for label, file in FILES.items():
            st.download_button(
                label,
                _Order(entries, file),
                file_name=f"equity-{file}",
                mime=media_type(file),
                key=f"download_{file.replace('.', '_')}",
                on_click="ignore",
                icon=":material/download:",
            )


@dataclass(frozen=True)
class _Order:
    """A file that is made only when its button is pressed, beside the page."""

    entries: tuple[Named, ...]
    file: str
    address: str = field(default_factory=address)

    def __call__(self) -> bytes:
        wanted = self.entries, self.file, self.address
        return orders.table_file_desk().order(wanted, object()).result()
