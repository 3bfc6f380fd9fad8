"""Robustness: how sure is the verdict where prices, water, carbon or demand may be off?"""

from __future__ import annotations

import streamlit as st

from ui.jobs import datasets
from ui.jobs.samples import Sample
from ui.panels import downloads, frame, pointer
from ui.panels.robustness import asked, drawing, flips, further, shown
from ui.session import state
from ui.theme import look_of


def robustness() -> None:
    """The verdict first; below it what is drawn, both answers, pictures and files."""
    scenario, look = state.scenario(), look_of(st.context.theme.type)
    dataset = datasets.dataset(scenario.dataset)
    ranges = asked.ranges_here(dataset)
    sample = Sample(scenario, ranges)
    top = st.container(gap="small")
    asked.controls(dataset, ranges)
    drawing.look_for_cluster()
    pointer.hands(state.view().region)
    with top:
        found = drawing.drawn(sample, dataset, look)
        if found is None:
            return
        shown.verdict(found)
    shown.answers(found)
    told = further.further(sample, dataset, found)
    shown.pictures(told.found, look, told.curves)
    further.rest(told)
    flips.panel(scenario, dataset)
    shown.files(told, dataset)
    frame.footer((dataset,), downloads.link_here("robustness"))


if __name__ == "__main__":
    frame.whole_app()
