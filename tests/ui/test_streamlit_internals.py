"""What nobody has promised: each test says what hangs on it where an upgrade breaks it."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path

import pydeck as pdk
import pytest
from plotly.io import to_json
from plotly.tools import return_figure_from_figure_or_data
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, media_file_manager
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.testing.v1 import AppTest

from ui import streamlit_internals
from ui.charts.plotly import figure
from ui.streamlit_internals import NO_TILES, SELECTORS, CompactDeck, ReadyFigure
from ui.theme import LIGHT

ASSETS = Path(streamlit_internals.__file__).parent / "assets"
FOREIGN = re.compile(
    r"""\[data-testid[^\]]*\]|\[(?:aria-label|data-title)[^\]]*\]|\.st[A-Z]\w*|\#root|\.(?:katex|deck|js-plotly)[\w-]*|\.(?:token|nsewdrag|main-svg)"""
)


def names_in(path):
    """Foreign names in a style sheet or script, each as `SELECTORS` writes it."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    quoted = ("aria", "data-title")
    return {
        name if any(q in name for q in quoted) else name.replace('"', "")
        for name in FOREIGN.findall(text)
    }


def test_foreign_names_stand_in_one_place_and_are_listed():
    found = names_in(ASSETS / "streamlit.css") | names_in(ASSETS / "streamlit.js")
    assert found == set(SELECTORS), (
        "assets/streamlit.css, streamlit.js and ui/streamlit_internals.py must name the same"
    )


@pytest.mark.parametrize(
    "path", [path for path in ASSETS.glob("*.[cj]s*") if path.stem != "streamlit"], ids=str
)
def test_no_other_asset_has_foreign_names(path):
    assert names_in(path) == set(), f"{path.name}: such rules stand in assets/streamlit.css"


def test_a_newer_change_ends_a_run_that_waits():
    def page():
        import streamlit as st
        from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

        from ui.streamlit_internals import end_run_if_outdated

        if "began" not in st.session_state:
            st.session_state["began"] = True
            get_script_run_ctx().script_requests.request_rerun(RerunData())
            end_run_if_outdated()
            st.session_state["went_on"] = True

    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.exception
    assert "began" in app.session_state
    assert "went_on" not in app.session_state, (
        "Streamlit no longer ends an outdated run when the session is read: readers who change "
        "something wait for the answer to what they left (ui/jobs/cache.py)"
    )


def test_a_run_tells_whether_the_browser_went_back(monkeypatch):
    assert "is_history_navigation" in {field.name for field in fields(ScriptRunContext)}, (
        "Streamlit's run no longer says that the browser went back or forward: the page would not "
        "follow (ui/session/state.py)"
    )
    assert get_script_run_ctx(suppress_warning=True) is None
    assert not streamlit_internals.moved_through_history()


def test_pydeck_still_says_no_tiles_in_this_way():
    spec = json.loads(pdk.Deck(map_provider=None).to_json())
    assert spec["mapStyle"] == NO_TILES, (
        "pydeck names a map without tiles otherwise: maps would ask an outside host for them"
    )


def test_the_compact_map_is_pydecks():
    view, layers = (
        pdk.ViewState(longitude=1, latitude=2, zoom=0),
        [pdk.Layer("PathLayer", [], id="x")],
    )
    ours = CompactDeck(layers, view, {"html": "{name}"})
    theirs = pdk.Deck(
        layers,
        views=[pdk.View("MapView", controller=True, repeat=False)],
        initial_view_state=view,
        map_provider=None,
    )
    said = json.loads(theirs.to_json())
    assert said | json.loads(ours.to_json()) == said, "pydeck writes maps otherwise now"


def test_streamlit_takes_the_compact_map_as_it_is():
    def page():
        import pydeck as pdk
        import streamlit as st

        from ui.streamlit_internals import CompactDeck

        rows = [{"ring": "@[[[1,2],[3,4]]]@"}]
        layers = [pdk.Layer("SolidPolygonLayer", rows, id="x", get_polygon="ring")]
        st.pydeck_chart(CompactDeck(layers, pdk.ViewState(), {"html": "{name}"}))

    app = AppTest.from_function(page, default_timeout=30).run()
    assert not app.exception
    sent = app.get("deck_gl_json_chart")[0].proto
    assert "\n" not in sent.json, "Streamlit no longer sends what the map's to_json() says"
    assert json.loads(sent.json)["layers"][0]["data"] == [{"ring": [[[1, 2], [3, 4]]]}]
    assert json.loads(sent.tooltip) == {"html": "{name}"}, "the map's words at the pointer are gone"


def test_the_rule_of_the_socket_knows_hosts_of_the_settings():
    assert streamlit_internals.is_host_allowed("127.0.0.1:8501")
    assert not streamlit_internals.is_host_allowed("evil.example")


def test_a_file_that_was_made_when_asked_for_outlives_the_runs_of_others(monkeypatch):
    monkeypatch.setattr(media_file_manager, "MediaFileMetadata", None)  # put back afterwards
    streamlit_internals.keep_downloads()
    storage = MemoryMediaFileStorage("/media")
    manager = MediaFileManager(storage)
    made = manager.add_deferred(lambda: b"figures", "text/csv", "place", "figures.csv")
    name = manager.execute_deferred(made).rpartition("/")[2]
    for _ in range(3):
        manager.remove_orphaned_files()
    assert storage.get_file(name).content == b"figures", "others' runs end downloads (404)"
    now = streamlit_internals.time.monotonic()
    later = now + streamlit_internals.FETCHED_WITHIN + 1
    monkeypatch.setattr(streamlit_internals.time, "monotonic", lambda: later)
    manager.remove_orphaned_files()
    assert not manager._file_metadata, "files that nobody fetches are never let go"


def test_a_ready_figure_is_sent_as_plotlys_own_would_be():
    told = figure([{"type": "scatter", "x": [1, 2], "y": [3.0, 4.0], "name": "a"}], LIGHT, 200)
    sent = return_figure_from_figure_or_data(ReadyFigure(told), validate_figure=True)
    plain = {**told, "layout": {**told["layout"], "template": {}}}  # theirs adds its own colours
    theirs = return_figure_from_figure_or_data(plain, validate_figure=True)
    del theirs["layout"]["template"]
    assert json.loads(to_json(sent, validate=False)) == json.loads(to_json(theirs, validate=False))


def test_the_theme_is_read_once_and_told_whole(monkeypatch):
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    read: list[str] = []
    options = app_session.config.get_options_for_section

    def counted(section: str) -> dict[str, object]:
        read.append(section)
        return options(section)

    monkeypatch.setattr(app_session.config, "get_options_for_section", counted)
    sections = ("theme", "theme.light", "theme.dark", "theme.sidebar")
    at_first = [CustomThemeConfig() for _ in sections]
    for theme, section in zip(at_first, sections, strict=True):
        app_session._populate_theme_msg(theme, section)
    assert at_first[0].base_font_size, "config.toml's theme is not read"
    read.clear()
    streamlit_internals.tell_theme_once()
    for _ in range(3):
        for theme, section in zip(at_first, sections, strict=True):
            told = CustomThemeConfig()
            app_session._populate_theme_msg(told, section)
            assert told == theme, "Streamlit tells a theme otherwise than through this function"
    assert read == list(sections)
