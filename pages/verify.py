"""Verify: drop an export; its scenario is solved again, the file made anew and compared."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from equity_core import Scenario
from equity_core.verification.report import PROVES, Light, Line, Report
from ui import messages
from ui.jobs import cache, orders, tasks
from ui.panels import frame
from ui.session import keys

LARGEST_MB = 200
EXPLANATION = (
    "Drop a file that this program has exported: a table, a map, a picture, a briefing or the "
    "whole zip, under any name. Its scenario is solved again here and the file is made anew: "
    "**identical** is said where both are the same, byte for byte. Nothing of the file is kept."
)
COMMAND = "python -m equity_core verify FILE"
TELLS = {
    Light.GREEN: (st.success, "check_circle", "✔"),
    Light.AMBER: (st.warning, "help", "▲"),
    Light.RED: (st.error, "cancel", "✖"),
}
"""How a light is told, besides by its colour: box, icon, and mark in the table."""


def verify() -> None:
    """The page from top to bottom."""
    st.html('<h1 class="ee-headline">Does an export still hold?</h1>')
    st.markdown(EXPLANATION)
    dropped = st.file_uploader(
        "Exported file", max_upload_size=LARGEST_MB, key="verify_file", label_visibility="collapsed"
    )
    if dropped is not None:
        with messages.edge(), st.container(key="verify_report"):
            show(_report(dropped.name, dropped.getvalue(), dropped.file_id))
    _proves()
    st.caption("The same on the command line:")
    st.code(COMMAND, language="bash")


def _report(name: str, content: bytes, file_id: str) -> Report:
    """Solved once for each dropped file, not with every run of the page."""
    kept = keys.VERIFIED.get()
    if kept is not None and kept[0] == file_id:
        return kept[1]
    with st.spinner("Solving again and comparing ..."):
        job = orders.file_workers().ask(Scenario(), tasks.verification, name, content)
        report = cache.await_answer(job.future)
    keys.VERIFIED.keep((file_id, report))
    return report


def show(report: Report) -> None:
    """The verdict, what is not as it should be in full, then line by line."""
    tell, icon, _ = TELLS[report.light]
    tell(messages.literal(report.summary()), icon=f":material/{icon}:")
    for line in report.lines:
        if line.light is not Light.GREEN:
            st.markdown(messages.literal(f"{_marked(line)}, {line.place}: {line.words}"))
    st.dataframe(
        pd.DataFrame(
            {
                "Verdict": [_marked(line) for line in report.lines],
                "Of": [line.place for line in report.lines],
                "Finding": [line.words for line in report.lines],
            }
        ),
        hide_index=True,
        height="content",
        column_config={"Finding": st.column_config.TextColumn(width="large")},
        alt="Verdict and finding for each file",
    )


def _marked(line: Line) -> str:
    return f"{TELLS[line.light][2]} {line.verdict}"


def _proves() -> None:
    """What each kind of file can prove and what it cannot."""
    with st.expander("What each kind of file can prove", icon=":material/gavel:"):
        for kind, words in PROVES:
            st.markdown(f"**{kind}.** {words}")


if __name__ == "__main__":
    frame.whole_app()
