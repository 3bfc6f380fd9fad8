"""Share and export: copy the link, download tables and pictures (made when asked for)."""

from __future__ import annotations

from functools import partial
from importlib import import_module

import streamlit as st

from equity_core import Scenario
from equity_core.answers import Answer, frontier_files
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from ui.view import View

COPY_JS = """
export default function ({ parentElement, data, setStateValue }) {
  const narrow = window.innerWidth < data.narrowBelow;
  if (narrow !== data.narrow) setStateValue("narrow", narrow);
  const button = parentElement.querySelector("button");
  const says = parentElement.querySelector("[role=status]");
  button.onclick = async () => {
    const link = window.location.href;
    try {
      await navigator.clipboard.writeText(link);
      says.textContent = "Copied";
    } catch {
      // Browsers hide the clipboard from pages served without TLS: offer the text itself.
      window.prompt("Copy this link:", link);
      says.textContent = "";
    }
    window.setTimeout(() => { says.textContent = ""; }, 4000);
  };
}
"""
COPY_HTML = '<button type="button">Copy link</button><span role="status"></span>'
COPY_CSS = """
button { font: inherit; font-size: 0.875rem; color: var(--st-text-color); cursor: pointer;
  background: transparent; border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius, 4px); padding: 0.25rem 0.75rem; min-height: 2.5rem; }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
span { margin-left: 0.5rem; font-size: 0.875rem; color: var(--st-text-color); }
"""
FILE_POINTS = 50  # of the frontier, as on the command line
NARROW_BELOW = 640  # pixels, as in style.css
_copy_link = st.components.v2.component("copy_link", html=COPY_HTML, css=COPY_CSS, js=COPY_JS)


def narrow_screen() -> bool:
    """Whether the reader's window is a phone's: known from the second run on, False before."""
    return bool(st.session_state.get("copy_link", {}).get("narrow", False))


def share_bar(comparison: Comparison, dataset: Dataset, view: View) -> None:
    """All buttons in one row."""
    scenario = comparison.after.scenario
    name = f"equity-{dataset.id}-{comparison.after.fingerprint}"
    with st.container(horizontal=True, key="share", vertical_alignment="center"):
        _copy_link(
            key="copy_link",
            width="content",
            data={"narrowBelow": NARROW_BELOW, "narrow": narrow_screen()},
            on_narrow_change=lambda: None,
        )
        for label, make, ending, mime in (
            ("Regions CSV", _regions_csv, "regions.csv", "text/csv"),
            ("Frontier CSV", _frontier_csv, "frontier.csv", "text/csv"),
            ("Regions GeoJSON", _regions_geojson, "regions.geojson", "application/geo+json"),
        ):
            _download(label, partial(make, scenario, dataset), f"{name}-{ending}", mime)
        for kind, mime in (("png", "image/png"), ("svg", "image/svg+xml")):
            _download(
                f"Map {kind.upper()}",
                partial(_map_picture, comparison, dataset, view, kind),
                f"{name}-{view.quantity}-{view.mode}.{kind}",
                mime,
            )


def _regions_csv(scenario: Scenario, dataset: Dataset) -> bytes:
    return Answer.to(scenario, dataset).files()["regions.csv"]


def _regions_geojson(scenario: Scenario, dataset: Dataset) -> bytes:
    return Answer.to(scenario, dataset).files()["regions.geojson"]


def _frontier_csv(scenario: Scenario, dataset: Dataset) -> bytes:
    return frontier_files(scenario, dataset, FILE_POINTS)["frontier.csv"]


def _map_picture(comparison: Comparison, dataset: Dataset, view: View, kind: str) -> bytes:
    # matplotlib is loaded by the first picture: at the start of the app it would take a second.
    pictures = import_module("equity_core.outcome.pictures")
    picture: bytes = pictures.map_picture(comparison, dataset, view.quantity, view.mode, kind)
    return picture


def _download(label: str, make: partial[bytes], name: str, mime: str) -> None:
    """A button whose file is made only when it is pressed: a picture takes half a second.

    Files are made as the command line makes them, from a cold start: the same bytes anywhere.
    """
    st.download_button(
        label,
        make,
        file_name=name,
        mime=mime,
        key=f"download_{label.lower().replace(' ', '_')}",
        on_click="ignore",
    )
