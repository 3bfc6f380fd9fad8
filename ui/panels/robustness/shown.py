"""What the draws say: verdict, both answers apart, pictures, files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from equity_core.answers import sureness
from equity_core.answers.robustness import drawn_of, drawn_words, influence_rows
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.robustness.bands import Band, band_of
from equity_core.robustness.examine import Robustness
from equity_core.scenario.link import fingerprint
from equity_core.text.opening.small_print import Printed
from ui.charts.robustness import bands, figures, regions
from ui.jobs import datasets, draw_orders
from ui.panels import downloads, pointer
from ui.panels.robustness.further import Curves, Further
from ui.session import keys, state
from ui.theme import Look

FILES = {
    "Draws CSV": "robustness-draws.csv",
    "Factors CSV": "robustness-factors.csv",
    "Regions CSV": "robustness-regions.csv",
    "Other choices CSV": "robustness-choices.csv",
    "Verdict (JSON)": "robustness.json",
    "Briefing (PDF)": "briefing.pdf",
    "Briefing (HTML)": "briefing.html",
}

REMEDIES = {
    "demand": "narrow the range of demand, or give the regions more capacity",
    "limits": "loosen the limits, or narrow the ranges",
    "certificate": "narrow the ranges",
}
"""By why a draw has no plan (`Draw.trouble`)."""


def question() -> None:
    """What is asked, while no draw has come yet."""
    st.html(
        '<h1 class="ee-headline">How sure is the verdict?</h1><p class="ee-context">Figures are '
        "estimates. Each draw has them off by chance, as far as the ranges below say, plans anew "
        "and asks what remains of the conclusion, and of this plan. Simulated.</p>"
    )


def verdict(found: Robustness) -> None:
    """The verdict with its counts, and what was drawn."""
    st.html(
        f'<h1 class="ee-headline"><span class="ee-standing">{escape(sureness.standing(found))}'
        f"</span> {escape(sureness.verdict(found))}</h1>"
        f'<p class="ee-context">{escape(drawn_words(found))}</p>'
    )


def answers(found: Robustness) -> None:
    """The two questions side by side, never mixed."""
    left, right = st.columns(2, gap="medium")
    with left:
        _answer(
            "Does the conclusion hold?",
            "Planned anew in every draw, against the baseline of the same draw.",
            sureness.conclusion(found),
        )
    with right:
        _answer(
            "Does this plan hold?",
            "The plan and the baseline's kept as they were made, while figures turn out otherwise.",
            sureness.plan_kept(found),
        )


def _answer(title: str, how: str, lines: Sequence[str]) -> None:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(
        f'<h2 class="ee-section">{title}</h2><p class="ee-note">{escape(how)}</p>'
        f'<ul class="ee-list">{items}</ul>'
    )


def pictures(found: Robustness, look: Look, curves: Curves | None = None) -> None:
    """How far the four figures reach, whom it concerns how often, and the frontier's band."""
    if not found.solved:
        st.info(no_pictures(found), icon=":material/hide_image:")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        _heading("How far the figures reach", "Boxes hold half of the draws, whiskers nine in ten.")
        words = "; ".join(
            f"{row.label}: planned anew {sureness.interval(row.anew)}, "
            f"kept {sureness.interval(row.kept)}"
            for row in figures.reaches(found)
        )
        pointer.plot(
            figures.reach_figure(found, look),
            "robustness_reach",
            "robustness",
            words,
            _told("How far the figures reach", found),
        )
        _counts(found, look)
        _cloud(found, look, curves or {})
    with right:
        _heading(
            "How often",
            "Regions worse off than under the baseline, and whose burden holds the plan back.",
        )
        words = sureness.worse_off(found, found.worse_share, len(found.solved))
        pointer.plot(
            regions.often_figure(found, look),
            "robustness_often",
            "how-often",
            words,
            _told("Who is worse off, and whose burden binds, how often", found),
        )
        _tornado(found, look)


def no_pictures(found: Robustness) -> str:
    """Why nothing is drawn where no draw has a plan, and what may help."""
    why = max(REMEDIES, key=found.troubles)
    return f"Pictures need a draw that has a plan. To see some, {REMEDIES[why]}."


def _counts(found: Robustness, look: Look) -> None:
    title = "How many regions are worse off"
    _heading(title, "Of all draws, the share in which it is so many.")
    words = f"{title}, planned anew: {sureness.counts(found.worse_counts())}"
    told = _told(title, found)
    pointer.plot(
        figures.count_figure(found, look), "robustness_counts", "regions-worse", words, told
    )


def _cloud(found: Robustness, look: Look, curves: Curves) -> None:
    columns = [item.column for item in found.footprints]
    wanted = state.view().quantity
    k = columns.index(wanted) if wanted in columns else 0
    item = found.footprints[k]
    band = band_of(curves, k) if curves else None
    points = figures.points_told(len(found.solved))
    note = points if band is None else f"{_banded(band)} {points}"
    _heading("Cost against the worst burden", note)
    many = counted(len(found.solved), "draw")
    words = f"{many}: cost and worst {item.label.lower()} against the baseline. "
    words += "" if band is None else bands.band_words(band)
    pointer.plot(
        bands.band_figure(found, k, band, look),
        "robustness_cloud",
        "draws",
        words,
        _told("Cost against the worst burden, by draw", found),
    )


def _banded(band: Band) -> str:
    return (
        f"The line is the frontier as figures stand: this plan with its weights times 0 to 4. The "
        f"band holds what nine in ten of {counted(band.draws, 'draw')}, planned anew at each of "
        "its points, ask for the same worst burden; it ends where fewer get there."
    )


def _tornado(found: Robustness, look: Look) -> None:
    if not found.influences:
        return
    _heading(
        "What matters most",
        "One figure off by itself, all others as they stand; chosen by rank correlation.",
    )
    words = "; ".join(f"{row['what']}: {row['told']}" for row in influence_rows(found))
    pointer.plot(
        regions.tornado_figure(found, look),
        "robustness_tornado",
        "what-matters",
        words,
        _told("What matters most", found),
    )


def _told(title: str, found: Robustness) -> Printed:
    """What a picture takes along when it is saved."""
    data = datasets.dataset(found.scenario.dataset)
    stamp = fingerprint(found.scenario, data.version)
    source = f"{data.title}. Source: {data.attribution}. Fingerprint {stamp}."
    return Printed(f"Simulated: {title.lower()}", (drawn_words(found), source))


def _heading(title: str, note: str) -> None:
    st.html(f'<h2 class="ee-section">{escape(title)}</h2><p class="ee-note">{escape(note)}</p>')


def files(told: Further, dataset: Dataset) -> None:
    """The draws to take away, once all is there that stands in them; a briefing tells of them."""
    found = told.found
    if not told.is_told:
        return
    keys.DRAWN.keep((found.scenario, drawn_of(found)))
    stem = f"equity-{dataset.id}-{fingerprint(found.scenario, dataset.version)}"
    made = partial(_made, found, downloads.address())
    downloads.files_menu("Download the draws", "robustness", FILES, stem, made)


def _made(found: Robustness, address: str, name: str) -> bytes:
    return draw_orders.robustness_file(found, name, address).result()
