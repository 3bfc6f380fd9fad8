"""The parts of the Foresight page: how it is played, the player, lines over time, files."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from equity_core import Scenario
from equity_core.answers.foresight import FORECASTS_TOLD, guarantee, headline, how_it_waits
from equity_core.errors import EquityError, ScenarioError
from equity_core.inputs.dataset import Dataset
from equity_core.online.asked import FOLLOWING
from equity_core.online.film import Film
from equity_core.online.refusals import check_scenario
from equity_core.outcome.outcome import Outcome
from equity_core.scenario.limits import limits_set, without_limits
from equity_core.text.numbers import amount, percent
from equity_core.text.opening.alone import placed
from equity_core.text.opening.setting import years
from equity_core.text.opening.small_print import Printed, small_print
from ui import messages
from ui.assets import asset
from ui.charts import foresight as pictures
from ui.jobs import cache, datasets, orders
from ui.jobs.plays import Play
from ui.maps.outlines import outline
from ui.maps.places import ALL, camera_for, place_of
from ui.maps.view import LAST_HOUR, OWN_FORECAST, View
from ui.panels import context, downloads, pointer
from ui.panels.hourly import own_forecast
from ui.session import keys, state
from ui.sidebar import boxes
from ui.sidebar.typed_numbers import Allowed
from ui.theme import Look

COMPARED = ("weights", "forecast", "blend")
"""Methods that are drawn beside the chosen one."""

WRONG = {
    "reversed": "Time reversed",
    "permuted": "Regions mixed up",
    "biased": "Biased",
    "adversary": "Adversary",
}
"""Forecasts that are wrong, one click each."""

QUESTION = '<h1 class="ee-headline">What does not knowing the future cost?</h1>'

PATIENCE, AGAIN = 1.5, 0.6
"""Seconds that a run waits for what is played, and after which it looks again."""

_player = st.components.v2.component("player", css=asset("player.css"), js=asset("player.js"))


def play_of(scenario: Scenario, view: View, own: Any) -> Play:
    """What the page asks for; what a method does not use is not part of the question."""
    usual = View()
    forecast = view.forecast if view.method in FOLLOWING else usual.forecast
    error = view.error if forecast in ("noisy", "biased") else usual.error
    trust = view.trust if view.method == "blend" else usual.trust
    used = own if forecast == OWN_FORECAST else None
    return Play(scenario, view.method, forecast, float(error), float(trust), used)


def controls() -> Any:
    """Method, forecast and their figures; gives the reader's own forecast, where there is one."""
    view = state.view()
    with st.container(horizontal=True, key="foresight_choice", vertical_alignment="bottom"):
        _choice("Planned by", pictures.NAMES, "method")
        if view.method in FOLLOWING:
            _choice("Forecast", FORECASTS_TOLD | {OWN_FORECAST: "Your own file"}, "forecast")
        if view.method in FOLLOWING and view.forecast in ("noisy", "biased"):
            _number("Error of the forecast", "error", 2.0)
        if view.method == "blend":
            _number("How far it may fall behind (lambda)", "trust", 10.0)
    _wrong_forecasts()
    return own_forecast.own_forecast() if _follows_own(view) else None


def _follows_own(view: View) -> bool:
    return view.method in FOLLOWING and view.forecast == OWN_FORECAST


def _choice(label: str, options: Mapping[str, str], field: str) -> None:
    key = state.seed(f"foresight_{field}", getattr(state.view(), field))
    st.selectbox(
        label,
        list(options),
        format_func=lambda option: options[option],
        key=key,
        on_change=state.on_change(key, lambda option: state.look_at(**{field: option})),
    )


def _number(label: str, field: str, most: float) -> None:
    boxes.box(
        f"foresight_{field}",
        label,
        float(getattr(state.view(), field)),
        Allowed(0.0, most),
        lambda value: state.look_at(**{field: f"{value:g}"}),
    )


def _wrong_forecasts() -> None:
    """One click each: what if the forecast were wrong?"""
    with st.container(horizontal=True, key="foresight_wrong", vertical_alignment="center"):
        st.html('<span class="ee-note">What if the forecast were wrong?</span>', width="content")
        for name, label in WRONG.items():
            st.button(label, key=f"wrong_{name}", on_click=_mislead, args=(name,))


def _mislead(forecast: str) -> None:
    """A wrong forecast, followed as far as the guarantee allows unless it is followed blindly."""
    method = state.view().method
    state.look_at(forecast=forecast, method=method if method in FOLLOWING else "blend")


def watched(play: Play) -> Film | None:
    """The film, once it is there; meanwhile how far it is, and a way to leave it; else why not."""
    try:
        check_scenario(play.scenario, play.method)
    except ScenarioError as error:
        _refused(play.scenario, error)
        return None
    left = keys.FORESIGHT_LEFT.get()
    if left is not None and left[0] == play:
        st.info(messages.literal(left[1]), icon=":material/pause_circle:")
        st.button("Play it", key="foresight_again", on_click=keys.FORESIGHT_LEFT.forget)
        return None
    wish = orders.foresight_wish("chosen")
    try:
        return cache.await_answer(wish.order(play), PATIENCE)
    except TimeoutError:
        _progress(play)
    except EquityError as error:
        st.error(messages.literal(str(error)), icon=":material/error:")
    return None


def _refused(scenario: Scenario, error: ScenarioError) -> None:
    """Why nobody can promise it without knowing the future, and the nearest question to play."""
    if not limits_set(scenario) and scenario.policy != "fairest":
        st.error(messages.literal(str(error)), icon=":material/error:")
        return
    st.html(QUESTION)
    st.info(messages.literal(str(error)), icon=":material/visibility_off:")
    playable, ways = without_limits(scenario), ["without its goals"] * bool(limits_set(scenario))
    if scenario.policy == "fairest":
        playable, ways = playable.replace(policy="equity"), ["under the policy Equity", *ways]
    label = f"Play it {' and '.join(ways)}"
    st.button(label, key="no_limits", on_click=state.adopt, args=(playable,))


@st.fragment(run_every=AGAIN)
def _progress(play: Play) -> None:
    """Looks again and again, by itself, until the film is there; then the page is drawn."""
    wish = orders.foresight_wish("chosen")
    order = wish.order(play)
    if order.done():
        try:
            order.result()
        except EquityError as error:  # asked again at once, it would take as long again
            keys.FORESIGHT_LEFT.keep((play, str(error)))
        st.rerun()
    share = wish.share
    st.progress(share, f"Planning hour by hour: {percent(100 * share, 2)} of the period is over.")
    st.button("Cancel", key="foresight_cancel", on_click=_leave, args=(play,))


def _leave(play: Play) -> None:
    """Stop what is played and remember it."""
    orders.foresight_wish("chosen").drop()
    keys.FORESIGHT_LEFT.keep((play, "Left before it was played to the end."))


def verdict(film: Film, dataset: Dataset) -> None:
    """What not knowing the future costs, what is guaranteed, and on which figures it rests."""
    told = " ".join(map(escape, guarantee(film)))
    waits = "".join(f'<p class="ee-note">{escape(each)}</p>' for each in how_it_waits(film))
    st.html(
        f'<h1 class="ee-headline">{escape(headline(film))} <span class="ee-beside">{told}</span>'
        f"</h1>{waits}{context.context_html(dataset, film.outcome)}"
    )


def player(film: Film, play: Play, look: Look) -> None:
    """The hours, played by the browser alone; it tells the hour where the reader stops."""
    fleet = datasets.fleet(play.scenario)
    camera = camera_for(place_of(fleet, ALL).extent)
    at = film.frame_at(float(state.view().hour))
    name = f"{film.outcome.fingerprint} {play.method} {play.forecast} {play.error} {play.trust}"
    record = pictures.player_record(film, f"{name} {look.is_dark}", at, look)
    shapes = datasets.shapes(fleet.id, camera)
    alt = f"Map of {len(fleet.site_ids)} regions, coloured by what is chosen beside the player"
    _player(
        key="player",
        data=record | {"map": outline(fleet, shapes, camera), "alt": alt},
        on_at_change=partial(_stopped, film.ends.tolist()),
    )


def _stopped(ends: list[int]) -> None:
    """The hour at which the reader stopped goes into the link."""
    at = keys.widget_value("player")["at"]
    if at is not None:
        state.look_at(hour=str(ends[at]) if at < len(ends) - 1 else LAST_HOUR)


@dataclass(frozen=True)
class Beside:
    """Films of other methods by name, and whether more are to come."""

    films: Mapping[str, Film]
    complete: bool


def beside(film: Film, play: Play) -> Beside:
    """The other methods on the same forecast, as far as they are there."""
    films, complete = {}, True
    for method in dict.fromkeys((*COMPARED, play.method)):
        if method == play.method:
            films[method] = film
            continue
        order = _order_of(method, play)
        try:
            films[method] = cache.await_answer(order, PATIENCE if complete else 0.0)
        except TimeoutError:
            complete = False
        except EquityError:
            continue  # what cannot be played has no line; the words say which there are
    return Beside(films, complete)


def _order_of(method: str, play: Play) -> Future[Film]:
    followed = play_of(
        play.scenario,
        View(
            method=method,
            forecast=state.view().forecast,
            error=state.view().error,
            trust=state.view().trust,
        ),
        play.own,
    )
    return orders.foresight_wish(method).order(followed)


def _printed(outcome: Outcome) -> Printed:
    """What the picture of all methods takes along when it is saved."""
    title = f"Simulated price of not knowing the future, by method of planning, {years(outcome)}"
    small = small_print(outcome, datasets.dataset(outcome.dataset_id))
    return Printed(placed(title, outcome), small)


def lines(found: Beside, play: Play, look: Look) -> None:
    """All methods over time, the guarantee as a band; then the same in a table."""
    films = found.films
    at = films[play.method].frame_at(float(state.view().hour))
    forecast = FORECASTS_TOLD.get(state.view().forecast, "your own file")
    st.html(
        '<h2 class="ee-section">Above the plan that knew the whole period</h2><p class="ee-note">'
        "Objective (cost and fairness together) of all hours so far, less that of the offline plan "
        "in the same hours, in % of the offline plan's at the end. On the way a line may lie below "
        f"it; the end counts. Forecast: {escape(forecast)}.</p>"
    )
    figure = pictures.above_figure(films, play.method, at, look)
    told = _printed(films[play.method].outcome)
    pointer.plot(figure, "foresight_lines", "foresight", pictures.words(films), told)
    if not found.complete:
        _rest_to_come()
    with st.container(key="foresight_table"):
        st.table(table(films).set_index("Planned by"))


@st.fragment(run_every=AGAIN)
def _rest_to_come() -> None:
    st.caption("The lines of the other methods are being computed.")
    wishes = [orders.foresight_wish(method) for method in COMPARED]
    if all(wish.is_answered for wish in wishes):
        st.rerun()


def table(films: Mapping[str, Film]) -> pd.DataFrame:
    """Each method beside the plan that knew everything."""
    known = next(iter(films.values())).offline
    plans = [("Whole period known (offline)", known, 0.0)]
    plans += [
        (pictures.NAMES[method], film.outcome, film.price_of_not_knowing)
        for method, film in films.items()
    ]
    rows = []
    for name, plan, price in plans:
        row = {"Planned by": name, "Above it": percent(100 * price)}
        row["Electricity cost"] = amount(plan.cost_usd, "usd")
        for item in plan.footprints:
            where = plan.site_names[plan.worst_site(item.column)]
            worst = amount(plan.worst(item.column), item.unit)
            row[f"Worst {item.label.lower()}"] = f"{worst} ({where})"
        rows.append(row)
    return pd.DataFrame(rows)


FILES = {
    "Hours CSV": "foresight-hours.csv",
    "Hours by region CSV": "foresight-sites.csv",
    "Regions CSV": "regions.csv",
    "Regions GeoJSON": "regions.geojson",
    "How it was played (JSON)": "foresight.json",
    "Map PNG": "map-water_m3-change.png",
    "Briefing (PDF)": "briefing.pdf",
    "Briefing (HTML)": "briefing.html",
}


def files(film: Film, play: Play) -> None:
    """What was played, to take away: made when asked for, beside the page."""
    stem = f"equity-{film.outcome.dataset_id}-{film.outcome.fingerprint}"
    made = partial(_made, play)
    downloads.files_menu("Download what was played", "foresight", FILES, stem, made)


def _made(play: Play, name: str) -> bytes:
    return orders.foresight_file_desk().order((play, name), object()).result()
