"""The commands, one function each; those about what is not known are in uncertain.py."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from equity_core.cli import uncertain
from equity_core.cli.given import (
    Address,
    Folder,
    Link,
    ScenarioFile,
    Settings,
    open_dataset,
    read_scenario,
    say,
    told_where_infeasible,
)
from equity_core.cli.store import store
from equity_core.errors import (
    EquityError,
    printable,
)
from equity_core.scenario.link import LOCAL_ADDRESS

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Plan where AI load runs, and see who carries its carbon and water.",
)


@app.command()
def solve(  # noqa: PLR0913, PLR0917  one for each option
    scenario_file: ScenarioFile = None,
    link: Link = None,
    settings: Settings = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    out: Folder = None,
    zip_file: Annotated[
        Path | None,
        typer.Option("--zip", metavar="FILE", help="Write everything as one zip there."),
    ] = None,
    address: Address = LOCAL_ADDRESS,
    author: Annotated[str, typer.Option(help="Who hands the briefing over.")] = "",
    institution: Annotated[str, typer.Option(help="Whose institution it is.")] = "",
    date: Annotated[str, typer.Option(help="The briefing's date, as it is to stand there.")] = "",
) -> None:
    """Solve one scenario and compare it with its baseline."""
    scenario = read_scenario(scenario_file, link, settings or [])
    # Not at the top: the solver takes a second to load, and help and refusals need not wait for it.
    from equity_core import answers  # noqa: PLC0415
    from equity_core.outcome.byline import Byline  # noqa: PLC0415

    dataset = open_dataset(scenario.dataset, settings or [])
    with told_where_infeasible(scenario, dataset, as_json):
        answer = answers.Answer.to(
            scenario, dataset, address=address, byline=Byline(author, institution, date)
        )
        text = answer.json() if as_json else answer.summary()
        if out is not None:
            answers.write_files(out, answers.Making(answer).quick())
        if zip_file is not None:
            answers.write_file(zip_file, answers.Making(answer).zip())
    say(text)


@app.command()
def frontier(
    scenario_file: ScenarioFile = None,
    link: Link = None,
    settings: Settings = None,
    points: Annotated[int, typer.Option(min=3, max=1000, help="Points on the frontier.")] = 50,
    out: Folder = None,
) -> None:
    """Trace cost against the burden of the region that carries most; prints CSV without --out."""
    scenario = read_scenario(scenario_file, link, settings or [])
    from equity_core import answers  # noqa: PLC0415  as in solve

    answer = answers.Answer.to(scenario, open_dataset(scenario.dataset, settings or []), points)
    names = ("scenario.json", "frontier.csv")
    files = {name: answers.Making(answer).file(name) for name in names}
    if out is None:
        say(files["frontier.csv"].decode(), nl=False)
    else:
        answers.write_files(out, files)


@app.command()
def compare(
    links: Annotated[
        list[str] | None, typer.Option("--link", help="A link copied from the page; repeat it.")
    ] = None,
    names: Annotated[
        list[str] | None, typer.Option("--name", help="What they are called, in the same order.")
    ] = None,
    address: Address = LOCAL_ADDRESS,
    out: Folder = None,
) -> None:
    """Set up to five scenarios side by side under names of one's own."""
    from equity_core import answers  # noqa: PLC0415  as in solve
    from equity_core.answers.side_by_side import SideBySide, entries_of  # noqa: PLC0415

    entries = entries_of(links or [], names or [])
    told = SideBySide.to(entries, answers.open_named_dataset, address)
    if out is not None:
        answers.write_files(out, told.files())
    say(told.summary())


app.command()(uncertain.foresight)
app.command()(uncertain.robustness)
app.add_typer(store, name="store")
app.add_typer(store, name="store")


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CSV, Parquet, XLSX.")],
    timezone: Annotated[str, typer.Option(help="Zone of times that carry no offset.")] = "",
    units: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="COLUMN=UNIT", help="Unit of a column that names none."),
    ] = None,
    rates: Annotated[
        list[str] | None,
        typer.Option("--rate", metavar="CURRENCY=USD", help="Rate of a currency: EUR=1.08."),
    ] = None,
    fill_gaps: Annotated[
        bool, typer.Option("--fill-gaps", help="Fill gaps of up to three hours.")
    ] = False,
    title: Annotated[str, typer.Option(help="What the data set is called.")] = "",
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep it in the store, for --set dataset=ID and links.")
    ] = False,
    confirmed: Annotated[
        bool, typer.Option("--yes", help="Keep exports of publishers as they were read.")
    ] = False,
) -> None:
    """Check files of one's own: every problem with its place and remedy, or a summary."""
    from equity_core.answers import datasets  # noqa: PLC0415  as in solve

    given = datasets.read_answers(title, timezone, units or [], rates or [], fill_gaps)
    problems, text = datasets.check_files(files, given, keep, confirmed)
    if problems:
        typer.echo(printable(text), err=True)
        raise typer.Exit(EquityError.exit_code)
    say(text)


@app.command("datasets")
def list_datasets() -> None:
    """List the data sets at hand."""
    from equity_core.answers import datasets  # noqa: PLC0415  as in solve

    say(datasets.listing())


@app.command()
def verify(
    place: Annotated[
        Path, typer.Argument(metavar="FILE|DIR", help="An export, a folder of them, or a zip.")
    ],
) -> None:
    """Solve an export's scenario again, make the file anew and compare the two.

    Exit codes: 0 identical, 1 altered, something differs or was not checked, 2 it cannot be read.
    """
    from equity_core.answers import open_named_dataset  # noqa: PLC0415  as in solve
    from equity_core.verification.reading import read_files  # noqa: PLC0415
    from equity_core.verification.verify import verify as check_again  # noqa: PLC0415

    report = check_again(read_files(place), open_named_dataset)
    say(report.text())
    if not report.holds:
        raise typer.Exit(1)


@app.command()
def sweep(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A sweep: TOML or CSV.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Write the table there.")],
    scheduler: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            envvar="EQUITY_SCHEDULER",
            help="Of a dask scheduler: tcp://host:8786.",
        ),
    ] = "",
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=1000, help="Processes here; as many as processors unless said."),
    ] = None,
) -> None:
    """Ask a thousand questions at once: one file in, one table out.

    Interrupted, the same command goes on where it was. What cannot be answered stands in the table
    with its reason.
    """
    from equity_core.sweeps.cluster import answered, check_installed  # noqa: PLC0415  as in solve
    from equity_core.sweeps.reading import read_sweep  # noqa: PLC0415
    from equity_core.sweeps.run import Run  # noqa: PLC0415

    check_installed()
    run = Run.of(read_sweep(file), out)
    left = run.left()
    typer.echo(printable(run.outlook(len(left))), err=True)
    if left:
        parts = map(run.parts.at, left)
        answers = answered(parts, run.datasets, run.parts.digests, scheduler, workers)
        length = min(len(left) * run.parts.size, run.sweep.count)
        with typer.progressbar(length=length, file=sys.stderr) as bar:
            run.take(answers, bar.update)
    say("\n".join(run.write()))
