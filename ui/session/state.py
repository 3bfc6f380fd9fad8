"""URL <-> session: the only place where the page's scenario and view are kept or changed.

The session holds one `Scenario` and one `View`; widgets show them and ask for changes; every
change writes the URL, so that the URL always reproduces the page. When the browser moves through
its history, the URL is taken over instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import streamlit as st

from equity_core import Scenario
from equity_core.errors import DatasetError, ScenarioError, StoreError, shown
from equity_core.inputs.identity import is_own
from equity_core.scenario.address import SHORT, is_bare
from equity_core.scenario.checks import did_you_mean
from equity_core.scenario.link import LINK_VERSION, fingerprint, read_leniently, to_query
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.presets import LANDING
from equity_core.text.accounting import carbons
from ui import streamlit_internals
from ui.jobs import cache, datasets
from ui.maps.view import View, read_view, view_query
from ui.messages import told
from ui.session import keys, saved
from ui.session.keys import Moment

if TYPE_CHECKING:  # a database library takes a moment to load, and few visits need it
    from equity_core.store.store import SavedScenario

MOST_UNDO = 40
KEYS_OF_A_WIDGET = 8
"""Streamlit keeps a record of every key there ever was: so they come round again, once the browser
has long forgotten what it had sent under them."""
_NOTHING = object()


def begin() -> None:
    """Call once a run, before anything is drawn: take the URL over when the browser set it."""
    moved = streamlit_internals.moved_through_history()
    if moved or not keys.SCENARIO.is_kept:
        address = st.query_params.to_dict()
        found = saved.found(address)
        _take_over(found.address, found.blunders)
        keys.KEPT.keep((found.kept, _kept_scenario(found.kept)) if found.kept else None)
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
        keys.SCENARIO.keep(fitted)
        keys.PROBLEMS.keep(tuple(problems))
        _write_address()


def _kept_scenario(kept: SavedScenario) -> Scenario:
    return _fitted(read_leniently(kept.address)[0])[0]


def title() -> str:
    """What the scenario on the page was saved as; "" once it is another one."""
    kept = keys.KEPT.get()
    return kept[0].title if kept and kept[1] == scenario() else ""


def _take_over(address: Mapping[str, str], blunders: Sequence[str] = ()) -> None:
    """Show what the address says; what it says wrongly becomes a sentence in `problems()`."""
    scenario, problems = read_leniently(address)
    scenario, misfits = _fitted(scenario)
    view, oddities = read_view(address, datasets.fleet(scenario))
    keys.SCENARIO.keep(scenario)
    keys.VIEW.keep(view)
    changes = _changes_since(address, scenario)
    keys.PROBLEMS.keep((*blunders, *problems, *misfits, *oddities, *changes))


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
        cache.load_own(scenario.dataset)
        datasets.dataset(scenario.dataset)
    except (DatasetError, StoreError) as error:
        problems.append(
            f"dataset: {told(error)} The default ({Scenario().dataset}) is used instead."
        )
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
    return keys.SCENARIO.get()


def view() -> View:
    """How the page shows it."""
    return keys.VIEW.get()


def problems() -> tuple[str, ...]:
    """What was wrong with the link or with the last change, as sentences."""
    return keys.PROBLEMS.get()


def dismiss_problems() -> None:
    """Forget the sentences of `problems()`."""
    keys.PROBLEMS.forget()


def change(**fields: Any) -> None:
    """Change fields of the scenario; a refused value leaves it as it was and becomes a problem."""
    try:
        adopt(scenario().replace(**fields))
    except ScenarioError as error:
        keys.PROBLEMS.keep((f"{error} The scenario is unchanged.",))


def change_factor(site: str, **factors: float | None) -> None:
    """Change multipliers of one region."""
    try:
        chosen = scenario().factors_of(site).replace(**factors)
    except ScenarioError as error:
        keys.PROBLEMS.keep((f"{site}: {error} The scenario is unchanged.",))
        return
    change(factors={**scenario().factors, site: chosen})


def adopt(new: Scenario, told: Sequence[str] = (), look: View | None = None) -> None:
    """Make `new` the scenario on the page, remember the old one, write the URL.

    `told` are sentences for the reader; `look` is how the page shows it, if not as before.
    """
    before = scenario()
    keys.PROBLEMS.keep(tuple(told))
    if new == before:
        return
    moved = look is not None and look.table != view().table
    keys.UNDO.keep((*keys.UNDO.get()[1 - MOST_UNDO :], _moment(moved)))
    keys.REDO.forget()
    if new.dataset != before.dataset:
        keys.VIEW.keep(read_view(view_query(view()), datasets.fleet(new))[0])
    keys.SCENARIO.keep(new)
    keys.VIEW.keep(look or view())
    _write_address()


def adopt_link(new: Scenario, look: View) -> None:
    """Make the scenario of a link the one on the page, shown as `look`; misfits are told."""
    fitted, misfits = _fitted(new)
    if fitted == scenario():
        look_at(**vars(look))
    adopt(fitted, misfits, read_view(view_query(look), datasets.fleet(fitted))[0])


def undo() -> None:
    """Back to the scenario before the last change."""
    if can_undo():
        moment = _last_of(keys.UNDO)
        keys.REDO.keep((*keys.REDO.get(), _moment(moment.table)))
        _go_to(moment)


def redo() -> None:
    """Forward again to the scenario before the last `undo`."""
    if can_redo():
        moment = _last_of(keys.REDO)
        keys.UNDO.keep((*keys.UNDO.get(), _moment(moment.table)))
        _go_to(moment)


def _last_of(moments: keys.Key[tuple[Moment, ...]]) -> Moment:
    *former, last = moments.get()
    moments.keep(tuple(former))
    return last


def _moment(table: bool) -> Moment:
    return Moment(scenario(), view(), table)


def _go_to(moment: Moment) -> None:
    """A view belongs to its data set; otherwise the reader keeps the present one."""
    if moment.scenario.dataset != scenario().dataset:
        keys.VIEW.keep(moment.view.replace(table=view().table))
    if moment.table:
        keys.VIEW.keep(view().replace(table=moment.view.table))
    keys.SCENARIO.keep(moment.scenario)
    keys.PROBLEMS.forget()
    _write_address()


def can_redo() -> bool:
    """Whether there is an undone change to bring back."""
    return bool(keys.REDO.get())


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(keys.UNDO.get())


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
    keys.VIEW.keep(view().replace(**fields))
    _write_address()


def query() -> dict[str, str]:
    """The address of this page as keys and values: only what differs from the defaults."""
    kept = keys.KEPT.get()
    short = {SHORT: kept[0].key} if kept and title() else {}
    return dict(parse_qsl(to_query(scenario()))) | short | view_query(view())


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
    versions = keys.WIDGET_VERSIONS.get()
    version = versions.get(name, 0)
    shown = keys.widget_value(f"{name}-{version}", _NOTHING)
    if shown not in (_NOTHING, value) and not (is_shown and is_shown(shown)):
        version, shown = (version + 1) % KEYS_OF_A_WIDGET, _NOTHING
        keys.WIDGET_VERSIONS.keep({**versions, name: version})
    key = f"{name}-{version}"
    if shown is _NOTHING:
        keys.set_widget(key, value)
    return key


def on_change(key: str, action: Callable[[Any], None]) -> Callable[[], None]:
    """The callback of a widget seeded under `key`: hands its value to `action`."""
    return partial(_hand_over, key, action)


def _hand_over(key: str, action: Callable[[Any], None]) -> None:
    name, _, version = key.rpartition("-")
    if int(version) == keys.WIDGET_VERSIONS.get().get(name, 0):
        action(keys.widget_value(key))
