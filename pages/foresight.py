"""Foresight: play the hours by someone who does not know what comes, and see what that costs."""

from __future__ import annotations

import streamlit as st

from ui.jobs import datasets
from ui.maps.view import OWN_FORECAST
from ui.panels import downloads, frame, pointer
from ui.panels.hourly import foresight as panels
from ui.session import state
from ui.theme import look_of


def foresight() -> None:
    """The verdict first; below it how it is played, the player, and all methods over time."""
    scenario, look = state.scenario(), look_of(st.context.theme.type)
    top = st.container(gap="small")
    pointer.hands(state.view().region)
    own = panels.controls()
    play = panels.play_of(scenario, state.view(), own)
    if play.forecast == OWN_FORECAST and own is None:
        with top:
            st.html(panels.QUESTION)
        return
    with top:
        film = panels.watched(play)
        if film is None:
            return
        panels.verdict(film, datasets.dataset(scenario.dataset))
    panels.player(film, play, look)
    panels.files(film, play)
    panels.lines(panels.beside(film, play), play, look)
    fleet = datasets.fleet(scenario)
    frame.footer((fleet,), downloads.link_here("foresight"))


if __name__ == "__main__":
    frame.whole_app()
