"""All that the program itself keeps in a reader's session: each key once, with its type.

Nobody else touches Streamlit's session, so that two parts never take the same name, and that what
stands there has the type that is declared. Widgets keep their values in it too, under keys of their
own: `widget_value` and `set_widget`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

import streamlit as st

from equity_core import Scenario
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.outcome.drawn import Drawn
from equity_core.outcome.outcome import Comparison
from equity_core.text.headings import Records
from ui.jobs.plays import Play
from ui.jobs.samples import Sample
from ui.jobs.uploads import Brought
from ui.maps.view import View

if TYPE_CHECKING:  # a database library and the checks take a moment to load
    from equity_core.store.store import SavedScenario
    from equity_core.verification.reference import Reproduced
    from equity_core.verification.report import Report

Held = TypeVar("Held")
_MISSING = object()


@dataclass(frozen=True)
class Key(Generic[Held]):
    """A place in the session: its name, what it holds, and what it holds at `first`.

    What it holds is replaced, never changed: the first value is not kept anywhere.
    """

    name: str
    holds: str
    first: Callable[[], Held]

    def get(self) -> Held:
        """What is kept, or what is there at first."""
        # Not `in`, which has Streamlit gather the whole session: half a millisecond.
        kept = st.session_state.get(self.name, _MISSING)
        return self.first() if kept is _MISSING else kept

    def keep(self, value: Held) -> None:
        """Keep this from now on."""
        st.session_state[self.name] = value

    def take(self) -> Held:
        """What is kept, which is then forgotten."""
        value = self.get()
        self.forget()
        return value

    def forget(self) -> None:
        """As at first."""
        st.session_state.pop(self.name, None)

    @property
    def is_kept(self) -> bool:
        """Whether anything was kept here so far."""
        return st.session_state.get(self.name, _MISSING) is not _MISSING


@dataclass(frozen=True)
class DataKey(Key[tuple[str, Held]]):
    """A place for what belongs to one data set: beside another one it is as at first."""

    def of(self, dataset: str) -> Held:
        """What was kept for `dataset` last, or what is there at first."""
        whose, kept = self.get()
        return kept if whose == dataset else self.first()[1]

    def keep_of(self, dataset: str, value: Held) -> None:
        """Keep this for `dataset`, and nothing for any other."""
        self.keep((dataset, value))


@dataclass(frozen=True)
class Moment:
    """What undo goes back to: a scenario, and how the page showed it.

    `table`: whether the step changed which scenarios stand beside it, so that undo does, too.
    """

    scenario: Scenario
    view: View
    table: bool = False


def widget_value(key: str, otherwise: Any = None) -> Any:
    """What the widget with this key holds; `otherwise` where the session knows none."""
    return st.session_state.get(key, otherwise)


def set_widget(key: str, value: Any) -> None:
    """What the widget with this key is to show; before it is drawn in this run."""
    st.session_state[key] = value


def _no_words() -> tuple[str, str]:
    return "", ""


def _no_records() -> tuple[str, None]:
    return "", None


def _not_begun() -> NoReturn:
    raise LookupError("This session has not begun: ui.session.state.begin() comes first.")


def _none() -> None:
    return None


SCENARIO: Key[Scenario] = Key("scenario", "the scenario on the page", _not_begun)
VIEW: Key[View] = Key("view", "how the page shows it", _not_begun)
PROBLEMS: Key[tuple[str, ...]] = Key(
    "problems", "what was wrong with the link or with the last change, as sentences", tuple
)
UNDO: Key[tuple[Moment, ...]] = Key("undo", "what undo goes back to, the last one last", tuple)
REDO: Key[tuple[Moment, ...]] = Key("redo", "what redo brings back, the next one last", tuple)
KEPT: Key[tuple[SavedScenario, Scenario] | None] = Key(
    "kept", "what the address's short link stands for, and its scenario", _none
)
WIDGET_VERSIONS: Key[dict[str, int]] = Key(
    "widget_versions", "by widget: the number that its present key ends with", dict
)

REFUSALS: Key[dict[str, tuple[Any, str]]] = Key(
    "refusals", "by field: the value that stands, and why what was typed is refused", dict
)
GRID_SEEN: Key[int] = Key("grid_seen", "the number of the grid's last entry that was read", int)
OWN_DAYS: Key[tuple[str | None, ...] | None] = Key(
    "own_days", "data set, start and end for which days of one's own were asked for", _none
)
SAVED_LINK: Key[tuple[str, str] | None] = Key(
    "saved_link", "title and short link of the scenario saved last", _none
)
SAVED_REMOVAL: Key[str] = Key("saved_removal", "the secret that removes that scenario", str)

LAST_GOOD: Key[Comparison | None] = Key("last_good", "the last plan that could be solved", _none)
LAST_BADGES: DataKey[str] = DataKey(
    "last_badges", "who loses under every lens, as told last (HTML)", _no_words
)
LAST_FRONTIER: DataKey[Records | None] = DataKey(
    "last_frontier", "the frontier that was drawn last", _no_records
)
LAST_MILESTONES: DataKey[str] = DataKey(
    "last_milestones", "the milestones' sentence, as told last", _no_words
)
PATIENCE: Key[float] = Key("patience", "seconds that the frontier's panel waits", float)
ASKED: Key[int] = Key("asked", "how often the browser was told to ask again", int)
LINK_BLUNDERS: Key[tuple[str, ...]] = Key(
    "link_blunders", "what was wrong with the link added last on Compare, as sentences", tuple
)
COLUMNS: Key[dict[str, Comparison | str]] = Key(
    "columns", "by query: a plan of the table on Compare, or why there is none", dict
)
COLUMNS_PATIENCE: Key[float] = Key(
    "columns_patience", "seconds that the table on Compare waits for a plan", float
)
REPRODUCED: Key[tuple[Reproduced, ...]] = Key(
    "reproduced", "the rows of the reference table that were solved for this reader", tuple
)
VERIFIED: Key[tuple[str, Report] | None] = Key(
    "verified", "the last dropped file's id and what checking it said", _none
)

FORESIGHT_LEFT: Key[tuple[Play, str] | None] = Key(
    "foresight_left", "what was not played to the end, and why", _none
)
DRAWING_LEFT: Key[tuple[Sample, str] | None] = Key(
    "drawing_left", "which draws were left before all were there, and why", _none
)
DRAWN: Key[tuple[Scenario, Drawn] | None] = Key(
    "drawn", "of which scenario this reader has seen draws, and what briefings tell of them", _none
)
FORECAST_READING: Key[tuple[list[str], Future[Brought]] | None] = Key(
    "forecast_reading", "which files of a forecast are read, and what comes of it", _none
)

OWN_ROUND: Key[int] = Key("own_round", "the number of the present uploader", int)
OWN_READING: Key[tuple[tuple[list[str], UploadAnswers], Future[Brought]] | None] = Key(
    "own_reading", "which files and answers are read, and what comes of it", _none
)
OWN_UNIT_QUESTIONS: Key[dict[str, str]] = Key(
    "own_unit_questions", "by column: the field whose unit is asked for", dict
)
OWN_RATE_QUESTIONS: Key[tuple[str, ...]] = Key(
    "own_rate_questions", "currencies whose rate is asked for", tuple
)
OWN_REFUSAL: Key[str] = Key("own_refusal", "why a data set could not be kept, to be told", str)
OWN_REMOVED: Key[str] = Key("own_removed", "what came of removing one, to be told", str)
OWN_KEPT: Key[dict[str, str]] = Key(
    "own_kept", "by id: the titles of the data sets kept in this session", dict
)
OWN_REMOVALS: Key[dict[str, str]] = Key(
    "own_removals", "by id: the secrets that remove the data sets kept in this session", dict
)
