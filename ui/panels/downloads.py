"""Share and export: copy the link, download tables and pictures (made when asked for)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from equity_core.export.datapackage import media_type
from equity_core.export.people import knows_people
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.byline import NOBODY, Byline
from equity_core.outcome.drawn import NOT_DRAWN, Drawn
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.link import LOCAL_ADDRESS
from ui.jobs import orders
from ui.maps.view import BOTH, View
from ui.panels.share import cite
from ui.served.place import base_path
from ui.session import keys, state

PICTURE_FORMATS = ("png", "svg", "pdf")
BRIEFINGS = {
    "Briefing (PDF)": "briefing.pdf",
    "Briefing (HTML)": "briefing.html",
    "Everything (ZIP)": "package.zip",
}
SIGNED = ("briefing.", "package.")
"""Files that say who hands them over, where the reader gives it."""


def share_place() -> DeltaGenerator:
    """Where the share bar stands: beside who speaks, at the top right of the result."""
    return st.container(horizontal=True, key="share", vertical_alignment="center", gap="small")


def share_bar(comparison: Comparison, dataset: Dataset, place: DeltaGenerator) -> None:
    """The link, the ways to cite and embed, and what to hand over, in one row."""
    with place:
        st.html(
            '<span role="status"></span><button type="button" class="ee-copy" '
            f'data-query="{escape(_query(comparison))}">Copy link</button>',
            width="content",
        )
        cite.cite_menu(comparison, dataset, address())
        cite.embed_menu(comparison, dataset, address())
        _briefing_menu(comparison, dataset)


def _briefing_menu(comparison: Comparison, dataset: Dataset) -> None:
    """Two pages for those who decide, signed on wish, and the whole package."""
    with st.popover("Briefing", key="menu_briefing", icon=":material/description:"):
        buttons = st.container(horizontal=True, gap="small")
        byline, drawn = cite.byline(), _drawn(comparison)
        if drawn.ranges:
            st.caption(f"It says how sure this is, as you drew it: {drawn.words[-1]}")
        with buttons:
            for label, file in BRIEFINGS.items():
                _download(label, _Order(comparison, dataset, file, byline=byline, drawn=drawn))


def _drawn(comparison: Comparison) -> Drawn:
    """What this reader's draws of the scenario said, where there were any."""
    kept = keys.DRAWN.get()
    same = kept is not None and kept[0] == comparison.after.scenario
    return kept[1] if kept is not None and same else NOT_DRAWN


def map_menu(comparison: Comparison, dataset: Dataset, view: View) -> None:
    """The map beside it as a picture, and its regions as a map layer."""
    mode = "burden" if view.mode == BOTH else view.mode
    stem = f"map-{view.quantity}-{mode}"
    files = {f"Map {form.upper()}": f"{stem}.{form}" for form in PICTURE_FORMATS}
    files |= {"Map to post (1200 × 630)": f"social-{view.quantity}-{mode}.png"}
    files |= {"Regions GeoJSON": "regions.geojson", "Regions GeoPackage": "regions.gpkg"}
    _menu("Download the map", files, comparison, dataset)


def frontier_menu(comparison: Comparison, dataset: Dataset, there: bool) -> None:
    """The frontier above it as a table and as a picture, once it is `there`."""
    files = {f"Frontier {form.upper()}": f"frontier.{form}" for form in ("csv", *PICTURE_FORMATS)}
    files |= {"Frontier to post (1200 × 630)": "social-frontier.png"}
    _menu("Download the frontier", files, comparison, dataset, not there)


def table_menu(comparison: Comparison, dataset: Dataset) -> None:
    """The table beside it, and the others that belong to this plan."""
    files = {
        "Regions CSV": "regions.csv",
        "Comparison CSV": "comparison.csv",
        **({"People CSV": "people.csv"} if knows_people(dataset) else {}),
        "Hours CSV": "hours.csv",
        "All tables XLSX": "tables.xlsx",
    }
    _menu("Download tables", files, comparison, dataset)


def _menu(
    label: str,
    files: dict[str, str],
    comparison: Comparison,
    dataset: Dataset,
    disabled: bool = False,
) -> None:
    """A button that opens to one button a file; those are sent only while it is open."""
    menu = st.popover(
        label,
        icon=":material/download:",
        type="tertiary",
        key=f"menu_{label.lower().replace(' ', '_')}",
        on_change="rerun",
        disabled=disabled,
    )
    if menu.open:
        with menu:
            for words, file in files.items():
                _download(words, _Order(comparison, dataset, file))


def files_menu(
    label: str, key: str, files: dict[str, str], stem: str, make: Callable[[str], bytes]
) -> None:
    """A button that opens to one button a file; `make` is asked when that is pressed.

    files  label -> name of the file, which the reader's browser saves behind `stem`
    """
    menu = st.popover(
        label,
        icon=":material/download:",
        type="tertiary",
        key=f"menu_{key}",
        on_change="rerun",
    )
    if not menu.open:
        return
    with menu:
        for words, name in files.items():
            st.download_button(
                words,
                partial(make, name),
                file_name=f"{stem}-{name}",
                mime=media_type(name),
                key=f"{key}_{name}",
                on_click="ignore",
            )


def address() -> str:
    """Where the reader's browser found this program, for the links of a briefing."""
    url = urlsplit(st.context.url or LOCAL_ADDRESS)
    return f"{url.scheme}://{url.netloc}{base_path()}/"


def page_link(comparison: Comparison, page: str = "") -> str:
    """Where the scenario stands on `page`, for whoever has it on paper."""
    return f"{address()}{page}?{_query(comparison)}"


def link_here(page: str) -> str:
    """The address of `page` as it stands."""
    return f"{address()}{page}?{urlencode(state.query())}"


def _query(comparison: Comparison) -> str:
    """The scenario as a link has it, with the fingerprint of its plan where it has one."""
    after = comparison.after
    known = {"fingerprint": after.fingerprint} if after.scenario == state.scenario() else {}
    return urlencode(state.query() | known)


@dataclass(frozen=True)
class _Order:
    """A file that is made only when its button is pressed, beside the page."""

    comparison: Comparison
    dataset: Dataset
    file: str
    address: str = field(default_factory=address)
    byline: Byline = NOBODY
    drawn: Drawn = NOT_DRAWN

    @property
    def name(self) -> str:
        """What the reader's browser calls it: data set and fingerprint, then the file's name."""
        return f"equity-{self.dataset.id}-{self.comparison.after.fingerprint}-{self.file}"

    def __call__(self) -> bytes:
        scenario = self.comparison.after.scenario
        signed = self.file.startswith(SIGNED)
        about = (self.byline, self.drawn) if signed else (NOBODY, NOT_DRAWN)
        wanted = scenario, self.file, self.address, *about
        return orders.file_desk().order(wanted, object()).result()


def _download(label: str, order: _Order) -> None:
    st.download_button(
        label,
        order,
        file_name=order.name,
        mime=media_type(order.file),
        key=f"download_{label.lower().replace(' ', '_')}",
        on_click="ignore",
    )
