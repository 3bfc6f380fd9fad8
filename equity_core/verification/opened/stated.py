"""Which export a file says it is, and what it states of its making."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from io import StringIO
from itertools import islice
from typing import Any

from equity_core.export.origin import (
    DESCRIPTION,
    FORESIGHT,
    LINEUP,
    ORIGIN,
    README,
    ROBUSTNESS,
)
from equity_core.outcome.byline import FACTS as BYLINE
from equity_core.verification.opened.geopackage import origins
from equity_core.verification.opened.pictures import texts
from equity_core.verification.opened.workbook import properties

FACTS = (*ORIGIN, "points", "address", "foresight", "robustness", LINEUP, *BYLINE)
LONGEST_FACT = 40_000
MOST_BYTES = 4_000_000
"""Of a table that are looked at for what most rows say."""

MOST_ROWS, MOST_TITLES, MOST_RESOURCES = 1_000, 100, 200

CSV_EXPORTS = {
    "scenarios.csv": {"column", "measure", "against"},
    "foresight-hours.csv": {"hour", "offline_objective_so_far"},
    "robustness-draws.csv": {"draw", "trouble"},
    "robustness-factors.csv": {"draw", "site", "price_factor"},
    "robustness-choices.csv": {"choice", "flips"},
    "robustness-regions.csv": {"site", "kept_worse_off_share"},
    "hours.csv": {"site", "hour", "load_mw"},
    "frontier.csv": {"scale", "gap", "knee"},
    "comparison.csv": {"measure", "unit"},
    "people.csv": {"site", "households"},
    "regions.csv": {"site", "name"},
}
PDF_EXPORTS = {"briefing": "briefing.pdf", "scenarios": "scenarios.pdf"}
JSON_EXPORTS = {
    DESCRIPTION: "resources",
    "scenario.json": "policy",
    FORESIGHT: "offline_objective",
    ROBUSTNESS: "plan_kept",
    "result.json": "objective",
}


@dataclass(frozen=True)
class Stated:
    """What a file says of itself.

    export     the name it would have in a package; "" where only `titles` tell
    facts      fingerprint, data set and so on; empty where it does not state all of ORIGIN
    titles     what it calls itself, for pictures
    links      where a briefing leads
    described  file -> SHA-256 of a package's description
    """

    export: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    described: Mapping[str, str] = field(default_factory=dict)


def stated(format: str, content: bytes) -> Stated:  # noqa: A002
    """What a file of this format says; raises what its reader raises where it is damaged."""
    return READERS[format](content)


def _facts(told: Mapping[str, Any]) -> dict[str, str]:
    if not set(ORIGIN) <= set(told):
        return {}
    return {key: str(told[key])[:LONGEST_FACT] for key in FACTS if key in told}


def _usual(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What most rows say: one edited row is not the file's claim."""
    told = [tuple(_facts(row).items()) for row in islice(rows, MOST_ROWS)]
    return dict(Counter(told).most_common(1)[0][0]) if told else {}


def _csv(content: bytes) -> Stated:
    rows = csv.DictReader(StringIO(content[:MOST_BYTES].decode("utf-8-sig", "ignore")))
    columns = set(rows.fieldnames or ())
    export = next((name for name, needed in CSV_EXPORTS.items() if needed <= columns), "")
    if export == "hours.csv" and any(name.endswith("_dual") for name in columns):
        export = "foresight-sites.csv"
    return Stated(export, _usual(rows))


def _json(content: bytes) -> Stated:
    told = json.loads(content)
    if not isinstance(told, dict):
        raise ValueError("it holds no object")
    if told.get("type") == "FeatureCollection":
        rows = [_member(feature, "properties") for feature in _list(told.get("features"))]
        return Stated("regions.geojson", _usual(rows))
    export = next((name for name, key in JSON_EXPORTS.items() if key in told), "")
    return Stated(export, _facts(told | _member(told, "provenance")), described=_described(told))


def _described(told: Mapping[str, Any]) -> dict[str, str]:
    resources = _list(told.get("resources"))[:MOST_RESOURCES]
    return {
        str(item.get("path"))[:200]: str(item.get("hash")).removeprefix("sha256:")[:200]
        for item in resources
        if isinstance(item, dict)
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _member(value: Any, name: str) -> dict[str, Any]:
    inside = value.get(name) if isinstance(value, dict) else None
    return inside if isinstance(inside, dict) else {}


def _geopackage(content: bytes) -> Stated:
    return Stated("regions.gpkg", _usual(origins(content)))


def _workbook(content: bytes) -> Stated:
    facts = _facts(properties(content))
    return Stated(_export("tables", facts, "xlsx"), facts)


def _png(content: bytes) -> Stated:
    told = texts(content)
    return Stated("", _facts(told), (told.get("Title", ""),))


def _svg(content: bytes) -> Stated:
    text = content.decode("utf-8-sig")
    titles = re.findall(r"<title>([^<]*)</title>", text)[:MOST_TITLES]
    return Stated("", _keywords(text), tuple(unescape(title) for title in titles))


def _html(content: bytes) -> Stated:
    text = content.decode("utf-8-sig")
    links = re.findall(r'<a\s+href="([^"]*)"', text)[:MOST_TITLES]
    facts = _keywords(text)
    export = _export("briefing", facts, "html")
    return Stated(export, facts, links=tuple(unescape(link) for link in links))


def _pdf(content: bytes) -> Stated:
    titles = tuple(_strings(content, b"/Title"))
    export = next((PDF_EXPORTS[name] for name in PDF_EXPORTS if _begins(name, titles)), "")
    return Stated(
        export,
        _keywords(content.decode("latin-1")),
        titles,
        tuple(_strings(content, b"/URI")),
    )


def _begins(name: str, titles: Iterable[str]) -> bool:
    return any(title.startswith(f"Equity Explorer {name}") for title in titles)


def _export(name: str, facts: Mapping[str, str], ending: str) -> str:
    """The export called `name`, or that of several scenarios, where the file tells them."""
    return f"{'scenarios' if LINEUP in facts else name}.{ending}"


def _strings(content: bytes, key: bytes) -> list[str]:
    """The texts under a key of a PDF's dictionaries, as far as they are not packed."""
    found = re.findall(key + rb" ?\(((?:\\.|[^\\()])*)\)", content, re.DOTALL)[:MOST_TITLES]
    plain = [re.sub(rb"\\(.)", rb"\1", text, flags=re.DOTALL) for text in found]
    return [
        text.decode("utf-16", "replace") if text[:2] == b"\xfe\xff" else text.decode("latin-1")
        for text in plain
    ]


def _txt(content: bytes) -> Stated:
    text = content.decode("utf-8-sig").replace("\n    ", "")
    found = dict(reversed(re.findall(r"^  ([A-Z][a-z' ]+): (.*)$", text, re.MULTILINE)))
    dataset, _, data_version = found.get("Data", "").partition(", version ")
    told = {
        "fingerprint": found.get("Fingerprint", ""),
        "dataset": dataset,
        "data_version": data_version,
        "product_version": found.get("Product", "").removeprefix("Equity Explorer "),
        "scenario": found.get("Scenario's link", "").removeprefix("?"),
    }
    return Stated(README, _facts(told) if all(told.values()) else {})


def _keywords(text: str) -> dict[str, str]:
    """ "fingerprint 1f2e..." and so on, wherever they stand in a drawing or a page."""
    names = "|".join((*ORIGIN, "address", "foresight", "robustness", LINEUP, *BYLINE))
    found = re.findall(rf"\b({names}) ([^\s<>,;()\"]+)", unescape(text))
    return _facts(dict(reversed(found)))  # the first of each counts


READERS: Mapping[str, Callable[[bytes], Stated]] = {
    "csv": _csv,
    "json": _json,
    "gpkg": _geopackage,
    "xlsx": _workbook,
    "png": _png,
    "svg": _svg,
    "html": _html,
    "pdf": _pdf,
    "txt": _txt,
}
