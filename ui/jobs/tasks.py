"""What is worked on beside the page, in processes of their own that stay warm (workers/pool.py).

No streamlit: a process starts in a second, and knows nothing of readers and their browsers.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path

from equity_core import Pool, Scenario, frontier, replay, solve
from equity_core.answers import Answer, Making
from equity_core.answers.foresight import Foresight
from equity_core.answers.robustness import Examined
from equity_core.answers.side_by_side import SideBySide
from equity_core.errors import ScenarioError, TimeLimitError
from equity_core.inputs.dataset import Dataset
from equity_core.online.film import Film, film_of
from equity_core.online.parameters import Parameters
from equity_core.online.replay import Replay
from equity_core.outcome.byline import Byline
from equity_core.outcome.drawn import Drawn
from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Outcome
from equity_core.preview.factors import Course, solve_course
from equity_core.preview.nodes import Node, solve_nodes
from equity_core.robustness.choices import Asking, Choice, Loser
from equity_core.robustness.draw import Base, Draw, base_of
from equity_core.robustness.examine import Robustness, sets_of
from equity_core.robustness.matters import Candidate, one_at_a_time
from equity_core.robustness.ranges import Ranges
from equity_core.scenario.lineup import Named
from equity_core.scenario.parameters import BY_NAME
from equity_core.solvers import border as edge
from equity_core.solvers import milestones as passing
from equity_core.solvers.shortfall import ways_to_serve
from equity_core.store.opening import open_named_dataset
from equity_core.text.fairness import always_worse
from equity_core.text.headings import Records, records
from equity_core.verification.report import Report
from ui.jobs.plays import Play

DATASETS_KEPT, BASES_KEPT = 4, 2

FIRST_FILES = (
    *(f"map-water_m3-change.{form}" for form in ("png", "pdf")),
    "briefing.html",
    "briefing.pdf",
    "tables.xlsx",
    "regions.gpkg",
)
"""One of each kind."""


TAKES_LONG = (
    "What this file states takes longer to compute again than a check may take on this page: it "
    "holds many draws, or a long period. Check it on the command line, where time is not limited: "
    "python -m equity_core verify FILE."
)


class Stopped(Exception):
    """Nobody waits for the answer any more."""


@dataclass(frozen=True)
class Leave:
    """How long a question may be worked on.

    seconds   the time limit, for words
    deadline  when it is over, by time.monotonic(), which all processes of a machine share
    flag      a file that appears when nobody waits for the answer any more
    """

    seconds: float
    deadline: float
    flag: Path

    def reached(self, share: float) -> None:
        """Let whoever waits know how much is done (0 to 1)."""
        progress_file(self.flag).write_text(f"{share:.3f}", encoding="ascii")

    def check(self) -> None:
        """Raises `Stopped` or, after the time limit, `TimeLimitError`."""
        if self.flag.exists():
            raise Stopped
        if time.monotonic() > self.deadline:
            raise too_long(self.seconds)


def progress_file(flag: Path) -> Path:
    """Where the share that is done is written, beside the flag of a question."""
    return flag.with_suffix(".share")


def too_long(seconds: float) -> TimeLimitError:
    """The sentence for a question that took longer than it may."""
    return TimeLimitError(
        f"This takes longer than the {seconds:.0f} s that one question may take on this page. "
        "Choose a shorter period or less extreme weights and factors, or solve the scenario on "
        "the command line, where time is not limited: python -m equity_core solve --link ADDRESS."
    )


def plan(leave: Leave, scenario: Scenario) -> Outcome:
    """The certified plan of `scenario`; raises `EquityError`."""
    return solve(scenario, _dataset(scenario.dataset), pool=_pool(), watch=leave.check)


def ways(leave: Leave, scenario: Scenario) -> dict[str, float | str]:
    """What would let all demand of `scenario` be served; raises `EquityError`."""
    leave.check()
    return ways_to_serve(scenario, _dataset(scenario.dataset))


def lenses(leave: Leave, scenario: Scenario) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The regions that lose under every lens, and the lenses tried; raises `EquityError`.

    Lenses whose figures the data set lacks are not tried, nor own weights where there are none.
    """
    data, tried, comparisons = _dataset(scenario.dataset), [], []
    before = solve(scenario.baseline_scenario(), data, pool=_pool(), watch=leave.check)
    for lens in BY_NAME["lens"].choices:
        if lens == "own" and all(factors.lens == 1 for factors in scenario.factors.values()):
            continue
        with suppress(ScenarioError):
            after = solve(scenario.replace(lens=lens), data, pool=_pool(), watch=leave.check)
            comparisons.append(after.compare(before))
            tried.append(lens)
    return always_worse(comparisons), tuple(tried)


def curve(leave: Leave, scenario: Scenario, points: int) -> Records:
    """The plans of the frontier of `scenario`; raises `EquityError`."""
    data = _dataset(scenario.dataset)
    return records(frontier(scenario, data, points=points, pool=_pool(), watch=leave.check))


def nodes(leave: Leave, scenario: Scenario, places: tuple[tuple[float, float], ...]) -> list[Node]:
    """The plans at some pairs of weights, for previews; raises `EquityError`."""
    data = _dataset(scenario.dataset)
    return solve_nodes(scenario, data, places, _pool_of_nodes(), leave.check)


def course(
    leave: Leave, scenario: Scenario, site: str, factor: str, levels: tuple[float, ...]
) -> Course:
    """Plans along one factor of a region, for previews; raises `EquityError`."""
    data = _dataset(scenario.dataset)
    return solve_course(scenario, data, site, factor, _pool_of_courses(), leave.check, levels)


def milestones(leave: Leave, scenario: Scenario) -> Milestones:
    """What parts of the possible improvement cost; raises `EquityError`."""
    data = _dataset(scenario.dataset)
    return passing.milestones(scenario, data, pool=_pool(), watch=leave.check)


def border(leave: Leave, scenario: Scenario, footprint: str) -> Records:
    """The border of what is possible for a footprint; raises `EquityError`."""
    data = _dataset(scenario.dataset)
    return records(edge.border(scenario, data, footprint, pool=_pool(), watch=leave.check))


def foresight(leave: Leave, play: Play) -> Film:
    """A scenario played hour by hour; raises `EquityError`."""
    return film_of(_replayed(leave, play, _pool()))


def foresight_file(leave: Leave, play: Play, name: str) -> bytes:
    """A file of a scenario played hour by hour, from a cold start; raises `EquityError`."""
    told = Foresight(_dataset(play.scenario.dataset), _replayed(leave, play, Pool()))
    return told.file(name)


def _replayed(leave: Leave, play: Play, pool: Pool) -> Replay:
    scenario = play.scenario
    return replay(
        scenario,
        _dataset(scenario.dataset),
        play.method,
        play.own.dataset if play.own is not None else play.forecast,
        Parameters(error=play.error, trust=play.trust),
        pool,
        leave.check,
        leave.reached,
    )


def draws(leave: Leave, scenario: Scenario, ranges: Ranges, first: int, last: int) -> list[Draw]:
    """The records of some draws, number 0 the expected figures; raises `EquityError`."""
    data = _dataset(scenario.dataset)
    base = _base(leave, scenario)
    return [base.draw(factors, leave.check) for factors in sets_of(ranges, data)[first:last]]


def alone(leave: Leave, scenario: Scenario, candidate: Candidate) -> list[Draw]:
    """The records where one figure is off by itself, lower and higher; raises `EquityError`."""
    base = _base(leave, scenario)
    ends = one_at_a_time(_dataset(scenario.dataset), [candidate])
    return [base.draw(factors, leave.check) for factors in ends]


def choice(leave: Leave, scenario: Scenario, usual: Loser, field: str, value: str) -> Choice | None:
    """Who is worst off with one choice changed; None where it cannot be solved in time."""
    asking = Asking(_dataset(scenario.dataset), _pool(), leave.check)
    return asking.choice(scenario, usual, field, value)


def robustness_file(leave: Leave, found: Robustness, name: str, address: str) -> bytes:
    """A file about draws that are there; its plan is solved from a cold start.

    Raises `EquityError`.
    """
    leave.check()
    return Examined.told(found, _dataset(found.scenario.dataset), address).file(name)


def _base(leave: Leave, scenario: Scenario) -> Base:
    """What all draws of the last scenarios set out from."""
    if scenario not in _bases():
        while len(_bases()) >= BASES_KEPT:
            _bases().pop(next(iter(_bases())))
        _bases()[scenario] = base_of(scenario, _dataset(scenario.dataset), leave.check)
    return _bases()[scenario]


@cache
def _bases() -> dict[Scenario, Base]:
    return {}


def file(
    leave: Leave, scenario: Scenario, name: str, address: str, byline: Byline, drawn: Drawn
) -> bytes:
    """A file for download, solved from a cold start as on the command line: the same bytes.

    Links of a briefing lead to `address`; `byline` says who hands it over, `drawn` how sure it is.
    Raises `EquityError`.
    """
    leave.check()
    dataset = _dataset(scenario.dataset)
    answer = Answer.to(scenario, dataset, address=address, byline=byline, drawn=drawn)
    making = Making(answer)
    return making.zip() if name.endswith(".zip") else making.file(name)


def table_file(leave: Leave, entries: tuple[Named, ...], name: str, address: str) -> bytes:
    """A file of a table of scenarios, each solved from a cold start; raises `EquityError`."""
    leave.check()
    return SideBySide.to(entries, _dataset, address).file(name)


def present(leave: Leave) -> None:
    """The process is there and takes questions."""
    leave.check()


def prepare_files(leave: Leave) -> None:
    """Load what makes a first file slow, by making files of the paper's case that nobody gets."""
    scenario = Scenario()
    making = Making(Answer.to(scenario, _dataset(scenario.dataset)))
    for name in FIRST_FILES:
        leave.check()
        making.file(name)


def verification(leave: Leave, name: str, content: bytes) -> Report:
    """What solving the scenario of an exported file again says of it; raises `EquityError`."""
    leave.check()
    # Not at the top: map and picture libraries take a second to load.
    checking = import_module("equity_core.verification.verify")
    try:
        report: Report = checking.verify({name: content}, _dataset, leave.check)
    except TimeLimitError as error:
        raise TimeLimitError(TAKES_LONG) from error
    return report


@lru_cache(maxsize=DATASETS_KEPT)
def _dataset(name: str) -> Dataset:
    return open_named_dataset(name)


@cache
def _pool() -> Pool:
    """What this process has learnt so far."""
    return Pool()


@cache
def _pool_of_courses() -> Pool:
    """The same of plans along a factor, each with a physics of its own."""
    return Pool()


@cache
def _pool_of_nodes() -> Pool:
    """The same of nodes, apart: a frontier goes on from where it was itself."""
    return Pool()
