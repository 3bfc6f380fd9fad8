"""Several scenarios on one page, for readers without the program: words, a table, links.

`side_by_side_html` and `side_by_side_pdf` set the same record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import parse_qsl, urlencode

from equity_core.briefing.code import code_of
from equity_core.export.side_by_side import origin_of
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.lineup import TABLE, Named, to_text
from equity_core.text.beside.apart import apart_sentences
from equity_core.text.beside.cells import Line, note_of, table_of
from equity_core.text.beside.columns import Column, baseline_words, solved
from equity_core.text.caveats import short_caveat
from equity_core.text.numbers import joined
from equity_core.text.opening.alone import quotable
from equity_core.text.scenario import Lines, period

PAGE = "compare"


@dataclass(frozen=True)
class One:
    """A scenario: its letter, its reader's name, what is said of it, what it rests on, its link."""

    letter: str
    name: str
    sentence: str
    rests: str
    fingerprint: str
    link: str
    has_plan: bool


@dataclass(frozen=True)
class ScenariosPage:
    """All that the page says, in reading order."""

    title: str
    standing: tuple[str, ...]
    scenarios: tuple[One, ...]
    apart: tuple[str, ...]
    note: str
    table: tuple[Line, ...]
    link: str
    code: bytes
    licences: tuple[str, ...]
    origin: Lines
    command: str
    keywords: tuple[str, ...]

    def words(self) -> str:
        """The record as JSON, without the drawing."""
        return json.dumps(asdict(self) | {"code": bool(self.code)}, ensure_ascii=False)


def page_of(
    columns: Sequence[Column], datasets: Mapping[str, Dataset], address: str
) -> ScenariosPage:
    """The page of a table; `address` is where its links lead, up to the page's name."""
    origin, links = origin_of(columns, datasets), links_of(columns, address)
    shown = {it.after.dataset_id: it.after for _, it in solved(columns)}
    link = table_link(columns, address)
    return ScenariosPage(
        title=f"{len(columns)} scenarios side by side",
        standing=tuple(short_caveat(plan, datasets[name]) for name, plan in shown.items()),
        scenarios=tuple(_one(column, links[column.letter]) for column in columns),
        apart=apart_sentences(columns),
        note=note_of(columns),
        table=table_of(columns),
        link=link,
        code=code_of(link),
        licences=tuple(dict.fromkeys(data.terms for data in datasets.values())),
        origin=_origin_lines(origin, datasets),
        command="python -m equity_core verify FILE",
        keywords=tuple(
            f"{name} {value}" for name, value in (origin | {"address": address}).items()
        ),
    )


def links_of(columns: Sequence[Column], address: str) -> dict[str, str]:
    """By letter: the link that opens a scenario by itself."""
    start = address.rstrip("?")
    return {
        it.letter: f"{start}?{it.query}" + ("" if it.plan is None else _print(it.plan.fingerprint))
        for it in columns
    }


def _print(fingerprint: str) -> str:
    return f"&fingerprint={fingerprint}"


def table_link(columns: Sequence[Column], address: str) -> str:
    """The link that opens the whole table: the first scenario is the one on its page."""
    first, *others = columns
    entries = [Named(first.name, ""), *(Named(it.name, it.query) for it in others)]
    asked = dict(parse_qsl(first.query)) | {TABLE: to_text(entries)}
    return f"{address.rstrip('?')}{PAGE}?{urlencode(asked)}"


def _one(column: Column, link: str) -> One:
    comparison = column.comparison
    if comparison is None:
        return One(column.letter, column.name, column.problem, "", "", link, has_plan=False)
    after = comparison.after
    against = f"its own baseline: {baseline_words(after.scenario)}"
    rests = f"{after.dataset_id}, {period(after)}; {against}"
    words = quotable(comparison)
    return One(column.letter, column.name, words, rests, after.fingerprint, link, has_plan=True)


def _origin_lines(origin: Mapping[str, str], datasets: Mapping[str, Dataset]) -> Lines:
    data = [f"{name}, version {data.version}" for name, data in datasets.items()]
    return [
        ("Fingerprint", origin["fingerprint"]),
        ("Data", joined(data)),
        ("Product", f"Equity Explorer {origin['product_version']}"),
    ]
