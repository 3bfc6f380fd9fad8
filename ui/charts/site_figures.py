"""What is known of each region, figure by figure: (data set, region) -> tables. No streamlit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from equity_core.inputs.dataset import Conflict, Dataset, SiteNote, SourceCard
from equity_core.text.numbers import NOT_KNOWN, number


@dataclass(frozen=True)
class Known:
    """One figure of one region: its mean over the hours, how good it is, and what is said of it.

    `value` is NaN where it is not known; `quality` is "" there.
    """

    card: SourceCard
    value: float
    quality: str
    note: str


def known_of(dataset: Dataset, site: str) -> tuple[Known, ...]:
    """Every figure of `site`, in the order of the source cards."""
    values, notes = _values(dataset, site), {(n.site, n.column): n for n in dataset.notes}
    return tuple(
        _known(card, values[card.column], notes.get((site, card.column)))
        for card in dataset.cards
        if card.column in values
    )


def _known(card: SourceCard, value: float, note: SiteNote | None) -> Known:
    quality, words = (note.quality, note.note) if note else (card.quality, "")
    return Known(card, value, quality if math.isfinite(value) else "", words)


def _values(dataset: Dataset, site: str) -> dict[str, float]:
    """Column -> the figure of `site`; of hourly columns the mean over all hours."""
    row = dataset.site_ids.index(site)
    numbers = dataset.sites.select_dtypes("number")
    values = {str(column): float(numbers[column].iloc[row]) for column in numbers}
    for footprint, intensity in zip(dataset.footprints, dataset.intensity, strict=True):
        values[f"{footprint.column}_per_mwh"] = float(intensity[row].mean())
        for part in footprint.parts:
            figures = dataset.parts[f"{footprint.name}.{part.name}"]
            values[f"{footprint.column}_per_mwh_{part.name}"] = float(figures[row].mean())
    own = [at for at, home in enumerate(dataset.home) if home == row]
    demand = float(dataset.demand[own].mean()) if own else 0.0
    price = float(dataset.price[row].mean())
    return values | {"price_usd_per_mwh": price, "demand_mw": demand}


def region_html(dataset: Dataset, site: str) -> str:
    """Every figure of one region: value, quality, what holds here, source and licence."""
    heads = ("Figure", "Here", "Unit", "Quality here", "Source", "Licence")
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    body = "".join(map(_region_row, known_of(dataset, site)))
    return _scrolled("Every figure of one region", head, body)


def _region_row(known: Known) -> str:
    card = known.card
    note = f'<span class="ee-note">{escape(known.note)}</span>' if known.note else ""
    return (
        f'<tr><th scope="row"><code>{escape(card.column)}</code></th>'
        f"<td>{number(known.value)}</td><td>{escape(card.unit)}</td>"
        f"<td>{known.quality or NOT_KNOWN}{note}</td>"
        f"<td>{escape(card.dated)}</td><td>{escape(card.licence)}</td></tr>"
    )


def qualities_html(dataset: Dataset) -> str:
    """A row a region, a column a figure: how good each one is; * where a note tells more."""
    known = {site: known_of(dataset, site) for site in dataset.site_ids}
    columns = [item.card.column for item in next(iter(known.values()))]
    head = "".join(f'<th scope="col"><code>{escape(name)}</code></th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(dataset.site_names[site])}</th>{"".join(_cells(items))}</tr>'
        for site, items in known.items()
    )
    return _scrolled("Quality of all figures", f'<th scope="col">Region</th>{head}', body)


def _cells(items: tuple[Known, ...]) -> Iterator[str]:
    for item in items:
        mark = "&nbsp;*" if item.note else ""
        yield f'<td title="{escape(item.note)}">{item.quality or NOT_KNOWN}{mark}</td>'


def conflicts_html(dataset: Dataset) -> str:
    """Where two sources disagree: both figures with their sources, neither left out."""
    heads = ("Region", "Figure", "Used here", "Another source", "Unit")
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    body = "".join(_conflict_row(dataset, item) for item in dataset.conflicts)
    return _scrolled("Where sources disagree", head, body)


def _conflict_row(dataset: Dataset, item: Conflict) -> str:
    sides = "".join(
        f'<td>{number(figure)}<span class="ee-note">{escape(source)}</span></td>'
        for figure, source in ((item.used, item.used_source), (item.other, item.other_source))
    )
    return (
        f'<tr><th scope="row">{escape(dataset.site_names[item.site])}</th>'
        f'<td>{escape(item.quantity)}<span class="ee-note">{escape(item.note)}</span></td>'
        f"{sides}<td>{escape(item.unit)}</td></tr>"
    )


def _scrolled(label: str, head: str, body: str) -> str:
    """A table that is moved sideways where it is wider than the page, by the keyboard as well."""
    return (
        f'<div class="ee-scrolled" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="ee-cards"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )
