"""Bringing one's own figures: template, files, questions, problems, preview, use."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from equity_core import Scenario, logs
from equity_core.errors import DatasetError
from equity_core.inputs.problems import DatasetProblems, Problem
from equity_core.inputs.upload.names import distinct_names
from equity_core.inputs.upload.options import UploadAnswers
from ui import messages
from ui.jobs import cache, datasets, uploads
from ui.jobs.uploads import Brought
from ui.maps.polygons import shapes_of
from ui.panels import data_views, save
from ui.session import keys, saved, state
from ui.settings import settings
from ui.sidebar import sidebar
from ui.theme import Look

ENDINGS = ("csv", "parquet", "xlsx")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INTRODUCTION = (
    "A table with a row for each hour and site: price, water, carbon, demand; and the sites' "
    "places and capacities. CSV, Parquet or XLSX, up to {most} MB. Start from the template: three "
    "sites, one week, filled in. Every column is described below. Exports of Electricity Maps, "
    "EIA-930, ENTSO-E, AEMO, WattTime and others are read as they are, beside a table of sites."
)


def bring_panel(look: Look) -> None:
    """From template to a data set in use."""
    st.markdown(INTRODUCTION.format(most=settings().upload_mb))
    _templates()
    with st.container(key="own_files"):
        files = st.file_uploader(
            "Your files",
            type=list(ENDINGS),
            accept_multiple_files=True,
            max_upload_size=settings().upload_mb,
            key=f"own_files_{keys.OWN_ROUND.get()}",
        )
    answers = _answers()
    _kept()
    if files and answers is not None:
        _show(_read(files, answers), look)
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
        return UploadAnswers(title, source, zone, _units(), fill, _rates())
    except DatasetError as error:
        st.error(messages.literal(str(error)), icon=":material/error:")
        return None


def _units() -> dict[str, str]:
    """A question for each column that was found to name no unit."""
    schema = import_module("equity_core.inputs.upload.columns.schema")
    asked = keys.OWN_UNIT_QUESTIONS.get()
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


def _rates() -> dict[str, float]:
    """A question for each currency that was found."""
    rates = {}
    for currency in keys.OWN_RATE_QUESTIONS.get():
        rate = st.number_input(
            f"What one {messages.literal(currency)} is worth in USD",
            min_value=0.0,
            value=None,
            step=0.01,
            format="%g",
            placeholder="The rate that the figures are to be converted at",
            key=f"own_rate_{currency}",
        )
        if rate is not None:
            rates[currency] = rate
    return rates


def _read(files: Sequence[UploadedFile], answers: UploadAnswers) -> Brought | DatasetProblems:
    """Read once for the same files and answers, beside the page; others are served meanwhile."""
    asked = ([file.file_id for file in files], answers)
    kept = keys.OWN_READING.get()
    if kept is None or kept[0] != asked:
        if kept is not None:
            kept[1].cancel()
        names = distinct_names([file.name for file in files])
        contents = {name: file.getvalue() for name, file in zip(names, files, strict=True)}
        kept = asked, uploads.begin_reading(contents, answers)
        keys.OWN_READING.keep(kept)
    try:
        with st.spinner("Reading and checking ..."):
            reading: Brought = cache.await_answer(kept[1])
    except DatasetProblems as error:
        questions = _ask_units(error.problems), _ask_rates(error.problems)
        if any(questions):
            st.rerun()
        return error
    return reading


def _ask_rates(problems: Sequence[Problem]) -> bool:
    """Put questions for rates on the page; whether there is a new one."""
    asked = keys.OWN_RATE_QUESTIONS.get()
    currencies = dict.fromkeys(problem.value for problem in problems if problem.asks == "rate")
    new = [currency for currency in currencies if currency not in asked]
    keys.OWN_RATE_QUESTIONS.keep((*asked, *new))
    return bool(new)


def _ask_units(problems: Sequence[Problem]) -> bool:
    """Put questions for units on the page; whether there is a new one."""
    schema = import_module("equity_core.inputs.upload.columns.schema")
    asked = keys.OWN_UNIT_QUESTIONS.get()
    found = [schema.column_key(problem.column) for problem in problems if problem.asks == "unit"]
    new = {key: key.split("_")[0] for key in found if key not in asked}
    keys.OWN_UNIT_QUESTIONS.keep(asked | new)
    return bool(new)


def _show(reading: Brought | DatasetProblems, look: Look) -> None:
    if isinstance(reading, DatasetProblems):
        tell_problems(reading)
    else:
        _preview(reading, look)


def tell_problems(found: DatasetProblems) -> None:
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


def _preview(reading: Brought, look: Look) -> None:
    answers, dataset = import_module("equity_core.answers.datasets"), reading.dataset
    first, *lines = answers.summary(dataset, reading.notes).splitlines()
    with st.container(key="own_preview"):
        st.success(messages.literal(first), icon=":material/check_circle:")
        st.markdown("\n".join(f"- {messages.literal(line)}" for line in lines))
        if reading.changes:
            changes = "\n".join(f"- {messages.literal(change)}" for change in reading.changes)
            st.warning(f"Recognised by its headings:\n{changes}", icon=":material/rule:")
        label = "Read as described and use it" if reading.changes else "Use this data set"
        st.markdown(_who_sees(dataset.id, label))
        st.button(label, type="primary", key="own_use", on_click=_use, args=(reading,))
        if said := keys.OWN_REFUSAL.take():
            st.error(messages.literal(said), icon=":material/error:")
        shapes = shapes_of(dataset, data_views.camera_of(dataset))
        data_views.figures_panel(dataset, shapes, look, "own")


def _use(reading: Brought) -> None:
    """Keep the data set on this server and make it the scenario's."""
    store: Any = import_module("equity_core.store.store")
    try:
        name = store.Store().save_dataset(reading.dataset)
        secret = saved.removals().grant("datasets", name)
        logs.note("dataset_kept", bytes=len(reading.packed))
    except store.StoreError as error:
        keys.OWN_REFUSAL.keep(messages.told(error))
        return
    # A new uploader: the server lets go of the files.
    keys.OWN_ROUND.keep(keys.OWN_ROUND.get() + 1)
    keys.OWN_READING.forget()
    keys.OWN_KEPT.keep(keys.OWN_KEPT.get() | {name: reading.dataset.title})
    keys.OWN_REMOVALS.keep(keys.OWN_REMOVALS.get() | {name: secret})
    sidebar.dataset_chosen(name)


def _who_sees(name: str, label: str) -> str:
    """Who can open what is brought in, and for how long; `label` is that of the button."""
    days = settings().retention_days
    span = f"until nobody has opened them for {days:,} days" if days else "until they are removed"
    whoever = (
        "Whoever has a link with the id can open them; no list shows them to readers. You can "
        "remove them here as long as this tab is open, and later by the removal link that you get."
    )
    if name in keys.OWN_KEPT.get():
        return f"These figures are kept on this server {span}. {whoever}"
    return (
        f"So far only you see these figures, and nothing is kept. **{label}** keeps them on this "
        f"server {span}. {whoever}"
    )


def _kept() -> None:
    """What was kept in this session, each with a way to remove it."""
    kept = keys.OWN_KEPT.get()
    if said := keys.OWN_REMOVED.take():
        st.info(messages.literal(said), icon=":material/delete:")
    if not kept:
        return
    with st.container(key="own_kept_list"):
        st.markdown(
            "**Kept on this server in this session.** Removed figures are gone for everybody: "
            "links to them say that there is no such data set. The same files, brought in again "
            "with the same answers, get the same id, and the links work again."
        )
        for name, title in list(kept.items()):
            st.button(
                f"Remove {messages.literal(title)} from this server",
                key=f"own_remove_{name}",
                icon=":material/delete:",
                help=name,
                on_click=_remove,
                args=(name,),
            )
            save.removal_code(keys.OWN_REMOVALS.get().get(name, ""))


def _remove(name: str) -> None:
    """Take a data set of this session off the server, and off the page."""
    store: Any = import_module("equity_core.store.store")
    try:
        store.Store().remove_dataset(name)
        logs.note("dataset_removed")
    except store.StoreError as error:
        keys.OWN_REMOVED.keep(messages.told(error))
        return
    kept = dict(keys.OWN_KEPT.get())
    title = kept.pop(name)
    keys.OWN_KEPT.keep(kept)
    if state.scenario().dataset == name:
        # While the page still knows it: what is left behind has a name.
        sidebar.dataset_chosen(Scenario().dataset)
    datasets.forget_datasets()
    keys.OWN_REMOVED.keep(f"{title} ({name}) was removed from this server.")


def _schema() -> None:
    documentation = import_module("equity_core.inputs.upload.documentation")
    with st.expander("Every column, unit and range"), st.container(key="schema"):
        for name, (head, *rows) in documentation.schema_tables().items():
            st.markdown(f"**{name.capitalize()}**")
            frame = pd.DataFrame(rows, columns=[cell.capitalize() for cell in head])
            st.table(frame.map(messages.literal).set_index(frame.columns[0].strip()))
