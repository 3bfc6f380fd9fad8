"""A period played hour by hour by someone who does not know what comes, and what that costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import fleet_of
from equity_core.model.instance import Instance, build_instance
from equity_core.model.limits import Reference
from equity_core.online.advice import Advice, LeastLoaded, Replanning
from equity_core.online.asked import FOLLOWING, to_words
from equity_core.online.blend import Guard, check_measures, objective_so_far
from equity_core.online.charges import Charges, charges_of, duals_of
from equity_core.online.forecasts import ADVERSARY, FORECASTS
from equity_core.online.mirror_descent import by_mirror_descent
from equity_core.online.own import own_forecast
from equity_core.online.pace import Evenly, Pace, Planned, leeway_of
from equity_core.online.parameters import Parameters
from equity_core.online.refusals import check_forecast, check_method, check_period, check_scenario
from equity_core.online.rolling import Run, run_on
from equity_core.online.weights import by_weights
from equity_core.outcome.assembly import Certificate, outcome_of
from equity_core.outcome.outcome import Outcome
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.warm_starts import Pool
from equity_core.solvers.offline import solve

KNOWN_FORECASTS = (*FORECASTS, ADVERSARY)
"""Names that `replay` takes; the adversary is no forecast but the worst that one can say."""


@dataclass(frozen=True, eq=False)
class Replay:
    """What was done hour by hour, beside the plan of someone who knew the whole period.

    outcome    the totals, as of any plan; its bound is the offline one
    offline    the best plan with the whole period known
    forecast   name of the forecast, or id of a file's figures; "" for a method that needs none
    parameters those of method and forecast, used or not
    load       [T, N] MW
    cost_usd   [T] energy cost of each hour
    burdens    [T, K, N] carried up to the end of each hour
    duals      [T, K, N] what a unit of burden counted in that hour besides levies
    objective  [T] of all hours up to the end of each; `offline_objective` likewise
    share      [T] how much of the forecast was followed; 1 where nothing held it back
    bound      what the guarantee says that the objective will not exceed; None without guarantee
    ceiling    [T] the same at the end of each hour; None without guarantee
    """

    outcome: Outcome
    offline: Outcome
    method: str
    forecast: str
    parameters: Parameters
    load: Floats
    cost_usd: Floats
    burdens: Floats
    duals: Floats
    objective: Floats
    offline_objective: Floats
    share: Floats
    bound: float | None
    ceiling: Floats | None

    @property
    def hours(self) -> pd.DatetimeIndex:
        """[T] start of each hour, UTC."""
        return self.outcome.hours

    @property
    def regret(self) -> float:
        """By how much the objective is above that of the plan which knew everything."""
        return self.outcome.objective - self.offline.objective

    @property
    def price_of_not_knowing(self) -> float:
        """The regret as a share of the offline objective."""
        return self.regret / abs(self.offline.objective) if self.offline.objective else 0.0

    @property
    def distance(self) -> float | None:
        """How far the objective stays below the guarantee's bound; None without guarantee."""
        return None if self.bound is None else self.bound - self.outcome.objective


@dataclass(frozen=True, eq=False)
class Game:
    """A scenario as it is played: who plays does not look at the hours to come."""

    scenario: Scenario
    dataset: Dataset
    fleet: Dataset
    instance: Instance
    charges: Charges
    watch: Callable[[], None]

    @cached_property
    def by_weights(self) -> Run:
        """Exponential weights on the burdens so far."""
        load, gamma = self._empty()
        arrays, order = self.instance.physics.arrays, self.instance.physics.any_order()
        by_weights(arrays, self.charges, self.evenly.all(), order, load, gamma)
        return self._run(load, gamma)

    def by_mirror_descent(self, parameters: Parameters) -> Run:
        """The published rule."""
        load, gamma = self._empty()
        footprints = self.fleet.footprints
        water = [footprints[q - 1].name == "water" for q in self.charges.quantity]
        zmax = np.where(water, parameters.zmax_water, parameters.zmax_carbon)
        arrays, order = self.instance.physics.arrays, self.instance.physics.any_order()
        waiting = self.evenly.all()
        by_mirror_descent(arrays, self.charges, parameters.eta, zmax, waiting, order, load, gamma)
        return self._run(load, gamma)

    @cached_property
    def evenly(self) -> Evenly:
        """What waits runs evenly over its window."""
        return Evenly(leeway_of(self.instance.physics))

    def pace(self, advice: Advice) -> Pace:
        """When what waits runs, where nothing but `advice` is followed."""
        if not isinstance(advice, Replanning):
            return self.evenly
        return Planned(
            self.instance.physics, advice.forecast, self.charges.scale, self.evenly.leeway
        )

    def advice(self, forecast: str | Dataset, error: float) -> Advice:
        """Who says what burdens should count; raises `ScenarioError` or `DatasetError`."""
        if forecast == ADVERSARY:
            return LeastLoaded(self.instance)
        truth = self.instance.physics
        if isinstance(forecast, Dataset):
            expected = own_forecast(self.scenario, self.dataset, forecast, truth)
        else:
            expected = FORECASTS[forecast](truth, error)
        return Replanning(self.instance, expected, self.watch)

    def guard(self, trust: float) -> Guard:
        """The guarantee around the plan of `by_weights`."""
        safe = self.by_weights.load
        return Guard.around(self.instance.physics.arrays, self.charges, safe, trust)

    def _empty(self) -> tuple[Floats, Floats]:
        """Room for load [T, N] and shares [T, M, N]."""
        (hours, sites), terms = self.instance.physics.shape, len(self.charges.quantity)
        return np.empty((hours, sites)), np.empty((hours, terms, sites))

    def _run(self, load: Floats, gamma: Floats) -> Run:
        duals = duals_of(self.charges, gamma, self.instance.physics.footprints)
        return Run(load, duals, np.ones(len(load)))


def replay(
    scenario: Scenario,
    dataset: Dataset,
    method: str = "weights",
    forecast: str | Dataset = "last_week",
    parameters: Parameters | None = None,
    pool: Pool | None = None,
    watch: Callable[[], None] = lambda: None,
    reached: Callable[[float], None] = lambda share: None,
) -> Replay:
    """Play the scenario's period hour by hour, and solve it with the whole period known.

    method      weights | mirror_descent | forecast | blend
    forecast    for the last two: one of `KNOWN_FORECASTS`, or what was read from files
    parameters  the usual ones unless given
    watch       called at first, each day and before each round, and may raise to stop
    reached     told the share of the hours that is over, on the way

    Raises `ScenarioError` for what cannot be played (limits, `fairest`, less than a day),
    `DatasetError` for a forecast of other sites or hours, `InfeasibleError` like `solve`.
    """
    watch()
    began, pool = perf_counter(), pool or Pool()
    parameters = parameters or Parameters()
    check_method(method)
    check_forecast(forecast, KNOWN_FORECASTS)
    check_scenario(scenario, method)
    game = _game(scenario, dataset, pool, watch)
    guard = game.guard(parameters.trust) if method == "blend" else None
    match method:
        case "weights":
            run = game.by_weights
        case "mirror_descent":
            run = game.by_mirror_descent(parameters)
        case _:
            advice = game.advice(forecast, parameters.error)
            # The guarantee needs the hours' loads to be those of the safe plan, wherever they run.
            pace = game.pace(advice) if guard is None else game.evenly
            told = reached_and(watch, reached)
            run = run_on(advice, pace, game.instance, game.charges, guard, told)
    seconds = perf_counter() - began
    offline = solve(scenario, dataset, pool, watch=watch)
    named = forecast if isinstance(forecast, str) else forecast.id
    used = named if method in FOLLOWING else ""
    return _replay(game, run, guard, offline, (method, used, parameters), seconds)


def reached_and(
    watch: Callable[[], None], reached: Callable[[float], None]
) -> Callable[[float], None]:
    """Both in one: who advises without planning, as the adversary does, is watched as well."""

    def step(share: float) -> None:
        watch()
        reached(share)

    return step


def _game(scenario: Scenario, dataset: Dataset, pool: Pool, watch: Callable[[], None]) -> Game:
    fleet = fleet_of(scenario, dataset)
    physics = pool.start_for(scenario, fleet).physics
    check_period(len(physics.hours), scenario, dataset)
    instance = build_instance(scenario, fleet, physics, Reference())
    charges = charges_of(instance)
    check_measures(instance, charges)
    return Game(scenario, dataset, fleet, instance, charges, watch)


def _replay(
    game: Game,
    run: Run,
    guard: Guard | None,
    offline: Outcome,
    asked: tuple[str, str, Parameters],
    seconds: float,
) -> Replay:
    method, forecast, parameters = asked
    arrays, charges, scale = game.instance.physics.arrays, game.charges, game.instance.scale
    hourly = arrays.intensity * scale[1:] * run.load[:, None]
    ceiling = None
    if guard is not None:
        ceiling = objective_so_far(arrays, charges, guard.safe) + guard.ceiling
    return Replay(
        outcome=_outcome(game, run, offline, asked, seconds),
        offline=offline,
        method=method,
        forecast=forecast,
        parameters=parameters,
        load=run.load,
        cost_usd=(arrays.price * scale[0] * run.load).sum(axis=1),
        burdens=hourly.cumsum(axis=0),
        duals=run.duals,
        objective=objective_so_far(arrays, charges, run.load),
        offline_objective=objective_so_far(arrays, charges, _hours_first(offline.dispatch)),
        share=run.share,
        bound=None if ceiling is None else float(ceiling[-1]),
        ceiling=ceiling,
    )


def _hours_first(dispatch: Floats) -> Floats:
    """[T, N] of a load [N, T]."""
    return np.ascontiguousarray(dispatch.T)


def _outcome(
    game: Game, run: Run, offline: Outcome, asked: tuple[str, str, Parameters], seconds: float
) -> Outcome:
    """The totals of a run; the offline bound holds for every plan, and so for this one."""
    rows = len(game.instance.objective.rows.names)
    solver = f"hour by hour: {asked[0].replace('_', ' ')}"
    certificate = Certificate(np.zeros(rows), offline.lower_bound, solver, seconds, len(run.load))
    outcome = outcome_of(game.scenario, game.fleet, game.instance, run.load, certificate)
    duals = outcome.duals + run.duals.mean(axis=0).T
    return replace(outcome, duals=duals, foresight=to_words(*asked))
