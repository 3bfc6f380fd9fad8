"""A forecast that the reader brings: read like any upload, kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from equity_core.inputs.problems import DatasetProblems
from equity_core.inputs.upload.names import distinct_names
from equity_core.inputs.upload.options import UploadAnswers
from ui.jobs import cache, uploads
from ui.jobs.uploads import Brought
from ui.panels import upload
from ui.session import keys
from ui.settings import settings

WORDS = (
    "A file in the form of the template on the page Data: the same sites, and every hour of the "
    "period, with the prices, intensities and demand that you expect. It is kept nowhere; a link "
    "to this page asks for it again."
)


def own_forecast() -> Brought | None:
    """What was brought, once it could be read; what is wrong with it is told."""
    st.caption(WORDS)
    with st.container(key="forecast_files"):
        files = st.file_uploader(
            "Your forecast",
            type=list(upload.ENDINGS),
            accept_multiple_files=True,
            max_upload_size=settings().upload_mb,
            key="forecast_file",
        )
    if not files:
        st.info("Bring the file of your forecast, or choose another one.", icon=":material/upload:")
        return None
    try:
        return _read(files)
    except DatasetProblems as found:
        upload.tell_problems(found)
    return None


def _read(files: Sequence[UploadedFile]) -> Brought:
    """Read once for the same files, beside the page; raises DatasetProblems."""
    asked = [file.file_id for file in files]
    kept = keys.FORECAST_READING.get()
    if kept is None or kept[0] != asked:
        names = distinct_names([file.name for file in files])
        contents = {name: file.getvalue() for name, file in zip(names, files, strict=True)}
        kept = asked, uploads.begin_reading(contents, UploadAnswers())
        keys.FORECAST_READING.keep(kept)
    with st.spinner("Reading and checking ..."):
        brought: Brought = cache.await_answer(kept[1])
    return brought
