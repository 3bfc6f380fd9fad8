"""The climb: Newton's method on the bound, which is concave and, over many hours, nearly smooth.

Each step maximises slope . d - d' curvature d / 2 over the duals that are allowed (a quadratic
program for DAQP) and is shortened where the bound says so. The closer the best duals, the narrower
the band around each hour's margin in which sites are taken to answer, so that the last steps see
just the hours that still matter (docs/METHOD.md, section 3).
"""

from __future__ import annotations

import daqp
import numpy as np
import numpy.typing as npt

from equity_core.model.response import curvature
from equity_core.model.rows import Rows
from equity_core.solvers.search import Search, Trial

Floats = npt.NDArray[np.float64]

MOST_STEPS = 30
SHORTER = 4
"""How often a step may be shortened."""

COLD_BAND, WARM_BAND = 0.3, 0.03
"""First band around the margin, as a share of the usual spread of values between sites."""

ENOUGH_HOURS = 2000
"""So many hours near the margin tell the curvature; of more a sample is taken."""

NARROWEST_BAND = 1e-6
"""As a share of the usual value: differences that matter no more."""

RIDGE = 1e-7
"""Relative curvature that every dual has at least."""

SOLVED = 1


def climb(search: Search, few: int) -> float:
    """Raise the bound until a step changes the dispatch in `few` hours at most.

    Returns how far the best duals may still move the value of a MWh, USD/MWh.
    """
    objective, physics = search.instance.objective, search.instance.physics
    trial = search.best
    values = search.values(objective.weights(trial.duals))
    share = COLD_BAND if search.start.cold else WARM_BAND
    narrowest = NARROWEST_BAND * float(np.abs(values).mean())
    band = max(share * float(np.mean(values.std(axis=1))), narrowest)
    stride = max(1, len(physics.hours) // ENOUGH_HOURS)
    for _ in range(MOST_STEPS):
        second, counted = _curvature(search, trial, band, stride)
        if not second.any():
            break
        step = _newton_step(trial, second, objective.rows)
        best = _along(search, trial, step)
        moved = search.values(objective.weights(best.duals) - objective.weights(trial.duals))
        band = max(min(band, float(np.median(np.abs(moved).max(axis=1)))), narrowest)
        changed = int(physics.hours_apart(best.load, trial.load).sum())
        if best.bound <= trial.bound or changed <= few:
            break
        trial = best
        stride = max(1, stride * counted // ENOUGH_HOURS)
    return band


def _curvature(search: Search, trial: Trial, band: float, stride: int) -> tuple[Floats, int]:
    """[R, R] the bound's second derivative by the duals, its sign turned, and hours it is from."""
    instance = search.instance
    rows, weights = instance.objective.rows, instance.objective.weights(trial.duals)
    quantities = np.flatnonzero(rows.coefficients.any(axis=(0, 2)))
    second, counted = curvature(
        instance.physics.arrays, weights * instance.scale, quantities, trial.load, band, stride
    )
    by_row = (rows.coefficients * instance.scale)[:, quantities].reshape(len(rows.names), -1)
    turned: Floats = by_row @ second @ by_row.T
    return turned, counted


def _newton_step(trial: Trial, second: Floats, rows: Rows) -> Floats:
    """[R] the step to where the quadratic model is best among the allowed duals."""
    second, spent, cost = _with_balls(trial, second, rows)
    own = np.diag(second)
    unit = np.sqrt(np.maximum(own, RIDGE * own.max()))
    model = second / np.outer(unit, unit) + RIDGE * np.eye(len(unit))
    here = trial.duals * unit
    spent = spent / unit
    size = np.linalg.norm(spent, axis=1)
    duals, _, flag, _ = daqp.solve(
        np.ascontiguousarray(model),
        -trial.slope / unit - model @ here,
        np.ascontiguousarray(spent / size[:, None]),
        np.concatenate([np.full(len(unit), np.inf), cost / size]),
        np.concatenate([np.zeros(len(unit)), np.full(len(size), -np.inf)]),
    )
    step: Floats = (duals - here) / unit if flag == SOLVED else trial.slope / unit**2
    return step


def _with_balls(trial: Trial, second: Floats, rows: Rows) -> tuple[Floats, Floats, Floats]:
    """Curvature [R, R] and bounds `spent` [V, R] . duals <= cost [V], balls taken in.

    A ball is bounded by its tangent at the trial, and its own curvature counts as much as it holds
    the duals back (sequential quadratic programming).
    """
    spent, cost = [-rows.on_variables.T], [rows.cost]
    second = second.copy()
    for ball in rows.balls:
        duals, slope = trial.duals[ball.rows], trial.slope[ball.rows]
        held_back = max(float(slope @ duals) / ball.weight, 0.0)
        second[ball.rows, ball.rows] += held_back * ball.curvature(duals)
        tangent = np.zeros((1, len(second)))
        tangent[0, ball.rows] = ball.support(duals)
        spent.append(tangent)
        cost.append(np.array([ball.weight]))
    return second, np.concatenate(spent), np.concatenate(cost)


def _along(search: Search, trial: Trial, step: Floats) -> Trial:
    """A trial along `step`, shortened by the slopes at both ends while the bound is lower there."""
    length = 1.0
    here = float(trial.slope @ step)
    for _ in range(SHORTER):
        ahead = search.dispatch(trial.duals + length * step)
        if ahead.bound > trial.bound:
            break
        there = float(ahead.slope @ step)
        length *= min(0.7, max(0.1, here / (here - there))) if here > there else 0.5
    return ahead
