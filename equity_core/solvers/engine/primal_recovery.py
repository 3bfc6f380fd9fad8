"""Primal recovery: the exact optimum, mixed from the few hours that are still in doubt.

Near the best duals almost every hour has one cheapest dispatch. Only hours with sites that nearly
tie may be split; a master that mixes the columns of each of them, with all other hours fixed, finds
the exact vertex. Its duals, held in a box around the best ones known, are tried on all hours: where
that brings in hours or columns not yet considered they join and the master is solved again, until
the bound is met.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Flags, Floats, Integers
from equity_core.errors import SolverError
from equity_core.model.dual_curvature import MOST_SWAPS, near_ties
from equity_core.solvers.engine.block_recovery import recover_by_blocks
from equity_core.solvers.engine.dual_search import Search, not_certified
from equity_core.solvers.engine.master import Master, MasterSolution
from equity_core.solvers.engine.near_threshold import near_threshold
from equity_core.solvers.engine.rules import Rules
from equity_core.solvers.engine.sqp_master import SqpMaster, roughly

FEW_HOURS, FEW_OF_ALL = 100, 0.02
"""Hours that a trial may bring into doubt, at least and as a share of all: a mix over a few hundred
is solved in milliseconds."""

MOST_ROUNDS = 200

MOST_RESTARTS, MOST_HOURS = 3, 1500
"""Beyond these the hours in doubt are too many to mix one by one: whole blocks are mixed."""

IDLE_ROUNDS = 8
"""Rounds without news, the box four times as wide in each, after which what is left of the gap is
taken for rounding."""

NO_LOAD = 1e-3
"""Share of the least difference in MW that counts: a load below is rounding."""

NARROWEST, WIDEST = 1e-12, 1e15
"""Reach of the box at first where all values are alike, and where a dual moves nothing."""

EXACT = 1e-13
"""Relative gap of the exact vertex. Short of it, even at 1e-9, cost and burdens still depend on the
path taken, in digits that are shown; going on until no news comes costs hardly a round more."""


def recover(search: Search, tolerance: float, exact: float, band: Floats) -> Floats:
    """The load [T, N] that is optimal to `tolerance`, and to `exact` if that can be had.

    `band` [P] (USD/MWh) says how far the duals may still be off in each part of the fleet: hours
    with smaller differences between sites are in doubt from the start. Leaves bound and duals in
    `search`. Raises `SolverError` where the certificate is not reached.
    """
    if search.start.is_tied(search.instance.objective):
        return recover_by_blocks(search, tolerance, exact)
    if not search.instance.objective.rows.dual_norms:
        return _recover_with(Master, search, tolerance, exact, band)
    try:
        return _recover_with(SqpMaster, search, tolerance, exact, band)
    except SolverError:
        from equity_core.solvers.engine.conic_master import ConicMaster  # noqa: PLC0415  two seconds, seldom used

        return _recover_with(ConicMaster, search, tolerance, exact, band)


def _recover_with(
    master: type[Master | SqpMaster],
    search: Search,
    tolerance: float,
    exact: float,
    band: Floats,
) -> Floats:
    restricted, box = RestrictedMaster(search, band, master), StabilisationBox(search, band)
    value = search.instance.objective.value
    few, idle, restarts, gap = np.full(len(band), few_hours(search)), 0, 0, 1.0
    for _ in range(MOST_ROUNDS):
        box.hold(restricted.master)
        mix = restricted.master.solve(roughly(gap, tolerance))
        gap = search.gap(value(mix.measures))
        if gap <= exact:
            break
        trial = search.dispatch(mix.duals)
        news = restricted.unknown(trial.load)
        gap = search.gap(value(mix.measures))
        idle = idle + 1 if gap <= tolerance and not (mix.rough or len(news.slot)) else 0
        if gap <= exact or (idle and not mix.boxed.any()) or idle == IDLE_ROUNDS:
            break
        crowded = restricted.brought_in(news) > few
        if restarts == MOST_RESTARTS or restricted.hours > MOST_HOURS:
            search.start.tied = search.instance.objective.rows.names
            return recover_by_blocks(search, tolerance, exact)
        if crowded.any() and search.best is trial:
            # So much changes for the better: from there it is less.
            restricted, crowded = RestrictedMaster(search, band, master), np.zeros_like(crowded)
            restarts += 1
        else:
            few[crowded] *= 2
            restricted.add(news.but_for(crowded))
        box.follow(mix.boxed, crowded)
    if gap <= tolerance:
        return restricted.load(mix)
    raise not_certified(gap, tolerance)


def few_hours(search: Search) -> int:
    """Hours that a trial may bring into doubt."""
    return max(FEW_HOURS, int(FEW_OF_ALL * len(search.best.load)))


class StabilisationBox:
    """Bounds on the duals: around the best ones known, as wide as moves a MWh's value by `band`."""

    def __init__(self, search: Search, band: Floats) -> None:
        self._search = search
        rows = search.instance.objective.rows.coefficients
        # How much a unit of each dual moves the value of a MWh in each part of the fleet.
        moves = search.largest_values(np.abs(rows)).mean(axis=1)
        widths = np.full(moves.shape, np.inf)
        np.divide(band, moves, out=widths, where=moves > 0)
        self._touches = moves > 0
        self._reach = np.clip(widths.min(axis=1), NARROWEST, WIDEST)
        self._centre = search.best.duals

    def hold(self, master: Master | SqpMaster) -> None:
        """Hold the duals of `master` in the box."""
        master.hold(np.maximum(self._centre - self._reach, 0.0), self._centre + self._reach)

    def follow(self, boxed: Flags, crowded: Flags) -> None:
        """Move to the best duals known by now; narrower or wider where the last round says so.

        boxed    [R] the dual would have left the box: it may, four times as far
        crowded  [P] too much would have changed in the part: a quarter as far
        """
        self._centre = self._search.best.duals
        too_far = self._touches[:, crowded].any(axis=1)
        wider = np.where(boxed, 4.0, 1.0)
        self._reach = np.minimum(self._reach * np.where(too_far, 0.25, wider), WIDEST)


@dataclass(frozen=True, eq=False)
class Columns:
    """What may change in the incumbent load, each choice in one part of the fleet.

    slot    [X] hour times the number of parts, plus the part
    change  [X, N] MW
    """

    slot: Integers
    change: Floats
    parts: int

    @property
    def hour(self) -> Integers:
        """[X] the hour of each choice."""
        return self.slot // self.parts

    def but_for(self, parts: Flags) -> Columns:
        """The columns outside these parts [P]."""
        return self.only(~parts[self.slot % self.parts])

    def only(self, which: Flags) -> Columns:
        """Some of the columns, [X] which."""
        return Columns(self.slot[which], self.change[which], self.parts)


class RestrictedMaster:
    """The incumbent load, the hours that may be split, and what each of them may choose instead."""

    def __init__(self, search: Search, band: Floats, master: type[Master | SqpMaster]) -> None:
        """Around the best duals known; sites less than `band` [P] USD/MWh apart may swap."""
        self._instance = instance = search.instance
        self._incumbent = search.best_again()
        self._order = search.start.order.copy()
        self._least = instance.physics.same_within
        self.master = master(instance.objective, instance.measures(self._incumbent.load))
        self._parts = instance.physics.parts
        self._rules = Rules(instance.physics)
        self._known: set[tuple[int, bytes]] = set()
        self._columns: list[Columns] = []
        self.add(self._near_ties(instance.physics.by_component(band)))
        if instance.physics.waits:
            self.add(self._near_threshold(float(band[0])))

    def _near_ties(self, within: Floats) -> Columns:
        """The closest swaps of two sites whose values are less than `within` apart."""
        instance = self._instance
        weights = instance.objective.weights(self._incumbent.duals) * instance.scale
        while True:
            swaps, found = near_ties(
                instance.physics.arrays, weights, self._order, within, self._least
            )
            if found <= MOST_SWAPS:
                break
            within = within / 2
        closest = np.argsort(swaps.gap)[: self._most_near]
        hour, giver, taker = swaps.hour[closest], swaps.giver[closest], swaps.taker[closest]
        amount = swaps.amount[closest]
        if instance.physics.waits:  # what waits has taken of the taker's room already
            amount = np.minimum(amount, instance.physics.spare(self._incumbent.load)[hour, taker])
        change = np.zeros((len(closest), self._incumbent.load.shape[1]))
        every = np.arange(len(closest))
        change[every, giver] = -amount
        change[every, taker] = amount
        slot = hour * len(self._parts) + instance.physics.part[giver]
        return Columns(slot, change, len(self._parts)).only(amount > self._least)

    def _near_threshold(self, within: float) -> Columns:
        """The cells to fill or empty with what waits that are closest to the threshold."""
        instance = self._instance
        weights = instance.objective.weights(self._incumbent.duals) * instance.scale
        fills = near_threshold(
            instance.physics, self._incumbent.served, weights, within, self._most_near
        )
        change = np.zeros((len(fills.hour), self._incumbent.load.shape[1]))
        change[np.arange(len(fills.hour)), fills.site] = fills.amount
        return Columns(fills.hour, change, len(self._parts))

    @property
    def _most_near(self) -> int:
        return 2 * len(self._incumbent.duals) + FEW_HOURS

    def unknown(self, load: Floats) -> Columns:
        """Where `load` [T, N] is neither the incumbent nor a choice already."""
        hours = np.flatnonzero(self._instance.physics.hours_apart(load, self._incumbent.load))
        change = load[hours] - self._incumbent.load[hours]
        slots, changes = [], []
        for p in range(len(self._parts)):
            own = np.where(self._instance.physics.part == p, change, 0.0)
            apart = np.any(np.abs(own) > self._least, axis=1)
            slots.append(hours[apart] * len(self._parts) + p)
            changes.append(own[apart])
        columns = Columns(np.concatenate(slots), np.concatenate(changes), len(self._parts))
        keys = _keys(columns, self._least)
        return columns.only(np.array([key not in self._known for key in keys], bool))

    def brought_in(self, columns: Columns) -> Integers:
        """[P] how many hours these columns would bring into doubt in each part."""
        fresh = self._rules.fresh(columns.slot)
        return np.bincount(fresh % len(self._parts), minlength=len(self._parts))

    def add(self, columns: Columns) -> None:
        """Let the master choose them."""
        entries = self._rules.of(columns.slot, columns.hour, columns.change)
        self.master.add(*entries, self._measures(columns))
        self._known.update(_keys(columns, self._least))
        self._columns.append(columns)

    @property
    def hours(self) -> int:
        """How many hours may be split, counted in each part of the fleet."""
        return self._rules.slots

    def load(self, mix: MasterSolution) -> Floats:
        """[T, N] the load of a mix, MW."""
        load = self._incumbent.load.copy()
        hour = np.concatenate([columns.hour for columns in self._columns])
        change = np.concatenate([columns.change for columns in self._columns])
        np.add.at(load, hour, mix.shares[:, None] * change)
        # Shares add up to 1 but for rounding: what is left of a MW then is none.
        load[load < NO_LOAD * self._least] = 0.0
        return load

    def _measures(self, columns: Columns) -> Floats:
        """[C, 1 + K, N] what each choice changes in the scenario's cost and burdens."""
        arrays = self._instance.physics.arrays
        cost = arrays.price[columns.hour] * columns.change
        burdens = arrays.intensity[columns.hour] * columns.change[:, None, :]
        return np.concatenate([cost[:, None, :], burdens], axis=1) * self._instance.scale


def _keys(columns: Columns, least: float) -> list[tuple[int, bytes]]:
    """What tells one choice from another: its slot, and the change in multiples of `least` MW."""
    digits = (columns.change / least).round()
    return [(int(slot), row.tobytes()) for slot, row in zip(columns.slot, digits, strict=True)]
