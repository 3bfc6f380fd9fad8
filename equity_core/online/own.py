"""A forecast that the reader brings: a file in the form of any other upload."""

from __future__ import annotations

from dataclasses import replace

from equity_core.errors import DatasetError
from equity_core.inputs.checks import counted, few
from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import with_new_site
from equity_core.model.instance import build_physics
from equity_core.model.physics import Physics
from equity_core.online.forecasts import Forecast, Told
from equity_core.scenario.scenario import Scenario


def own_forecast(
    scenario: Scenario, dataset: Dataset, brought: Dataset, truth: Physics
) -> Forecast:
    """Price, intensities and demand of `brought` (as read from files) as forecast of a scenario.

    Capacity and reach stay those of `dataset`, and so do the scenario's factors; cooling water is
    taken as it stands in the file.
    Raises `DatasetError` for other sites, gateways, footprints or hours, and `InfeasibleError`
    where the demand that is expected is beyond capacity.
    """
    _check_same("sites", dataset.site_ids, brought.site_ids)
    _check_same("sites with demand", dataset.gateways, brought.gateways)
    names = [[footprint.column for footprint in x.footprints] for x in (dataset, brought)]
    _check_same("footprints", *names)
    _check_hours(truth, brought)
    expected = with_new_site(scenario, _with_figures(dataset, brought, truth))
    whole = scenario.replace(start=None, end=None)
    return Told(build_physics(whole, expected))


def _check_same(what: str, known: list[str] | tuple[str, ...], given: object) -> None:
    other = set(known) ^ set(given)  # type: ignore[call-overload]
    if other:
        raise DatasetError(
            f"The forecast has other {what} than the data set: {few(sorted(map(str, other)))} "
            f"{'stands' if len(other) == 1 else 'stand'} in one of the two alone. Bring a file "
            f"with the {what} {few(list(known))}."
        )


def _check_hours(truth: Physics, brought: Dataset) -> None:
    missing = truth.hours.difference(brought.hours)
    if len(missing):
        raise DatasetError(
            f"The forecast says nothing of {counted(len(missing), 'hour')} of the period, the "
            f"first {missing[0]:%Y-%m-%d %H:%M} UTC; it runs from {brought.hours[0]:%Y-%m-%d %H:%M}"
            f" to {brought.hours[-1]:%Y-%m-%d %H:%M} UTC. Bring a file that holds every hour from "
            f"{truth.hours[0]:%Y-%m-%d %H:%M} to {truth.hours[-1]:%Y-%m-%d %H:%M} UTC, or choose "
            "a period within it."
        )


def _with_figures(dataset: Dataset, brought: Dataset, truth: Physics) -> Dataset:
    """The data set with what is expected of the hours of `truth`, sites in its own order."""
    sites = [brought.site_ids.index(site) for site in dataset.site_ids]
    gateways = [brought.gateways.index(gateway) for gateway in dataset.gateways]
    columns = [footprint.column for footprint in brought.footprints]
    order = [columns.index(footprint.column) for footprint in dataset.footprints]
    hours = brought.hours.get_indexer(truth.hours)
    figures = brought.intensity[order]
    return replace(
        dataset,
        hours=truth.hours,
        price=brought.price[sites][:, hours],
        intensity=figures[:, sites][:, :, hours],
        demand=brought.demand[gateways][:, hours],
        parts={},
    )
