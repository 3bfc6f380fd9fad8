"""All that the program takes from Streamlit, pydeck and plotly unpromised, and only here.

Each has its test in tests/ui/test_streamlit_internals.py, and each name that the browser knows in
tests/browser/test_streamlit_names.py: an upgrade that breaks one is told which, and what hangs on
it. What the page's own keys give (`.st-key-...`) is public and stands anywhere.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from functools import cache
from pathlib import Path
from typing import Any

import pydeck as pdk
import streamlit as st
import streamlit.logger
from plotly.basedatatypes import BaseFigure  # type: ignore[import-untyped]
from pydeck.bindings.json_tools import default_serialize
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session, media_file_manager
from streamlit.runtime.media_file_manager import MediaFileMetadata
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.starlette import starlette_websocket

NO_TILES = "__MAP_STYLE__"
"""pydeck's sign for a map without tiles beneath: anything else, even no sign, has the browser ask
an outside host for them."""

UNCAUGHT = "Uncaught app execution"
"""What Streamlit logs beside what it tells `on_script_error`, without the number that we give."""

FETCHED_WITHIN = 60.0
"""Seconds within which a browser begins to fetch a file that was made for it."""

SELECTORS = {
    ".stApp": "the figures' shape, no fading anywhere; whether a run is under way, for previews",
    ".stMain": "rules for the page without its sidebar, and where its pictures are",
    ".stMainBlockContainer": "the page's margins",
    ".stElementContainer": "parts that wait for the server do not fade",
    ".deck-tooltip": "the words at the pointer stay within the map",
    ".js-plotly-plot": "what was zoomed in a picture stays through a change",
    '[data-title^="Download plot"]': "a picture that the browser saves takes its words along",
    ".main-svg": "printing pictures without their ground",
    ".katex": "equations on a phone",
    ".katex-display": "equations fit every width",
    ".nsewdrag": "a finger on a picture moves the page",
    ".token": "contrast of code",
    "#root": "printing the whole page",
    '[aria-label^="Close fullscreen"]': "the legend over the map's full screen",
    "[data-testid=stAppViewContainer]": "printing the whole page",
    "[data-testid=stButton]": "printing without what is pressed",
    "[data-testid=stButtonGroup]": "printing without what is pressed",
    "[data-testid=stCaptionContainer]": "colour and place of captions",
    "[data-testid=stCode]": "contrast of code",
    "[data-testid=stColumn]": "map and bars below each other in a narrow window",
    "[data-testid=stDownloadButton]": "printing without what is pressed",
    "[data-testid=stElementToolbar]": "the map's own button stands on the map",
    "[data-testid=stExpandSidebarButton]": "a click on the map opens the sidebar",
    "[data-testid=stExpander]": "printing without what is closed",
    "[data-testid=stHeader]": "printing without what is pressed",
    "[data-testid=stHorizontalBlock]": "map and bars below each other in a narrow window",
    "[data-testid=stPopover]": "printing without what is pressed",
    "[data-testid=stPopoverBody]": "width of panels and menus",
    "[data-testid=stSidebar]": "distances in the sidebar",
    "[data-testid=stSidebarHeader]": "the sidebar begins at its top",
    "[data-testid=stSidebarUserContent]": "the sidebar begins at its top",
    "[data-testid=stToolbar]": "printing without what is pressed",
    "[data-testid=stTooltipIcon]": "the place of help beside a weight",
    "[data-testid=stVerticalBlock]": "distances between the page's parts",
    "[data-testid=stWidgetLabel]": "a weight's label above slider and box together",
}
"""Names in the browser that Streamlit or a library of its own gives, and what hangs on each. They
stand in assets/streamlit.css and assets/streamlit.js alone. The latter also reads, from where React
keeps them, view and layers of a map: tests/browser/test_preview.py sees whether they are there."""


_ROOT = """
    <script>window.__streamlit = {BACKEND_BASE_URL: new URL(".", location.href).href}</script>"""
"""Where the server is: told, the page's script asks nothing below the page's own address first."""

_TITLE = "<title>Streamlit</title>"
_INDEX = Path(st.__file__).parent / "static" / "index.html"


@cache
def _index() -> str:
    return _INDEX.read_text(encoding="utf-8")


def index_html(head: str) -> str:
    """Streamlit's page, with `head` in the place of its title, for an address of one step."""
    return _index().replace(_TITLE, head + _ROOT)


def is_host_allowed(host: str) -> bool:
    """Whether `server.allowedHosts` names the host of a request, by the rule of the page's socket.

    Streamlit asks it for the socket alone, and serves the page to any name.
    """
    return bool(starlette_websocket.is_host_allowed(host))


class LastingFile(MediaFileMetadata):
    """A file that a button has made stays for a minute, until the browser has fetched it.

    Streamlit lets go of it at the end of the second run after, of whoever's page: where many
    read, within a second, and the browser is told that there is no such file.
    """

    _unused_since: float | None = None

    @property
    def is_marked_for_delete(self) -> bool:
        """Whether nobody can be fetching it any more."""
        since = self._unused_since
        return since is not None and time.monotonic() > since + FETCHED_WITHIN

    def mark_for_delete(self) -> None:
        """From now on no page names it."""
        if self._unused_since is None:
            self._unused_since = time.monotonic()


def keep_downloads() -> None:
    """Have files that are made when asked for stay until they are fetched."""
    media_file_manager.MediaFileMetadata = LastingFile  # type: ignore[misc]


def tell_theme_once() -> None:
    """Have what config.toml says of colours and letters be read once, not with every run.

    Streamlit looks through all its options six times a run to tell the browser what never changes:
    a twelfth of what a server of twenty readers does.
    """
    fill = app_session._populate_theme_msg

    @cache
    def told(section: str) -> CustomThemeConfig:
        theme = CustomThemeConfig()
        fill(theme, section)
        return theme

    def populate(msg: CustomThemeConfig, section: str = "theme") -> None:
        if told(section).ByteSize():
            msg.MergeFrom(told(section))

    app_session._populate_theme_msg = populate


def log_with(handler: logging.Handler) -> None:
    """Have Streamlit's loggers, and those that it makes later, write to `handler` alone.

    Each gets a console handler of its own otherwise, in a format that knows no JSON. What a page
    did not catch is left to `ui.messages.unforeseen`, which is told of it as well.
    """
    handler.addFilter(lambda record: record.msg != UNCAUGHT)

    def set_up(logger: logging.Logger) -> None:
        logger.handlers[:] = [handler]
        logger.propagate = False

    streamlit.logger.setup_formatter = set_up
    streamlit.logger.update_formatter()


def session_number() -> str:
    """The reader's session in the log: made from Streamlit's id, which opens what it names."""
    context = get_script_run_ctx(suppress_warning=True)
    return hashlib.sha256(context.session_id.encode()).hexdigest()[:8] if context else ""


def moved_through_history() -> bool:
    """Whether this run shows an address that the browser went back or forward to.

    The address alone does not tell: that of a quick change is older than the session's, too.
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def end_run_if_outdated() -> None:
    """Raises what ends this run where the reader has made a newer change.

    Streamlit looks for one with every access to the session, whatever is asked for.
    """
    st.session_state.get("scenario")


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck states no types
    """A map whose JSON is not indented: a sixth of the bytes with every move of a slider.

    Rings come as text that was made once (`ui.maps.polygons`): they never change.
    """

    def __init__(
        self, layers: list[pdk.Layer], view_state: pdk.ViewState, tooltip: dict[str, Any]
    ) -> None:
        """Only what this map is made of.

        pydeck's own looks on disk for a notebook's widgets and for keys of tile hosts, with every
        map; this one asks no host.
        """
        self.layers = layers
        self.map_style = NO_TILES
        self.views = [pdk.View("MapView", controller=True, repeat=False)]
        self.initial_view_state = view_state
        self._tooltip = tooltip

    def to_json(self) -> str:
        """The specification that Streamlit sends to the browser."""
        text = json.dumps(self, default=default_serialize, sort_keys=True, separators=(",", ":"))
        return text.replace('"@[[', "[[").replace(']]@"', "]]")


class ReadyFigure(BaseFigure):  # type: ignore[misc]  # plotly states no types
    """A figure that is sent as it is: `told` is what plotly's own would make of it.

    Streamlit has every dict checked against plotly's schema, which takes 2.6 ms of each change of a
    reader; tests check ours (`tests/ui/test_streamlit_internals.py`).
    """

    def __init__(self, told: dict[str, Any]) -> None:
        """Only what is sent: plotly's own makes an object of each part."""
        object.__setattr__(self, "_told", told)

    def to_dict(self) -> dict[str, Any]:
        """What Streamlit sends to the browser."""
        return dict(self._told)
