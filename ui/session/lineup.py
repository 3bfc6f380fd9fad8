"""The scenarios of the table on Compare: what the address says of them, and each change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl

from equity_core.errors import EquityError, LinkError
from equity_core.scenario.address import LONGEST_LINK, query_part, too_long
from equity_core.scenario.lineup import (
    MOST,
    Named,
    check_room,
    plain_name,
    read_leniently,
    to_text,
)
from equity_core.scenario.link import from_query, to_query
from equity_core.scenario.link import read_leniently as read_link
from ui.session import keys, saved, state

IN_HAND = Named("", "")
"""The scenario on the page: it is always in the table, under any name."""


def entries() -> tuple[Named, ...]:
    """The table's scenarios in their order, that on the page once."""
    told = read_leniently(state.view().table)[0]
    live = [entry for entry in told if not entry.query][:1] or [IN_HAND]
    others = [entry for entry in told if entry.query]
    place = next((at for at, entry in enumerate(told) if not entry.query), 0)
    return tuple([*others[:place], *live, *others[place:]][:MOST])


def query_of(entry: Named) -> str:
    """The query of its link; that of the scenario on the page where it is the one in hand."""
    return entry.query or to_query(state.scenario())


def add_link(text: str) -> None:
    """Add the scenario of a pasted address; one that was saved brings its title along."""
    if not text.strip():
        return
    try:
        name, query, problems = _read(text.strip())
        _add(Named(name, query))
    except EquityError as error:
        problems = (str(error),)
    keys.LINK_BLUNDERS.keep(problems)


def _read(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Title and query of an address, and what was wrong with it."""
    if len(text) > LONGEST_LINK:
        raise too_long("The link", len(text), LONGEST_LINK)
    address = dict(parse_qsl(query_part(text), keep_blank_values=True))
    if not any(address.values()) and "://" not in text:
        raise LinkError("link", "This is no link of a scenario; copy the whole address of a page.")
    found = saved.found(address)
    if found.blunders:
        raise LinkError("link", found.blunders[0].partition(" The default")[0])
    scenario, problems = read_link(found.address)
    return found.kept.title if found.kept else "", to_query(scenario), problems


def add_in_hand() -> None:
    """Keep the scenario on the page as it is now: a column that no control changes any more."""
    live = next(entry for entry in entries() if not entry.query)
    _told(lambda: _add(Named(live.name, to_query(state.scenario()))))


def add_saved() -> None:
    """Add the scenario that this reader has saved last."""
    kept = keys.SAVED_LINK.get()
    if kept is not None:
        add_link(kept[1])


def _add(entry: Named) -> None:
    _write((*entries(), entry))


def rename(place: int, name: str) -> None:
    """Call a scenario by another name; by its plan's words where the name is empty."""
    told = list(entries())
    told[place] = Named(plain_name(name), told[place].query)
    _told(lambda: _write(told))


def move(place: int, by: int) -> None:
    """Move a scenario in the order of the table."""
    told = list(entries())
    told.insert(place + by, told.pop(place))
    _told(lambda: _write(told))


def remove(place: int) -> None:
    """Take a scenario out; where it was the one in hand, the next one is taken in hand."""
    told = list(entries())
    gone = told.pop(place)
    if gone.query or not told:
        _told(lambda: _write(told))
    else:
        take_in_hand(min(place, len(told) - 1), told)


def take_in_hand(place: int, told: Sequence[Named] | None = None) -> None:
    """Make a scenario of the table the one on the page; what was in hand stays in the table."""
    whole = entries() if told is None else told
    chosen = whole[place]
    try:
        scenario = from_query(chosen.query)
    except EquityError as error:
        keys.LINK_BLUNDERS.keep((str(error),))
        return
    kept = [Named(entry.name, query_of(entry)) for entry in whole]
    kept[place] = Named(chosen.name, "")
    state.adopt_link(scenario, state.view().replace(table=_text(kept)))


def _told(change: Callable[[], None]) -> None:
    """What goes wrong with a change becomes a sentence beside the table."""
    keys.LINK_BLUNDERS.forget()
    try:
        change()
    except EquityError as error:
        keys.LINK_BLUNDERS.keep((str(error),))


def _write(told: Sequence[Named]) -> None:
    """Raises `LinkError` where the table has no room for all of them."""
    check_room(told)
    state.look_at(table=_text(told))


def _text(told: Sequence[Named]) -> str:
    """As the address has it: nothing where the scenario on the page stands alone, without name."""
    return "" if tuple(told) == (IN_HAND,) else to_text(told)
