"""Every file of an answer by its name: one place for the command line, the page and `verify`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from importlib import import_module
from io import BytesIO
from typing import IO, Any

from equity_core.answers.answer import Answer
from equity_core.errors import EquityError, shown
from equity_core.export import tables as exports
from equity_core.export.csv import csv_blocks
from equity_core.export.datapackage import datapackage
from equity_core.export.origin import DESCRIPTION, README
from equity_core.export.people import knows_people, people_export
from equity_core.export.readme import about, readme
from equity_core.export.tables import Table
from equity_core.export.zip import Contents, write_zip
from equity_core.outcome.outcome import Comparison
from equity_core.text.quantities import quantities

PICTURE_FORMATS, VIEWS = ("png", "svg", "pdf"), ("change", "burden")
QUICK = ("scenario.json", "result.json", "regions.csv", "regions.geojson")

Maker = Callable[[], Contents]


@dataclass(frozen=True)
class Making:
    """Makes the files of one answer; what several of them share is made once."""

    answer: Answer

    def file(self, name: str) -> bytes:
        """The file called `name`, such as "regions.csv"; raises `EquityError` for others."""
        if name not in self.makers:
            raise EquityError(
                f"There is no file called {shown(name)} for this scenario; "
                f"choose one of {', '.join(self.makers)}."
            )
        return b"".join(self.makers[name]())

    def quick(self) -> dict[str, bytes]:
        """The files that take no further solving or drawing, by name."""
        return {name: self.file(name) for name in QUICK}

    def write_zip(self, target: IO[bytes]) -> None:
        """Everything as one zip: a Frictionless Data Package."""
        describe = partial(
            datapackage, self.answer.comparison, self.answer.dataset, self._present_tables
        )
        write_zip(target, {README: self._readme, **self._present}, DESCRIPTION, describe)

    def zip(self) -> bytes:
        """The bytes of `write_zip`."""
        buffer = BytesIO()
        self.write_zip(buffer)
        return buffer.getvalue()

    @cached_property
    def tables(self) -> dict[str, Callable[[], Table]]:
        """File name -> the table in it, made when called."""
        return {
            "regions.csv": lambda: self._regions,
            "comparison.csv": lambda: self._comparison,
            "hours.csv": lambda: self._hours,
            "frontier.csv": lambda: self._frontier,
            **({"people.csv": lambda: self._people} if knows_people(self.answer.dataset) else {}),
        }

    @cached_property
    def makers(self) -> dict[str, Maker]:
        """Name -> maker of every file that can stand alone."""
        return {
            "scenario.json": lambda: [self.answer.scenario_json().encode("utf-8")],
            "result.json": lambda: [self.answer.result_json().encode("utf-8")],
            **{name: partial(_csv, table) for name, table in self.tables.items()},
            "tables.xlsx": self._workbook,
            "regions.geojson": partial(self._map_file, "regions_geojson"),
            "regions.gpkg": partial(self._map_file, "regions_geopackage"),
            **self._map_pictures(),
            **self._social_pictures(),
            **{f"frontier.{form}": partial(self._curve, form) for form in PICTURE_FORMATS},
            **{f"briefing.{form}": partial(self._set_briefing, form) for form in ("html", "pdf")},
        }

    @cached_property
    def titled(self) -> dict[str, str]:
        """Title -> name, without its ending, of every picture."""
        pictures = import_module("equity_core.figures.map")
        social = import_module("equity_core.figures.social")
        curves = import_module("equity_core.figures.frontier")
        comparison = self.answer.comparison
        maps = {
            of.title(comparison, row, view): f"{kind}-{row.column}-{view}"
            for kind, of in (("map", pictures), ("social", social))
            for row in quantities(self.answer.outcome.footprints)
            for view in VIEWS
        }
        posted = {social.frontier_title(comparison): "social-frontier"}
        return maps | {curves.title(comparison): "frontier"} | posted

    @cached_property
    def _present(self) -> dict[str, Maker]:
        """What the zip holds: of the maps the changes in footprints, and a frontier if any."""
        absent = ("social-", *(("frontier.",) if self.answer.frontier is None else ()))
        packed = tuple(f"map-{item.column}-change." for item in self.answer.outcome.footprints)
        return {
            name: make
            for name, make in self.makers.items()
            if not name.startswith(absent)
            and (name.startswith(packed) or not name.startswith("map-"))
        }

    @cached_property
    def _present_tables(self) -> tuple[Table, ...]:
        return tuple(self.tables[name]() for name in self._present if name in self.tables)

    @cached_property
    def _regions(self) -> Table:
        return exports.regions_export(self.answer.comparison)

    @cached_property
    def _comparison(self) -> Table:
        return exports.comparison_export(self.answer.comparison)

    @cached_property
    def _people(self) -> Table:
        return people_export(self.answer.comparison, self.answer.dataset)

    @cached_property
    def _hours(self) -> Table:
        return exports.hours_export(self.answer.comparison)

    @cached_property
    def _frontier(self) -> Table:
        frame = self.answer.frontier
        if frame is None:
            raise EquityError(
                "Both fairness weights are 0, so there is no frontier; set one of them above 0."
            )
        return exports.frontier_export(frame, self.answer.outcome)

    def _set_briefing(self, form: str) -> Contents:
        """As "html", whose reader has fonts for every script, or "pdf", which brings its own."""
        write = import_module("equity_core.figures.letters")
        briefing, room = self._briefing, import_module(f"equity_core.briefing.{form}")
        if form == "pdf" and (note := write.letters_note(self.answer.comparison)):
            briefing = self._briefing_of(write.lettered(self.answer.comparison))
            briefing = replace(briefing, caveats=(note, *briefing.caveats))
        return [getattr(room, f"briefing_{form}")(briefing)]

    @cached_property
    def _briefing(self) -> Any:
        return self._briefing_of(self.answer.comparison)

    def _briefing_of(self, comparison: Comparison) -> Any:
        make = import_module("equity_core.briefing.content").briefing_of
        answer = self.answer
        told = answer.frontier, answer.milestones, answer.address, answer.byline
        return make(comparison, answer.fleet, *told, answer.worth_of_waiting, answer.drawn)

    def _curve(self, form: str) -> Contents:
        draw = import_module("equity_core.figures.frontier").frontier_picture
        answer = self.answer
        return [draw(self._frontier.frame, answer.comparison, answer.fleet, form)]

    def _workbook(self) -> Contents:
        # Not at the top: only a workbook needs its library, and the page starts without it.
        spreadsheet = import_module("equity_core.export.xlsx")
        by_site = exports.hours_by_site_export(self.answer.outcome)
        tables = [by_site if table.name == "hours" else table for table in self._present_tables]
        return [spreadsheet.workbook(tables, about(self.answer.comparison, self.answer.dataset))]

    def _readme(self) -> Contents:
        names = (README, *self._present, DESCRIPTION)
        return [readme(self.answer.comparison, self.answer.dataset, names).encode("utf-8")]

    def _map_file(self, function: str) -> Contents:
        # Map libraries take a second to load.
        geofiles = import_module("equity_core.export.geo")
        return [getattr(geofiles, function)(self.answer.comparison, self.answer.fleet)]

    def _map_pictures(self) -> dict[str, Maker]:
        """map-water_m3-change.png and so on: every quantity, view and format."""
        return {
            f"map-{row.column}-{view}.{form}": partial(self._map_picture, row.column, view, form)
            for row in quantities(self.answer.outcome.footprints)
            for view in VIEWS
            for form in PICTURE_FORMATS
        }

    def _social_pictures(self) -> dict[str, Maker]:
        """social-water_m3-change.png and so on: every quantity and view, and the frontier."""
        maps = {
            f"social-{row.column}-{view}.png": partial(self._social_map, row.column, view)
            for row in quantities(self.answer.outcome.footprints)
            for view in VIEWS
        }
        return maps | {"social-frontier.png": self._social_frontier}

    def _social_map(self, column: str, view: str) -> Contents:
        draw = import_module("equity_core.figures.social").social_map
        return [draw(self.answer.comparison, self.answer.fleet, column, view)]

    def _social_frontier(self) -> Contents:
        draw = import_module("equity_core.figures.social").social_frontier
        answer = self.answer
        return [draw(self._frontier.frame, answer.comparison, answer.fleet)]

    def _map_picture(self, column: str, view: str, form: str) -> Contents:
        write = import_module("equity_core.figures.map").map_file
        drawn = self._map_figure(column, view)
        return [write(drawn, self.answer.comparison, column, view, form)]

    @cached_property
    def _map_figure(self) -> Callable[[str, str], Any]:
        """Draws a map; the last one is kept, since a package wants it in three formats."""
        draw = import_module("equity_core.figures.map").map_figure
        return lru_cache(maxsize=1)(partial(draw, self.answer.comparison, self.answer.fleet))


def _csv(table: Callable[[], Table]) -> Contents:
    return csv_blocks(table())
