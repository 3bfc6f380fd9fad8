"""What a data set holds, drawn: (data set, figure) -> tables, heat maps, tags. No streamlit."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.figures.colours import MISSING, Scale, burden_scale
from equity_core.inputs.dataset import Dataset, SourceCard
from equity_core.text.numbers import number, unit_text
from ui.charts import plotly
from ui.theme import Look

MOST_LABELS = 40  # rows of a heat map that still get their name
ROW, MANY_ROW, FRAME = 17, 5, 70
"""Pixels of a row, of one of many, and of what stands above and below all of them."""
QUALITY_MEANINGS = {
    "measured": "read from instruments or markets",
    "modelled": "computed from other measurements",
    "synthetic": "made up or moved from another place: no claim about the real one",
    "estimated": "filled in by its publisher or fitted here",
    "assumed": "a choice of ours",
    "unstated": "whoever brought the figures has not said",
}


@dataclass(frozen=True, eq=False)
class Figure:
    """One quantity by hour: amounts [n, T] at `sites`, from the columns that `cards` describe."""

    key: str
    label: str
    unit: str
    sites: tuple[str, ...]
    amounts: Floats
    cards: tuple[SourceCard, ...]

    def means(self) -> pd.Series:
        """Mean over all hours, index site."""
        return pd.Series(self.amounts.mean(axis=1), index=list(self.sites))


def figures_of(dataset: Dataset) -> tuple[Figure, ...]:
    """Price, every footprint, demand."""
    sites = dataset.site_ids
    return (
        Figure(
            "price", "Price", "USD/MWh", sites, dataset.price, _cards(dataset, "price_usd_per_mwh")
        ),
        *(
            Figure(item.name, item.label, item.intensity_unit, sites, intensity,
                   _cards(dataset, f"{item.column}_per_mwh"))
            for item, intensity in zip(dataset.footprints, dataset.intensity, strict=True)
        ),
        Figure(
            "demand", "Demand", "MW", dataset.gateways, dataset.demand, _cards(dataset, "demand_mw")
        ),
    )  # fmt: skip


def _cards(dataset: Dataset, column: str) -> tuple[SourceCard, ...]:
    """The cards of a column or of the parts whose sum it is."""
    return tuple(dataset.cards_of(column))


@dataclass(frozen=True)
class Kind:
    """One way to see means: its title, the column of an hour, how it is told, its axis's type."""

    title: str
    columns: Callable[[pd.DatetimeIndex], pd.Index]
    words: str
    type: str


DAYS = Kind(
    "Coverage: the mean of every day", lambda at: at.strftime("%Y-%m-%d"), "%{x|%Y-%m-%d}", "date"
)
MONTHS = Kind("By month", lambda at: at.strftime("%Y-%m"), "%{x}", "category")
HOURS = Kind("By hour of the day (UTC)", lambda at: at.hour, "%{x}:00 UTC", "linear")


def means(figure: Figure, hours: pd.DatetimeIndex, kind: Kind) -> pd.DataFrame:
    """Mean of each day, month or hour of the day that occurs (UTC): rows sites."""
    codes, groups = pd.factorize(kind.columns(hours), sort=True)
    sums = np.stack([np.bincount(codes, weights=row) for row in figure.amounts])
    return pd.DataFrame(sums / np.bincount(codes), index=list(figure.sites), columns=groups)


def scale_of(figure: Figure, hours: pd.DatetimeIndex) -> Scale:
    """One scale for the map and all heat maps of a figure."""
    return burden_scale(means(figure, hours, DAYS).to_numpy().ravel().tolist())


def heat_figure(
    item: Figure, kind: Kind, dataset: Dataset, look: Look, table: pd.DataFrame
) -> plotly.Figure:
    """A heat map of `table` (`means` of the item): a row a site; what is not known is grey."""
    scale = look.shade(scale_of(item, dataset.hours))
    sites = [(site, plotly.plain(dataset.site_names[site])) for site in item.sites]
    unit, many = plotly.plain(unit_text(item.unit)), len(sites) > MOST_LABELS
    title = {"text": f"{kind.title}, {unit}", "x": 0, "y": 1, "pad": {"t": 6, "l": 4}}
    cells = {
        "x": table.columns.tolist(),
        "y": item.sites,
        "z": [[x if math.isfinite(x) else None for x in row] for row in table.to_numpy().tolist()],
        "customdata": [[name] * table.shape[1] for _, name in sites],
        "hovertemplate": f"%{{customdata}}<br>{kind.words}<br>%{{z:,.6~g}} {unit}<extra></extra>",
    }
    colours = {"zmin": scale.low, "zmax": scale.high, "colorscale": plotly.colours(scale)}
    rows = plotly.rows((site, "" if many else name) for site, name in sites)
    return plotly.figure(
        [{"type": "heatmap", "showscale": False} | cells | colours],
        look,
        FRAME + len(sites) * (MANY_ROW if many else ROW),
        plot_bgcolor=f"rgb{MISSING}",
        title=title | {"font": {"size": 12}, "xanchor": "left", "yanchor": "top"},
        margin={"l": 8, "r": 12, "t": 30, "b": 8},
        xaxis=plotly.axis(look, type=kind.type, showgrid=False, zeroline=False),
        yaxis=plotly.axis(look, f"{len(sites)} sites" if many else "", **rows),
    )


def words_of(figure: Figure, names: dict[str, str]) -> str:
    """The figure in one sentence: range, and who has the most and the least."""
    means = figure.means()
    most, least = str(means.idxmax()), str(means.idxmin())
    unit = unit_text(figure.unit)
    if most == least:
        return f"{figure.label}: mean {number(float(means.iloc[0]))} {unit} everywhere."
    return (
        f"{figure.label}: on average {number(float(means[least]))} {unit} in {names[least]} "
        f"(least) to {number(float(means[most]))} {unit} in {names[most]} (most)."
    )


def tag_html(card: SourceCard) -> str:
    """How far a column can be trusted; the reason stands at the pointer and for screen readers."""
    reason = f"{QUALITY_MEANINGS[card.quality]}. {card.dated}. {card.note}"
    return (
        f'<abbr class="ee-tag" tabindex="0" title="{escape(reason, quote=True)}">'
        f"{card.quality}</abbr>"
    )


def cards_html(cards: Sequence[SourceCard]) -> str:
    """The source cards as a table."""
    heads = ("Column", "Unit", "Source", "Date", "Licence", "Quality")
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row"><code>{escape(card.column)}</code></th><td>{escape(card.unit)}</td>'
        f'<td>{escape(card.source)}<span class="ee-note">{escape(card.note)}</span></td>'
        f"<td>{escape(card.date)}</td><td>{escape(card.licence)}</td><td>{tag_html(card)}</td></tr>"
        for card in cards
    )
    return f'<table class="ee-cards"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
