"""What a package says about itself in plain words: README.txt and a spreadsheet's first sheet."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill

from equity_core.export.people import people_sentences
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.link import to_query
from equity_core.text.caveats import short_caveat
from equity_core.text.certificate import certificate_sentence
from equity_core.text.load.unmovable import staying_sentences
from equity_core.text.load.waiting import waiting_sentences
from equity_core.text.opening.alone import quotable
from equity_core.text.scenario import Lines, asked, origin_lines, period, sources, units_line

WIDTH = 96
FILES = {
    "README.txt": "this page",
    "regions.csv": "every region under the baseline and under this plan",
    "comparison.csv": "the whole plan beside the baseline: totals, worst regions, ratios",
    "people.csv": "shares of load and burden beside households, and burdens per household",
    "hours.csv": "load served at each site in each hour, under this plan and under the baseline",
    "frontier.csv": "what more or less fairness would cost",
    "tables.xlsx": "the same tables for a spreadsheet",
    "regions.geojson": "the regions as a map layer (RFC 7946, WGS 84)",
    "regions.gpkg": "the same layer as GeoPackage",
    "map-": "the change by region, for print (PNG 300 dpi, SVG, PDF)",
    "frontier.": "the frontier, for print (PNG 300 dpi, SVG, PDF)",
    "briefing.html": "two pages for readers without the program; opens in any browser",
    "briefing.pdf": "the same two pages as PDF",
    "scenario.json": "the question, to ask it again",
    "result.json": "the answer with its certificate",
    "datapackage.json": "types, units, licences and sources of all files (Frictionless)",
}


def about(comparison: Comparison, dataset: Dataset) -> Lines:
    """The result, the question, the figures behind it and their limits, line by line."""
    after = comparison.after
    return [
        ("Result", quotable(comparison)),
        ("Fleet", short_caveat(after, dataset)),
        *[("Capacity", sentence) for sentence in staying_sentences(after, dataset)],
        *[("Load that can wait", sentence) for sentence in waiting_sentences(after, dataset)],
        *[("People", sentence) for sentence in people_sentences(comparison, dataset)],
        ("Certificate", certificate_sentence(after)),
        *asked(after.scenario, after),
        ("Data set", f"{dataset.title}: {period(after)}"),
        ("Units", units_line(after)),
        *origin_lines(comparison),
        *[("Caveat", weakness) for weakness in dataset.weaknesses],
        *[("Source", source) for source in sources(dataset)],
        ("Licence of the figures", dataset.licence),
        ("Attribution", dataset.attribution),
    ]


def readme(comparison: Comparison, dataset: Dataset, files: Iterable[str]) -> str:
    """README.txt: what was found, what each file holds, how to check and repeat it."""
    lines = [f"Equity Explorer: {dataset.title}", "", *_wrapped(quotable(comparison)), "", "Files"]
    width = max(map(len, files), default=0) + 2
    lines += [f"  {name:<{width}}{_words(name)}" for name in files]
    lines += ["", "About"]
    for label, text in about(comparison, dataset):
        lines += _wrapped(f"{label}: {text}", "  ")
    lines += ["", "Check it", *_wrapped(CHECK, "  ")]
    command = f"python -m equity_core solve --link '?{to_query(comparison.after.scenario)}'"
    lines += ["", "Repeat it", f"  {command}", "", *_wrapped(DATES)]
    return "\n".join(lines) + "\n"


CHECK = (
    "python -m equity_core verify FILE solves the scenario again, makes any of these files, the "
    "zip or the unpacked folder anew and says whether each is identical, byte for byte; the "
    "program's page Verify does the same."
)
DATES = (
    "No file carries the date of its making: the same scenario, data and program give the same "
    "bytes. Where a format demands a date it is 1 January 1980."
)


def _words(name: str) -> str:
    return next((words for start, words in FILES.items() if name.startswith(start)), "")


def _wrapped(text: str, indent: str = "") -> list[str]:
    further = indent + ("  " if indent else "")
    return fill(text, WIDTH, initial_indent=indent, subsequent_indent=further).splitlines()
