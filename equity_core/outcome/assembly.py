"""From a solved load to an `Outcome`: every figure is computed here, once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.model.instance import Instance
from equity_core.model.limits import Limit
from equity_core.outcome.digits import settled
from equity_core.outcome.outcome import LimitUse, Outcome
from equity_core.scenario.link import fingerprint
from equity_core.scenario.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Certificate:
    """duals [R] of the objective's rows, and the bound that they prove for every plan."""

    duals: Floats
    bound: float
    solver: str
    seconds: float
    rounds: int


def outcome_of(
    scenario: Scenario,
    dataset: Dataset,
    instance: Instance,
    load: Floats,
    certificate: Certificate,
) -> Outcome:
    """The outcome of serving `load` [T, N] MW."""
    physics = instance.physics
    measures = instance.measures(load)
    objective = instance.objective.value(measures)
    # At the exact vertex rounding may put the bound above what it bounds.
    bound = min(certificate.bound, objective)
    figures = [settled(column) for column in (load.sum(axis=0), *measures)]
    burdens = pd.DataFrame(
        np.column_stack(figures), index=dataset.sites.index, columns=dataset.burden_columns
    )
    return Outcome(
        scenario=scenario,
        dataset_id=dataset.id,
        data_version=dataset.version,
        fingerprint=fingerprint(scenario, dataset.version),
        objective=objective,
        lower_bound=bound,
        gap=instance.objective.relative(objective - bound, objective),
        terms=instance.objective.by_term(measures),
        burdens=burdens,
        duals=_room_values(dataset, instance, certificate.duals),
        limits=_limit_uses(dataset, instance, measures, certificate.duals),
        dispatch=settled(load.T),
        hours=physics.hours,
        fleet_mw=float((physics.arrays.fixed[0] + physics.arrays.room[0]).sum()),
        site_names=dataset.site_names,
        footprints=dataset.footprints,
        solver=certificate.solver,
        seconds=certificate.seconds,
        rounds=certificate.rounds,
    )


def _room_values(dataset: Dataset, instance: Instance, duals: Floats) -> pd.DataFrame:
    """What one m3 or t more room at each site saves: the duals of the rows that hold it back."""
    by_measure = instance.objective.rows.weighed(duals)
    return pd.DataFrame(
        by_measure[1:].T,
        index=dataset.sites.index,
        columns=[footprint.name for footprint in dataset.footprints],
    )


def _limit_uses(
    dataset: Dataset, instance: Instance, measures: Floats, duals: Floats
) -> tuple[LimitUse, ...]:
    """What the plan makes of each limit; the rows of limits stand below those of terms."""
    limits = instance.objective.limits
    ends = len(duals) - np.cumsum([0, *(len(limit.bound) for limit in limits[::-1])])[::-1]
    return tuple(
        _limit_use(dataset, limit, measures, duals[begin:end])
        for limit, begin, end in zip(limits, ends[:-1], ends[1:], strict=True)
        if limit.is_adjustable
    )


def _limit_use(dataset: Dataset, limit: Limit, measures: Floats, duals: Floats) -> LimitUse:
    needed = limit.relaxed(float(np.max((limit.used(measures) - limit.bound) / limit.step)))
    held = limit.coefficients[duals > 0].any(axis=(0, 1))
    return LimitUse(
        field=limit.field,
        asked=limit.asked,
        needed=needed,
        worth=float(duals @ limit.step) / limit.unit,
        sites=() if held.all() else tuple(np.array(dataset.site_ids)[held].tolist()),
    )
