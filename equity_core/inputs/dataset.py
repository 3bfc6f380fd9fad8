"""A data set: sites and gateways, hour by hour, checked and frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity_core.arrays import Flags, Floats, Positions

Scalar = TypeVar("Scalar", bound=np.generic)

Quality = Literal["measured", "modelled", "synthetic", "estimated", "assumed", "unstated"]


@dataclass(frozen=True)
class Part:
    """One of the figures whose sum is a footprint, such as the water used on site.

    `scale` multiplies it before the parts are added up: 0 leaves it out.
    """

    name: str
    label: str
    scale: float = 1.0


@dataclass(frozen=True)
class Footprint:
    """Something a MWh costs a region besides money, such as water or carbon.

    `unit` is that of the burden ("m3"), `intensity_unit` that of one MWh ("m3/MWh"); a footprint
    with `parts` is their sum.
    """

    name: str
    unit: str
    label: str
    intensity_unit: str
    parts: tuple[Part, ...] = ()

    @property
    def column(self) -> str:
        """Name of the burden in every table, for example `water_m3`."""
        return f"{self.name}_{self.unit}"

    @property
    def intensity_scales(self) -> dict[str, float]:
        """The columns that hold the intensity and what each is multiplied with.

        `water_m3_per_mwh`, or one for each part: `water_m3_per_mwh_onsite` ...
        """
        whole = f"{self.column}_per_mwh"
        return {f"{whole}_{part.name}": part.scale for part in self.parts} or {whole: 1.0}


@dataclass(frozen=True)
class SourceCard:
    """Where the figures of one column come from and how far they can be trusted."""

    column: str
    unit: str
    source: str
    date: str
    licence: str
    quality: Quality
    note: str

    @property
    def dated(self) -> str:
        """The source and its date."""
        return f"{self.source}, {self.date}"

    @property
    def citation(self) -> str:
        """The source with date, quality and licence, as a line below figures and pictures."""
        return f"{self.dated} ({self.quality}; {self.licence})"


def citations(cards: Iterable[SourceCard]) -> list[str]:
    """The citation of every card, each once."""
    return list(dict.fromkeys(card.citation for card in cards))


@dataclass(frozen=True)
class SiteNote:
    """What holds for one site's figure in a column, beside the source card of that column.

    `quality` takes the place of the card's there.
    """

    site: str
    column: str
    quality: Quality
    note: str


@dataclass(frozen=True)
class Conflict:
    """Two sources that disagree about one site: the figure that is used, and the other one.

    Both in `unit`; each source with its licence.
    """

    site: str
    quantity: str
    unit: str
    used: float
    used_source: str
    other: float
    other_source: str
    note: str


@dataclass(frozen=True, eq=False)
class Dataset:
    """N sites, J gateways, K footprints over T hours. Arrays are float64 and read-only.

    Array axes follow `sites.index`, `gateways`, `hours` and `footprints`.

    sites          index "site"; name, country (ISO 3166 alpha-3), subdivision (ISO 3166-2 or
                   empty), latitude and longitude (degrees), capacity_mw, and further figures
    gateways       the sites at which demand arises
    home           [J] position of each gateway's own site
    hours          start of each hour, UTC, without gaps
    price          [N, T] USD/MWh, may be negative
    intensity      [K, N, T] per MWh; m3/MWh equals L/kWh, t/MWh equals kg/kWh
    parts          [N, T] or [N, 1] what each part adds to an intensity, by "water.onsite" and so
                   on; empty where no footprint has parts
    demand         [J, T] MW
    partial_reach  [N, J] may the site serve the gateway under partial reach
    latency_ms     [N, J] median round trip; latency_basis says "measured", "estimated", "assumed"
    cost_basis     a sentence on what kind of price the costs are made of, or ""
    notes          what holds for single figures of single sites
    conflicts      where two sources disagree
    version        12 hex digits of the SHA-256 of the files
    """

    id: str
    title: str
    description: str
    version: str
    licence: str
    attribution: str
    credits: tuple[str, ...]
    weaknesses: tuple[str, ...]
    sites: pd.DataFrame
    gateways: tuple[str, ...]
    home: Positions
    hours: pd.DatetimeIndex
    price: Floats
    footprints: tuple[Footprint, ...]
    intensity: Floats
    demand: Floats
    partial_reach: Flags
    latency_ms: Floats
    latency_basis: npt.NDArray[np.str_]
    cards: tuple[SourceCard, ...]
    parts: Mapping[str, Floats] = field(default_factory=dict)
    cost_basis: str = ""
    notes: tuple[SiteNote, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @cached_property
    def site_names(self) -> dict[str, str]:
        """Name of each site by its id."""
        return dict(self.sites["name"])

    @property
    def terms(self) -> str:
        """Whom to name and the licence, as a line."""
        return f"{self.attribution.rstrip('.')}. Licence: {self.licence}."

    def cards_of(self, *columns: str) -> list[SourceCard]:
        """The cards of columns that start like one of these."""
        return [card for card in self.cards if card.column.startswith(columns)]

    @cached_property
    def burden_columns(self) -> pd.Index[str]:
        """Columns of a table of burdens: energy, cost, then each footprint."""
        return pd.Index(["energy_mwh", "cost_usd", *(item.column for item in self.footprints)])

    @cached_property
    def site_ids(self) -> tuple[str, ...]:
        """The sites in the order of every array."""
        return tuple(self.sites.index)


def frozen(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    """A copy of `array` that cannot be written to, row by row in memory."""
    copy = np.array(array, order="C")
    copy.flags.writeable = False
    return copy
