"""Where there is no plan: why, the ways out, and the last picture that held, marked as such."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from equity_core import Scenario
from equity_core.errors import EquityError, InfeasibleError
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.limits import limits_set, with_limit, without_limits
from equity_core.scenario.parameters import BY_NAME
from equity_core.text.limits import room_above
from equity_core.text.slack import clash_sentence
from ui import messages
from ui.jobs import cache
from ui.session import keys, state
from ui.sidebar import limit_words, sidebar, widgets

MOST_WAYS = 4
FORMER = "The plan is being computed; until then the page may show the one before."
# What is not the answer to the present question has no colour.
GREY = "<style>.ee-figures,.st-key-map,.ee-bars{filter: grayscale(1)}</style>"


def comparison(scenario: Scenario) -> Comparison | None:
    """The plan of `scenario` against its baseline; where there is none, say why and how to go on.

    Then the last comparison of this reader that held is given instead, marked as such, or that of
    the scenario without its goals; None where neither is there.
    """
    try:
        with _being_computed() as say:
            answer = cache.comparison(scenario, say)
    except EquityError as error:
        _tell(error, scenario)
        return _instead(scenario)
    keys.LAST_GOOD.keep(answer)
    return answer


@contextmanager
def _being_computed() -> Iterator[Callable[[], None]]:
    """What says that the plan is being computed: on a reader's first page, which is empty until
    then, and above the picture before. Its place stays: other parts keep theirs by it."""
    place = st.empty()

    def say() -> None:
        if keys.LAST_GOOD.get() is None:
            place.html('<p class="ee-text" role="status">The plan is being computed ...</p>')
        else:
            place.html(f'<p class="ee-former-plan" role="status">{FORMER}</p>')

    try:
        yield say
    finally:
        place.empty()


def _instead(scenario: Scenario) -> Comparison | None:
    last = keys.LAST_GOOD.get()
    words = "What follows still shows the last scenario that could be solved."
    if last is None and limits_set(scenario):
        words = "What follows shows the same scenario without its goals."
        last = _without_goals(scenario)
    if last is not None:
        with st.container(key="shown_instead"):
            st.warning(words, icon=":material/history:")
        st.html(GREY)
    return last


def _without_goals(scenario: Scenario) -> Comparison | None:
    try:
        return cache.comparison(without_limits(scenario))
    except EquityError:
        return None  # why is what the reader has been told already


def _tell(error: EquityError, scenario: Scenario) -> None:
    clash = error.details.get("limits") if isinstance(error, InfeasibleError) else None
    words = clash_sentence(clash, limit_words.wording(scenario)) if clash else str(error)
    st.error(messages.literal(words), icon=":material/error:")
    if isinstance(error, InfeasibleError):
        with st.container(key="ways_out", gap="small"):
            st.markdown("Ways out:")
            _buttons(ways_out(error, scenario))


def _buttons(ways: dict[str, Scenario]) -> None:
    with st.container(horizontal=True, key="ways"):
        for place, (label, chosen) in enumerate(ways.items()):
            st.button(
                messages.literal(label), key=f"way_{place}", on_click=state.adopt, args=(chosen,)
            )
        sidebar.undo_button("Take back the last change", "way_back")


def ways_out(error: InfeasibleError, scenario: Scenario) -> dict[str, Scenario]:
    """What the reader may do, in words, and the scenario that it leads to."""
    clash = error.details.get("limits")
    if clash is None:
        return _ways_to_serve(scenario)
    wording, ways = limit_words.wording(scenario), {}
    for limit in clash:
        if limit["possible"] is not None:
            enough = room_above(limit["possible"])
            looser = wording.goal(limit["field"], enough)
            ways[looser[0].upper() + looser[1:]] = with_limit(scenario, limit["field"], enough)
    if not ways:
        for limit in clash:
            goal = wording.goal(limit["field"], limit["asked"])
            ways[f"Leave out: {goal}"] = with_limit(scenario, limit["field"], None)
    kept = dict(list(ways.items())[:MOST_WAYS])
    every = "Leave this goal out" if len(clash) == 1 else "Leave all goals out"
    return kept | {every: without_limits(scenario)}


def _ways_to_serve(scenario: Scenario) -> dict[str, Scenario]:
    """Demand that exceeds what can be served: here, or in the plan compared with."""
    ways = {
        widgets.words(BY_NAME[field], value): scenario.replace(**{field: value})
        for field, value in cache.ways_to_serve(scenario).items()
    }
    if ways:
        return ways
    if scenario.baseline_world == "as_is" and scenario.changes_world:
        ways["Compare with the world with the same changes"] = scenario.replace(
            baseline_world="as_set"
        )
    if scenario.baseline != "cost":
        ways["Compare with the cheapest plan"] = scenario.replace(baseline="cost")
    return ways
