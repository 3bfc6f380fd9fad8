"""README.txt of a sweep: what was asked, what came out, what could not be answered, the columns."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from textwrap import fill

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from equity_core.errors import printable
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from equity_core.sweeps.answering import SOLVED
from equity_core.sweeps.design import Sweep
from equity_core.sweeps.table import Columns, described
from equity_core.text.numbers import signed

TABLE, WIDTH = "sweep.parquet", 96
MOST_SENTENCES, MOST_NUMBERS = 20, 10
CHANGES = ("cost_usd_change_pct", "worst_", "total_")
"""How the columns begin whose range is told."""


def summary(sweep: Sweep, table: bytes) -> list[str]:
    """How many questions were answered, the range of each change, and why others were not."""
    read = pq.read_table(io.BytesIO(table))
    solved = read.filter(pc.equal(read["status"], SOLVED))
    count = counted(len(read), "question")
    lines = [f"{sweep.title}: {count}, {len(solved):,} answered."]
    return [*lines, *_ranges(solved), *_failures(read)]


def _ranges(solved: pa.Table) -> Iterator[str]:
    """Least, median and most of every change in percent."""
    for name in solved.column_names:
        if name.endswith("_change_pct") and name.startswith(CHANGES):
            cells = solved[name].drop_null().to_numpy()
            if len(cells):
                low, middle, high = (
                    signed(float(pc.quantile(pa.array(cells), q)[0].as_py())) for q in (0, 0.5, 1)
                )
                yield f"{name}: {low}% to {high}%, median {middle}%."


def _failures(read: pa.Table) -> Iterator[str]:
    """Each reason once, with how many questions it holds for and the first of them."""
    failed = read.filter(pc.not_equal(read["status"], SOLVED))
    numbers: dict[str, list[int]] = {}
    for number, sentence in zip(
        failed["question"].to_pylist(), failed["sentence"].to_pylist(), strict=True
    ):
        numbers.setdefault(sentence, []).append(number)
    for sentence in list(numbers)[:MOST_SENTENCES]:
        found = numbers[sentence]
        told = ", ".join(map(str, found[:MOST_NUMBERS]))
        more = f" and {len(found) - MOST_NUMBERS:,} more" if len(found) > MOST_NUMBERS else ""
        yield f"Not answered: question {told}{more}. {sentence}"
    if len(numbers) > MOST_SENTENCES:
        yield f"Not answered for {len(numbers) - MOST_SENTENCES:,} further reasons: see `sentence`."


def readme(
    sweep: Sweep, datasets: Mapping[str, Dataset], columns: Columns, told: list[str]
) -> bytes:
    """README.txt beside the table; `told` is its `summary`."""
    lines = [f"Equity Explorer, sweep: {sweep.title}", ""]
    lines += _wrapped(sweep.question) if sweep.question else []
    lines += ["All figures are simulated: plans of a solver, not measurements.", ""]
    lines += ["Result", *(line for text in told for line in _wrapped(text, "  "))]
    lines += ["", "Files", f"  {TABLE}  a row a question, in the order of the file"]
    lines += [f"  {sweep.source}  what was asked"]
    lines += ["  parts/  what was answered so far; may be removed, and spares asking again", ""]
    lines += ["Repeat it", f"  python -m equity_core sweep {sweep.source} --out DIR", ""]
    lines += ["Each row's `scenario` is a link's query: solve --link opens the same plan.", ""]
    lines += ["Data", *(line for data in datasets.values() for line in _of_data(data))]
    lines += ["", "Columns"]
    lines += [line for item in columns.all for line in _wrapped(described(item), "  ")]
    return (printable("\n".join(lines)) + "\n").encode("utf-8")


def _of_data(dataset: Dataset) -> Iterator[str]:
    yield from _wrapped(f"{dataset.id}, version {dataset.version}: {dataset.title}.", "  ")
    yield from _wrapped(f"Licence: {dataset.licence} {dataset.attribution}", "    ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    further = indent + ("  " if indent else "")
    return fill(text, WIDTH, initial_indent=indent, subsequent_indent=further).splitlines()
