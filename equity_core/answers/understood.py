"""What was understood of a data set, in lines: a factor of 1,000 or swapped coordinates show."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.upload.columns.schema import CAPACITY, DEMAND, FIELDS, PRICE, Field
from equity_core.text.numbers import number

MOST_PLACES = 12  # sites whose place is listed; those that lie astray are listed beyond


def understood(dataset: Dataset) -> list[str]:
    """Range and mean of each quantity, capacity and demand, places, and what looks odd."""
    return [
        *_quantities(dataset),
        _load(dataset),
        *_places(dataset),
        *(f"Look again: {hint}" for hint in hints(dataset)),
    ]


def _quantities(dataset: Dataset) -> Iterator[str]:
    yield _range("Price", dataset.price, PRICE.units[0].text)
    for footprint, values in zip(dataset.footprints, dataset.intensity, strict=True):
        further = "" if footprint.name in FIELDS else " (a further footprint)"
        yield _range(f"{footprint.label}{further}", values, footprint.intensity_unit)


def _range(label: str, values: Floats, unit: str) -> str:
    low, high, mean = (number(float(of(values))) for of in (np.min, np.max, np.mean))
    if values.min() == values.max():
        return f"{label}: {low} {unit} throughout."
    return f"{label}: {low} to {high} {unit}, mean {mean}."


def _load(dataset: Dataset) -> str:
    capacity, load = float(dataset.sites["capacity_mw"].sum()), dataset.demand.sum(axis=0)
    used = number(100 * float(load.max()) / capacity)
    return (
        f"{_range('Demand of all sites together', load, 'MW')[:-1]}, {number(float(load.sum()))} "
        f"MWh in all; the peak takes {used}% of the capacity of {number(capacity)} MW."
    )


def _places(dataset: Dataset) -> Iterator[str]:
    # Not at the top: geopandas takes a second to load, and refusals need not wait for it.
    from equity_core.inputs.places.whereabouts import Whereabouts, whereabouts  # noqa: PLC0415

    def line(place: Whereabouts) -> str:
        where = (
            f"in {place.country}" if not place.km else f"{place.km:,.0f} km from {place.country}"
        )
        text = f"{place.site}: latitude {place.latitude:g}, longitude {place.longitude:g}, {where}"
        if not place.astray:
            return f"{text}."
        text = f"Look again: {text}, but {place.named_km:,.0f} km from {place.named}, its country"
        return f"{text}; it would lie there with {place.slip}." if place.slip else f"{text}."

    found = whereabouts(dataset)
    yield from (line(place) for place in found[:MOST_PLACES])
    yield from (line(place) for place in found[MOST_PLACES:] if place.astray)
    right = sum(not place.astray for place in found[MOST_PLACES:])
    if right:
        yield f"{right:,} more sites lie in or near the country that they name."


def hints(dataset: Dataset) -> list[str]:
    """Means of sites outside what is usual; 0 everywhere is taken as meant."""
    names = [item.name for item in dataset.footprints]
    means: dict[Field, tuple[Floats, tuple[str, ...]]] = {
        PRICE: (dataset.price.mean(axis=1), dataset.site_ids),
        **{
            FIELDS[name]: (dataset.intensity[at].mean(axis=1), dataset.site_ids)
            for at, name in enumerate(names)
            if name in FIELDS
        },
        DEMAND: (dataset.demand.mean(axis=1), dataset.gateways),
        CAPACITY: (dataset.sites["capacity_mw"].to_numpy(dtype=float), dataset.site_ids),
    }
    return [
        hint for field, (values, sites) in means.items() if (hint := _hint(field, values, sites))
    ]


def _hint(field: Field, values: Floats, sites: tuple[str, ...]) -> str:
    low, high = field.usual
    odd = np.flatnonzero(((values < low) | (values > high)) & (values != 0))
    if not odd.size:
        return ""
    first, unit = odd[0], field.units[0].text
    others = f" (and of {odd.size - 1:,} more)" if odd.size > 1 else ""
    mean = "" if field == CAPACITY else " on average"
    return (
        f"{field.name} of {sites[first]} is {values[first]:.3g} {unit}{mean}{others}, outside the "
        f"usual {low:g} to {high:,g}; check the unit."
    )
