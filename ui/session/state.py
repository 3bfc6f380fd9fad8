"""URL <-> session: the only place where the page's scenario and view are kept or changed.

The session holds one `Scenario` and one `View`; widgets show them and ask for changes; every
change writes the URL, so that the URL always reproduces the page. When the browser moves through
its history, the URL is taken over instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from equity_core import Scenario
from equity_core.errors import DatasetError, ScenarioError, StoreError, shown
from equity_core.inputs.identity import is_own
from equity_core.scenario.address import SHORT, is_bare
from equity_core.scenario.checks import did_you_mean
from equity_core.scenario.link import LINK_VERSION, fingerprint, read_leniently, to_query
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.presets import LANDING
from equity_core.text.accounting import carbons
from ui.jobs import datasets
from ui.maps.view import View, read_view, view_query
from ui.session import saved

if TYPE_CHECKING:  # a database library takes a moment to load, and few visits need it
    from equity_core.store.store import SavedScenario

MOST_UNDO = 40
KEYS_OF_A_WIDGET = 8
"""Streamlit keeps a record of every key there ever was: so they come round again, once the browser
has long forgotten what it had sent under them."""
_NOTHING = object()


def begin() -> None:
    """Call once a run, before anything is drawn: take the URL over when the browser set it."""
    session = st.session_state
    moved = _moved_through_history()
    if "scenario" not in session or moved:
        session.setdefault("undo", [])
        address = st.query_params.to_dict()
        found = saved.found(address)
        _take_over(found.address, found.blunders)
        session["kept"] = found.kept and (found.kept, _kept_scenario(found.kept))
        # With the scenario itself, which any server can open; on the way back only shown, or
        # going back from what was written would end here for ever.
        if SHORT in address or (is_bare(address) and not moved):
            _write_address()
    elif is_own(scenario().dataset):
        _leave_removed()


def _leave_removed() -> None:
    """Where the data set on the page was removed meanwhile, say so and show the default."""
    fitted, problems = _fitted(scenario())
    if fitted.dataset != scenario().dataset:
        st.session_state["scenario"] = fitted
        st.session_state["problems"] = tuple(problems)
        _write_address()


def _moved_through_history() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _kept_scenario(kept: SavedScenario) -> Scenario:
    return _fitted(read_leniently(kept.address)[0])[0]


def title() -> str:
    """What the scenario on the page was saved as; "" once it is another one."""
    kept = st.session_state.get("kept")
    return kept[0].title if kept and kept[1] == scenario() else ""


def _take_over(address: Mapping[str, str], blunders: Sequence[str] = ()) -> None:
    """Show what the address says; what it says wrongly becomes a sentence in `problems()`."""
    scenario, problems = read_leniently(address)
    scenario, misfits = _fitted(scenario)
    view, oddities = read_view(address, datasets.fleet(scenario))
    st.session_state["scenario"] = scenario
    st.session_state["view"] = view
    changes = _changes_since(address, scenario)
    st.session_state["problems"] = (*blunders, *problems, *misfits, *oddities, *changes)


def _changes_since(address: Mapping[str, str], scenario: Scenario) -> list[str]:
    """A sentence where a copied link's fingerprint is no longer that of its scenario."""
    stated = address.get("fingerprint", "")
    version = datasets.dataset(scenario.dataset).version
    own = fingerprint(scenario, version, link_version=address.get("v", LINK_VERSION))
    if stated in ("", own):
        return []
    return [
        f"This link was copied from an answer with the fingerprint {shown(stated)}; here its "
        f"scenario has {own}. The link, the data or the program have changed since, so figures "
        "may differ."
    ]


def _fitted(scenario: Scenario) -> tuple[Scenario, list[str]]:
    """The scenario with a data set that exists and only regions which that data set has."""
    problems = []
    try:
        datasets.dataset(scenario.dataset)
    except (DatasetError, StoreError) as error:
        problems.append(f"dataset: {error} The default ({Scenario().dataset}) is used instead.")
        scenario = scenario.replace(dataset=Scenario().dataset)
    data = datasets.dataset(scenario.dataset)
    regions = data.site_ids
    if scenario.carbon_accounting == "marginal" and not carbons(data.footprints):
        problems.append(
            f"carbon_accounting: {scenario.dataset} knows average carbon alone; it is used instead."
        )
        scenario = scenario.replace(carbon_accounting="average")
    if scenario.new_site_like not in ("", *regions):
        problems.append(
            f"There is no region {shown(scenario.new_site_like)} in {scenario.dataset} for the new "
            f"site to be like; it is left out. {did_you_mean(scenario.new_site_like, regions)}"
        )
        scenario = scenario.replace(**{name: BY_NAME[name].default for name in datasets.NEW_SITE})
    known = datasets.fleet(scenario).site_ids
    for site in [site for site in scenario.factors if site not in known]:
        problems.append(
            f"There is no region {shown(site)} in {scenario.dataset}; its factors are left out. "
            f"{did_you_mean(site, known)}"
        )
    kept = {site: factors for site, factors in scenario.factors.items() if site in known}
    return scenario.replace(factors=kept), problems


def scenario() -> Scenario:
    """The scenario on the page."""
    current: Scenario = st.session_state["scenario"]
    return current


def view() -> View:
    """How the page shows it."""
    current: View = st.session_state["view"]
    return current


def problems() -> tuple[str, ...]:
    """What was wrong with the link or with the last change, as sentences."""
    return tuple(st.session_state["problems"])


def dismiss_problems() -> None:
    """Forget the sentences of `problems()`."""
    st.session_state["problems"] = ()


def change(**fields: Any) -> None:
    """Change fields of the scenario; a refused value leaves it as it was and becomes a problem."""
    try:
        adopt(scenario().replace(**fields))
    except ScenarioError as error:
        st.session_state["problems"] = (f"{error} The scenario is unchanged.",)


def change_factor(site: str, **factors: float | None) -> None:
    """Change multipliers of one region."""
    try:
        chosen = scenario().factors_of(site).replace(**factors)
    except ScenarioError as error:
        st.session_state["problems"] = (f"{site}: {error} The scenario is unchanged.",)
        return
    change(factors={**scenario().factors, site: chosen})


@dataclass(frozen=True)
class _Moment:
    """What undo goes back to: a scenario, and how the page showed it."""

    scenario: Scenario
    view: View


def adopt(new: Scenario, told: Sequence[str] = (), look: View | None = None) -> None:
    """Make `new` the scenario on the page, remember the old one, write the URL.

    `told` are sentences for the reader; `look` is how the page shows it, if not as before.
    """
    session, before = st.session_state, scenario()
    session["problems"] = tuple(told)
    if new == before:
        return
    session["undo"], session["redo"] = [*session["undo"][-MOST_UNDO:], _moment()], []
    if new.dataset != before.dataset:
        session["view"] = read_view(view_query(view()), datasets.fleet(new))[0]
    session["scenario"], session["view"] = new, look or view()
    _write_address()


def adopt_link(new: Scenario, problems: Sequence[str]) -> None:
    """Make the scenario of a pasted link the one on the page; what was wrong in it is told."""
    fitted, misfits = _fitted(new)
    adopt(fitted, (*problems, *misfits))


def undo() -> None:
    """Back to the scenario before the last change."""
    session = st.session_state
    if session["undo"]:
        session["redo"] = [*session.get("redo", []), _moment()]
        *session["undo"], moment = session["undo"]
        _go_to(moment)


def redo() -> None:
    """Forward again to the scenario before the last `undo`."""
    session = st.session_state
    if can_redo():
        session["undo"] = [*session["undo"], _moment()]
        *session["redo"], moment = session["redo"]
        _go_to(moment)


def _moment() -> _Moment:
    return _Moment(scenario(), view())


def _go_to(moment: _Moment) -> None:
    """A view belongs to its data set; otherwise the reader keeps the present one."""
    session = st.session_state
    if moment.scenario.dataset != scenario().dataset:
        session["view"] = moment.view
    session["scenario"], session["problems"] = moment.scenario, ()
    _write_address()


def can_redo() -> bool:
    """Whether there is an undone change to bring back."""
    return bool(st.session_state.get("redo"))


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(st.session_state["undo"])


def is_opening() -> bool:
    """Whether the page still shows what it opens on for whoever comes without a question."""
    return scenario() == LANDING.scenario and not (can_undo() or can_redo())


def reset() -> None:
    """What the page opens on where the data set is that one's, else the default scenario.

    Undo brings the present one back.
    """
    opening = LANDING.scenario
    adopt(opening if scenario().dataset == opening.dataset else Scenario())


def look_at(**fields: Any) -> None:
    """Change how the page shows the scenario."""
    st.session_state["view"] = view().replace(**fields)
    _write_address()


def query() -> dict[str, str]:
    """The address of this page as keys and values: only what differs from the defaults."""
    kept = {SHORT: st.session_state["kept"][0].key} if title() else {}
    return dict(parse_qsl(to_query(scenario()))) | kept | view_query(view())


def _write_address() -> None:
    wanted = query()
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def seed(name: str, value: Any, is_shown: Callable[[Any], bool] | None = None) -> str:
    """The key of a widget that shows `value`; `is_shown` tells other ways to show it.

    A widget that is on the page is never overwritten: the browser may still be sending its old
    value, which would come back as a change. When the scenario was changed elsewhere the widget
    gets a new key instead, and what still arrives under the old one is nobody's (`on_change`).
    """
    versions = st.session_state.setdefault("widget_versions", {})
    key = f"{name}-{versions.get(name, 0)}"
    # Not `in`, which has Streamlit gather the whole session: with every widget, half a millisecond.
    shown = st.session_state.get(key, _NOTHING)
    if shown not in (_NOTHING, value) and not (is_shown and is_shown(shown)):
        versions[name] = (versions.get(name, 0) + 1) % KEYS_OF_A_WIDGET
        key, shown = f"{name}-{versions[name]}", _NOTHING
    if shown is _NOTHING:
        st.session_state[key] = value
    return key


def on_change(key: str, action: Callable[[Any], None]) -> Callable[[], None]:
    """The callback of a widget seeded under `key`: hands its value to `action`."""
    return partial(_hand_over, key, action)


def _hand_over(key: str, action: Callable[[Any], None]) -> None:
    name, _, version = key.rpartition("-")
    if int(version) == st.session_state["widget_versions"].get(name, 0):
        action(st.session_state[key])
