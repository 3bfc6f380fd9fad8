"""The ways on from a result: three doors on a first visit, otherwise what to try next."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from equity_core.inputs.catalogue import year_of_siting
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.link import to_query
from equity_core.scenario.presets import CASES, Preset
from equity_core.text.opening.next_step import next_step
from ui.maps.view import View, view_query
from ui.session import state

DOORS = {
    "today": "Who carried most in {year}?",
    "spare_virginias_water": "What would sparing Virginia's water cost?",
}
"""Case -> what its door says; the year is that of the siting that its data know."""
SEND = "Send this to those who decide"
TOUR = '<button type="button" class="ee-tour">Five steps through this page</button>'


def doors_html() -> str:
    """Three doors where the page still shows what it opens on, and the tour."""
    if not state.is_opening():
        return ""
    cases = {case.name: case for case in CASES}
    links = "".join(_door(cases[name], words) for name, words in DOORS.items())
    query = escape(urlencode(state.query()))
    send = f'<a href="?{query}" data-opens="menu_briefing">{SEND}</a>'
    return (
        '<nav class="ee-first" aria-label="Where to begin"><span>Begin here:</span>'
        f"{links}{send}{TOUR}</nav>"
    )


def _door(case: Preset, words: str) -> str:
    return _link(_address(case), words.format(year=year_of_siting(case.scenario.dataset)))


def _address(case: Preset) -> str:
    shown = urlencode(view_query(View(**case.view)))
    return "?" + "&".join(part for part in (to_query(case.scenario), shown) if part)


def next_html(comparison: Comparison) -> str:
    """What to try next, once the doors are behind."""
    if state.is_opening():
        return ""
    step = next_step(comparison)
    way = _link(f"{step.page}?{urlencode(state.query())}", step.way) if step.way else ""
    return f'<p class="ee-next">Try next: {escape(step.words)} {way}</p>'


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'
