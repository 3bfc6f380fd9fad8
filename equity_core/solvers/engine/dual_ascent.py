"""Dual ascent: Newton's method on the bound, concave and nearly smooth over many hours.

Each step maximises slope . d - d' curvature d / 2 over the duals that are allowed (a quadratic
program for DAQP), is shortened where the bound says so, and damped while it helps little. The
closer the best duals, the narrower the band around each hour's margin in which sites are taken to
answer, so that the last steps see just the hours that still matter (docs/METHOD.md, section 3).
"""

from __future__ import annotations

import daqp
import numpy as np

from equity_core.arrays import Floats
from equity_core.measures.rows import Rows
from equity_core.solvers.engine.dual_search import Search, Trial

MOST_STEPS = 30

SHORTER = 4
"""Trials along one step. If none raises the bound, the next step is damped more instead."""

DAMPING, MOST_DAMPING, LEAST_DAMPING = 0.3, 1e6, 1e-7
"""Curvature added to that of every dual, as a share of its own. The first step has 0.3 of it; each
step that helps takes nine tenths away, down to the least; where even the most brings no better
bound, only rounding is left and the ascent ends."""

LEAST_OWN = 1e-4
"""A dual without curvature would move without end: each has at least this share of the largest."""

COLD_BAND, WARM_BAND = 0.3, 0.03
"""Sites whose value of a MWh lies this close to the margin are taken to answer in the first step: a
share of the usual spread of values between sites. After a solved neighbour a tenth is enough."""

NARROWEST_BAND = 1e-6
"""The band narrows down to this share of the usual value: closer sites cost the same."""

ENOUGH_HOURS = 2000
"""The curvature is summed over hours with sites near the margin. So many tell it well enough: where
there are more, every second, third ... hour is taken."""

SMALL_GAIN, NO_GAIN = 1e-4, 1e-6
"""Relative gain of the bound in a step. At the first of them primal recovery takes over if the step
changed the dispatch in few hours; a step that promises less than the second is not tried."""

SOLVED = 1


def ascend(search: Search, few: int) -> Floats:
    """Raise the bound until a step gains little and changes the dispatch in `few` hours at most.

    Returns how far the best duals may still move the value of a MWh in each part [P] of the fleet,
    USD/MWh.
    """
    objective, hours = search.instance.objective, len(search.best.load)
    trial, damping, stride = search.best, DAMPING, max(1, hours // ENOUGH_HOURS)
    weights = objective.weights(trial.duals)
    narrowest = NARROWEST_BAND * search.largest_values(weights).mean(axis=0)
    share = COLD_BAND if search.start.cold else WARM_BAND
    band = np.maximum(share * search.spread(weights), narrowest)
    for _ in range(MOST_STEPS):
        second, counted = _curvature(search, trial, band, stride)
        if second.diagonal().max() <= 0 or damping > MOST_DAMPING:  # flat but for rounding
            break
        step = _newton_step(trial, second, objective.rows, damping)
        if float(trial.slope @ step) <= NO_GAIN * abs(trial.bound):
            break
        ahead, length = _along(search, trial, step)
        if ahead.bound <= trial.bound:
            if search.start.is_tied(objective):  # the bound has kinks where whole months turn
                break
            damping *= 100
            continue
        damping = max(damping / 10, LEAST_DAMPING) if length == 1 else 5 * damping
        change = objective.weights(ahead.duals) - objective.weights(trial.duals)
        moved = np.median(search.largest_values(change), axis=0)
        band = np.maximum(np.minimum(band, moved), narrowest)
        gain = ahead.bound - trial.bound
        changed = search.instance.physics.hours_apart(ahead.load, trial.load).sum()
        if gain <= SMALL_GAIN * abs(ahead.bound) and changed <= few:
            break
        trial, stride = ahead, max(1, stride * counted // ENOUGH_HOURS)
    return band


def _curvature(search: Search, trial: Trial, band: Floats, stride: int) -> tuple[Floats, int]:
    """[R, R] the bound's second derivative by the duals, its sign turned, and hours it is from."""
    instance = search.instance
    rows, weights = instance.objective.rows, instance.objective.weights(trial.duals)
    quantities = np.flatnonzero(rows.coefficients.any(axis=(0, 2)))
    second, counted = instance.physics.curvature(
        weights * instance.scale, quantities, trial.served, band, stride
    )
    by_row = (rows.coefficients * instance.scale)[:, quantities].reshape(len(rows.names), -1)
    turned: Floats = by_row @ second @ by_row.T
    return turned, counted


def _newton_step(trial: Trial, second: Floats, rows: Rows, damping: float) -> Floats:
    """[R] the step to where the damped quadratic model is best among the allowed duals."""
    second, spent, cost = _with_dual_norms(trial, second, rows)
    own = np.diag(second)
    unit = np.sqrt(np.maximum(own, LEAST_OWN * own.max()))
    model = second / np.outer(unit, unit) + damping * np.eye(len(unit))
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


def _with_dual_norms(trial: Trial, second: Floats, rows: Rows) -> tuple[Floats, Floats, Floats]:
    """Curvature [R, R] and bounds `spent` [V, R] . duals <= cost [V], dual_norms taken in.

    A ball is bounded by its tangent at the trial, and its own curvature counts as much as it holds
    the duals back (sequential quadratic programming).
    """
    spent, cost = [-rows.on_variables.T], [rows.cost]
    second = second.copy()
    for ball in rows.dual_norms:
        duals, slope = trial.duals[ball.rows], trial.slope[ball.rows]
        held_back = max(float(slope @ duals) / ball.weight, 0.0)
        second[ball.rows, ball.rows] += held_back * ball.curvature(duals)
        tangent = np.zeros((1, len(second)))
        tangent[0, ball.rows] = ball.support(duals)
        spent.append(tangent)
        cost.append(np.array([ball.weight]))
    return second, np.concatenate(spent), np.concatenate(cost)


def _along(search: Search, trial: Trial, step: Floats) -> tuple[Trial, float]:
    """A trial along `step`, shortened by the slopes at both ends while the bound is lower there.

    Returns its length as well, as a share of the step.
    """
    length = 1.0
    here = float(trial.slope @ step)
    for _ in range(SHORTER):
        ahead = search.dispatch(trial.duals + length * step)
        if ahead.bound > trial.bound:
            break
        there = float(ahead.slope @ step)
        length *= min(0.7, max(0.1, here / (here - there))) if here > there else 0.5
    return ahead, length
