"""Verify: drop an export, and its scenario is solved again and every figure compared."""

from __future__ import annotations

from importlib import import_module

import pandas as pd
import streamlit as st

from equity_core.answers.report import HOLDING, Report
from ui import cached, messages, work

LARGEST_MB = 200
EXPLANATION = (
    "Drop a file that this program has exported: a table, a map, a picture, a briefing or the "
    "whole zip. Its scenario is solved again here, and every figure is compared. Nothing of the "
    "file is kept."
)
COMMAND = "python -m equity_core verify FILE"


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
    st.caption("The same on the command line:")
    st.code(COMMAND, language="bash")


def _report(name: str, content: bytes, file_id: str) -> Report:
    """Solved once for each dropped file, not with every run of the page."""
    kept = st.session_state.get("verified")
    if kept is not None and kept[0] == file_id:
        report: Report = kept[1]
        return report
    with st.spinner("Solving again and comparing ..."):
        job = cached.file_workers().worker_for(name).ask(work.verification, name, content)
        report = cached.await_answer(job.future)
    st.session_state["verified"] = file_id, report
    return report


def show(report: Report) -> None:
    """The summary, then line by line."""
    failing = [line for line in report.lines if line.verdict not in HOLDING]
    tell, icon = (st.error, "cancel") if failing else (st.success, "check_circle")
    tell(messages.literal(report.summary()), icon=f":material/{icon}:")
    st.dataframe(
        pd.DataFrame(
            {
                "Verdict": [str(line.verdict) for line in report.lines],
                "Of": [line.place for line in report.lines],
                "Finding": [line.words for line in report.lines],
            }
        ),
        hide_index=True,
        height="content",
        column_config={"Finding": st.column_config.TextColumn(width="large")},
        alt="Verdict and finding for each file",
    )
    for line in failing:
        st.markdown(messages.literal(f"{line.place}: {line.words}"))


if __name__ == "__main__":
    # Streamlit opens the file by itself for the first deep link after a start.
    import_module("app").main()
