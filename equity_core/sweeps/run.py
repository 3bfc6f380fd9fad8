"""A sweep from its file to its table: what is answered already, what is left, and the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from equity_core.errors import ScenarioError, SweepError
from equity_core.export.atomic import write_files
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.checks import FURTHER
from equity_core.scenario.link import from_query
from equity_core.scenario.scenario import NEW_SITE, check_against
from equity_core.store.opening import open_named_dataset
from equity_core.sweeps.answering import Row
from equity_core.sweeps.cluster import Answered
from equity_core.sweeps.design import Sweep
from equity_core.sweeps.parts import Kept, Parts
from equity_core.sweeps.question import DATASET, Question
from equity_core.sweeps.report import TABLE, readme, summary
from equity_core.sweeps.table import Columns, asked_cells, parquet
from equity_core.version import __version__


@dataclass(frozen=True)
class Run:
    """A sweep on its way into a folder.

    lost  rows of parts that no worker could answer, by key: told, not kept
    """

    sweep: Sweep
    datasets: Mapping[str, Dataset]
    parts: Parts
    folder: Path
    lost: dict[str, list[Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, sweep: Sweep, folder: Path) -> Run:
        """Opens the sweep's data sets; raises `DatasetError`, and `SweepError` for a site that
        none of them has."""
        datasets = {name: open_named_dataset(name) for name in _names(sweep)}
        _check_places(sweep, datasets)
        return cls(sweep, datasets, Parts.of(sweep, datasets), folder)

    @property
    def kept(self) -> Kept:
        """What is answered of it already."""
        return Kept(self.folder / "parts")

    def left(self) -> list[int]:
        """The first question of each part that is still to be answered."""
        return [part.first for part in self.parts if self.kept.rows(part) is None]

    def outlook(self, left: int) -> str:
        """How much it is, told before anything starts, with `left` parts still to be answered."""
        sweep, parts = self.sweep, len(self.parts.firsts)
        already = f"; {parts - left:,} of them are answered already" if left < parts else ""
        where = ", ".join(self.datasets)
        return (
            f"{sweep.title}: {counted(sweep.count, 'question')} on {where}, in "
            f"{counted(parts, 'part')}{already}."
        )

    def take(self, answers: Iterable[Answered], tell: Callable[[int], object]) -> None:
        """Keep every part as it comes; `tell` hears of how many questions it was."""
        for part, rows, worth_keeping in answers:
            if worth_keeping:
                self.kept.keep(part, rows)
            else:
                self.lost[part.key] = rows
            tell(len(rows))

    def rows(self) -> Iterator[Row]:
        """Every row of the table, in the order of the sweep."""
        for part in self.parts:
            found = self.lost.get(part.key) or self.kept.rows(part)
            if found is None:
                raise SweepError(
                    f"A part of the sweep is gone from {self.folder / 'parts'}: run the same "
                    "command again to answer it."
                )
            for number, row in enumerate(found, start=part.first):
                yield asked_cells(self.sweep, number) | row

    def write(self) -> list[str]:
        """Writes the table and what belongs to it, all or nothing; returns what came out."""
        columns = Columns.of(self.sweep, self.datasets)
        about = {
            "title": self.sweep.title,
            "question": self.sweep.question,
            "simulated": "true",
            "product_version": __version__,
            "data": ", ".join(f"{name} {data.version}" for name, data in self.datasets.items()),
        }
        table = parquet(columns, self.rows(), about)
        told = summary(self.sweep, table)
        page = readme(self.sweep, self.datasets, columns, told)
        files = {TABLE: table, "README.txt": page, self.sweep.source: self.sweep.content}
        write_files(self.folder, files)
        return told


def _names(sweep: Sweep) -> tuple[str, ...]:
    """The data sets that a sweep asks about."""
    named = [value.text for value in sweep.values(DATASET)]
    everywhere = any(all(DATASET in step for step in axis) for axis in sweep.axes)
    return tuple(dict.fromkeys(named if everywhere else [*named, Question(()).dataset]))


def _check_places(sweep: Sweep, datasets: Mapping[str, Dataset]) -> None:
    """Raises `SweepError` for a site or footprint that no data set of the sweep has."""
    new = {NEW_SITE} if "new_site_like" in sweep.keys else set()
    for place in dict.fromkeys(key.rpartition(".")[0] for key in sweep.keys if "." in key):
        if place in new:
            continue
        # Of what is set there the place alone counts: a value may be the default.
        field = "weight" if place.startswith(FURTHER) else "price"
        scenario = from_query({f"{place}.{field}": "2"})
        problems = []
        for name, dataset in datasets.items():
            try:
                check_against(scenario.replace(dataset=name), dataset)
            except ScenarioError as error:
                problems.append(error)
        if len(problems) == len(datasets):
            raise SweepError(f"{sweep.source}: {problems[0]}") from problems[0]
