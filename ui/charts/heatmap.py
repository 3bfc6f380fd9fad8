"""What a data set holds, drawn: (data set, figure) -> tables, heat maps, tags. No streamlit."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd
from PIL import Image

from equity_core.arrays import Floats
from equity_core.figures.colours import MISSING, Scale, burden_scale
from equity_core.inputs.dataset import Dataset, SourceCard
from equity_core.text.numbers import number, unit_text

MOST_LABELS = 40  # rows of a heat map that still get their name
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


def by_day(figure: Figure, hours: pd.DatetimeIndex) -> pd.DataFrame:
    """Mean of each day (UTC): rows sites, columns days."""
    return _grouped(figure, hours.normalize().tz_localize(None))


def by_month(figure: Figure, hours: pd.DatetimeIndex) -> pd.DataFrame:
    """Mean of each month (UTC): rows sites, columns such as 2023-01."""
    return _grouped(figure, hours.strftime("%Y-%m"))


def by_hour(figure: Figure, hours: pd.DatetimeIndex) -> pd.DataFrame:
    """Mean of each hour of the day (UTC): rows sites, columns 0 to 23 (those that occur)."""
    return _grouped(figure, hours.hour)


def _grouped(figure: Figure, labels: pd.Index) -> pd.DataFrame:
    codes, groups = pd.factorize(labels, sort=True)
    sums = np.stack([np.bincount(codes, weights=row) for row in figure.amounts])
    return pd.DataFrame(sums / np.bincount(codes), index=list(figure.sites), columns=groups)


def scale_of(figure: Figure, hours: pd.DatetimeIndex) -> Scale:
    """One scale for the map and all heat maps of a figure."""
    return burden_scale(by_day(figure, hours).to_numpy().ravel().tolist())


def heat_html(
    table: pd.DataFrame, names: dict[str, str], ticks: Sequence[str], scale: Scale, words: str
) -> str:
    """A heat map: a row a site, `ticks` spread below it, `words` for who cannot see it."""
    picture = f"data:image/png;base64,{base64.b64encode(_picture(table, scale)).decode()}"
    labels = "".join(f"<span>{escape(names[str(site)])}</span>" for site in table.index)
    rows = len(table)
    named = rows <= MOST_LABELS
    height = rows * (1.15 if named else 0.3)
    return (
        f'<div class="ee-heat" style="--ee-height:{height:.2f}rem">'
        f'<div class="ee-heat-names">{labels if named else f"{rows} sites"}</div>'
        f'<img src="{picture}" alt="{escape(words, quote=True)}">'
        f'<div class="ee-heat-ticks">{"".join(f"<span>{escape(t)}</span>" for t in ticks)}</div>'
        "</div>"
    )


def _picture(table: pd.DataFrame, scale: Scale) -> bytes:
    """A pixel a cell; the browser makes them larger. Cells without a figure are grey."""
    values = table.to_numpy(dtype=np.float64)
    share = np.clip((np.nan_to_num(values) - scale.low) / (scale.high - scale.low), 0.0, 1.0)
    colours = scale.ramp()[np.rint(share * 255).astype(int)]
    colours[np.isnan(values)] = MISSING
    buffer = io.BytesIO()
    Image.fromarray(colours.astype(np.uint8), "RGB").save(buffer, "PNG")
    return buffer.getvalue()


def spread_ticks(labels: Sequence[str], most: int = 6) -> list[str]:
    """At most `most` of the labels, first and last among them."""
    if len(labels) <= most:
        return list(labels)
    return [labels[at] for at in np.linspace(0, len(labels) - 1, most).round().astype(int)]


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
