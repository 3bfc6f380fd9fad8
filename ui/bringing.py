"""Bringing one's own figures: template, files, questions, problems, preview, use."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import pandas as pd
import streamlit as st

from equity_core.errors import DatasetError
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.problems import DatasetProblems, Problem
from equity_core.inputs.upload.answers import UploadAnswers
from ui import controls, datapanels, messages
from ui.look import Look
from ui.shapes import shapes_of

LARGEST_MB = 50
ENDINGS = ("csv", "parquet", "xlsx")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INTRODUCTION = (
    "A table with a row for each hour and site: price, water, carbon, demand; and the sites' "
    "places and capacities. CSV, Parquet or XLSX, up to 50 MB. Start from the template: three "
    "sites, one week, filled in. Every column is described below."
)


def bring_panel(look: Look) -> None:
    """From template to a data set in use."""
    st.markdown(INTRODUCTION)
    _templates()
    files = st.file_uploader(
        "Your files",
        type=list(ENDINGS),
        accept_multiple_files=True,
        max_upload_size=LARGEST_MB,
        key="own_files",
    )
    answers = _answers()
    if files and answers is not None:
        contents = {file.name: file.getvalue() for file in files}
        _show(_read(contents, answers), look)
    _schema()


def _templates() -> None:
    template = import_module("equity_core.inputs.upload.template")
    with st.container(horizontal=True, key="templates"):
        for label, make, name, mime in (
            ("Template XLSX", template.template_xlsx, "template.xlsx", XLSX_TYPE),
            ("Template CSV", template.template_csv, "template.csv", "text/csv"),
        ):
            st.download_button(
                label, make, file_name=name, mime=mime, key=f"get_{name}", on_click="ignore"
            )


def _answers() -> UploadAnswers | None:
    """What the reader says about the files; None, with a sentence, where it cannot be used."""
    with st.container(horizontal=True, key="own_answers", vertical_alignment="bottom"):
        title = st.text_input("Title", max_chars=120, key="own_title")
        source = st.text_input("Source of the figures", max_chars=120, key="own_source")
        zone = st.text_input(
            "Time zone of hours that name none",
            key="own_zone",
            placeholder="UTC, +01:00 or Europe/Berlin",
        )
        fill = st.checkbox(
            "Fill gaps of up to three hours",
            key="own_fill",
            help="By straight lines between the hours before and after; the source cards say so.",
        )
    try:
        return UploadAnswers(title, source, zone, _units(), fill)
    except DatasetError as error:
        st.error(messages.literal(str(error)), icon=":material/error:")
        return None


def _units() -> dict[str, str]:
    """A question for each column that was found to name no unit."""
    schema = import_module("equity_core.inputs.upload.schema")
    asked: dict[str, str] = st.session_state.get("own_unit_questions", {})
    answers = {}
    for key, name in asked.items():
        field = schema.FIELDS[name]
        unit = st.selectbox(
            f"Unit of the column {key}",
            field.units,
            index=None,
            format_func=lambda unit: unit.text,
            placeholder="Not named in the file: please choose",
            key=f"own_unit_{key}",
        )
        if unit is not None:
            answers[key] = unit.name
    return answers


def _read(contents: dict[str, bytes], answers: UploadAnswers) -> Dataset | DatasetProblems:
    """Read once for the same files and answers, not with every run of the page."""
    upload = import_module("equity_core.inputs.upload")
    digest = hashlib.sha256(repr((answers, sorted(contents))).encode())
    for name in sorted(contents):
        digest.update(contents[name])
    kept = st.session_state.get("own_reading")
    if kept is not None and kept[0] == digest.hexdigest():
        reading: Dataset | DatasetProblems = kept[1]
        return reading
    try:
        with st.spinner("Reading and checking ..."):
            reading = upload.read_upload(contents, answers)
    except DatasetProblems as error:
        reading = error
    st.session_state["own_reading"] = digest.hexdigest(), reading
    if isinstance(reading, DatasetProblems) and _ask_units(reading.problems):
        st.rerun()
    return reading


def _ask_units(problems: Sequence[Problem]) -> bool:
    """Put questions for units on the page; whether there is a new one."""
    schema = import_module("equity_core.inputs.upload.schema")
    asked = st.session_state.setdefault("own_unit_questions", {})
    keys = [schema.column_key(problem.column) for problem in problems if problem.asks == "unit"]
    new = {key: key.split("_")[0] for key in keys if key not in asked}
    asked.update(new)
    return bool(new)


def _show(reading: Dataset | DatasetProblems, look: Look) -> None:
    if isinstance(reading, DatasetProblems):
        _problems(reading)
    else:
        _preview(reading, look)


def _problems(found: DatasetProblems) -> None:
    """All problems in one table; nothing that was loaded before is touched."""
    count = "One problem" if found.count == 1 else f"{found.count:,} problems"
    listed = f", the first {len(found.problems)} kinds listed" if found.count > 100 else ""
    with st.container(key="own_problems"):
        st.error(
            f"{count}{listed}. Nothing was taken over; what you had is still here.",
            icon=":material/error:",
        )
        st.markdown(
            "\n".join(f"{at}. {messages.literal(str(p))}" for at, p in enumerate(found.problems, 1))
        )


def _preview(dataset: Dataset, look: Look) -> None:
    answers = import_module("equity_core.answers.datasets")
    first, *lines = answers.summary(dataset).splitlines()
    with st.container(key="own_preview"):
        st.success(messages.literal(first), icon=":material/check_circle:")
        st.markdown("\n".join(f"- {messages.literal(line)}" for line in lines))
        st.button(
            "Use this data set", type="primary", key="own_use", on_click=_use, args=(dataset,)
        )
        if said := st.session_state.pop("own_refusal", ""):
            st.error(messages.literal(said), icon=":material/error:")
        shapes = shapes_of(dataset, datapanels.camera_of(dataset))
        datapanels.figures_panel(dataset, shapes, look, "own")


def _use(dataset: Dataset) -> None:
    """Keep the data set on this server and make it the scenario's."""
    store: Any = import_module("equity_core.store.store")
    try:
        name = store.Store().save_dataset(dataset)
    except store.StoreError as error:
        st.session_state["own_refusal"] = str(error)
        return
    controls.dataset_chosen(name)


def _schema() -> None:
    documentation = import_module("equity_core.inputs.upload.documentation")
    with st.expander("Every column, unit and range"), st.container(key="schema"):
        for name, (head, *rows) in documentation.schema_tables().items():
            st.markdown(f"**{name.capitalize()}**")
            frame = pd.DataFrame(rows, columns=[cell.capitalize() for cell in head])
            st.table(frame.map(messages.literal).set_index(frame.columns[0].strip()))
