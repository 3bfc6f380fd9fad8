"""What nobody foresaw, while a page is drawn or by a click: one line, whose number is shown."""

from __future__ import annotations

import logging

import pytest
from streamlit.testing.v1 import AppTest

from equity_core.logs import LOGGER
from ui.streamlit_internals import UNCAUGHT


def page() -> None:
    import streamlit as st

    from ui import messages

    with messages.edge():
        st.session_state["missing"]


@pytest.mark.parametrize("secret", ["missing"])
def test_the_reader_sees_the_number_under_which_the_log_has_it(caplog, secret) -> None:
    with caplog.at_level(logging.ERROR, LOGGER):
        app = AppTest.from_function(page).run()
    (record,) = [record for record in caplog.records if record.name == LOGGER]
    assert record.getMessage() == "page_failed"
    (said,) = app.error
    assert f"under the number {record.told['number']}." in said.value
    assert secret not in said.value


def test_streamlit_still_calls_it_so() -> None:
    from pathlib import Path

    from streamlit import error_util

    assert f'"{UNCAUGHT}"' in Path(error_util.__file__).read_text(encoding="utf-8")
