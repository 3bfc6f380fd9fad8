"""The command line: read the scenario, ask, print or write.

Exit codes: 0 solved, 1 an export does not hold, 2 bad input, 3 infeasible, 4 not certified; the
reason is one sentence on standard error.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from equity_core.errors import (
    LONGEST_ECHO,
    EquityError,
    InfeasibleError,
    ScenarioError,
    printable,
    shown,
)
from equity_core.scenario.file_text import LONGEST_FILE
from equity_core.scenario.link import LOCAL_ADDRESS, from_json, from_query, with_settings
from equity_core.scenario.scenario import Scenario

if TYPE_CHECKING:
    from equity_core.inputs.dataset import Dataset

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Plan where AI load runs, and see who carries its carbon and water.",
)

ScenarioFile = Annotated[
    Path | None, typer.Argument(metavar="scenario.json", help="A saved scenario.")
]
Link = Annotated[str | None, typer.Option("--link", help="A link copied from the page.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help="Change one field, such as reach=partial or factors.texas.water=1.5; may repeat.",
    ),
]
Folder = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write files there.")]


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
    address: Annotated[
        str, typer.Option(metavar="URL", help="Where the links of a briefing lead.")
    ] = LOCAL_ADDRESS,
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
    try:
        answer = answers.Answer.to(
            scenario, dataset, address=address, byline=Byline(author, institution, date)
        )
        text = answer.json() if as_json else answer.summary()
        if out is not None:
            answers.write_files(out, answers.Making(answer).quick())
        if zip_file is not None:
            answers.write_file(zip_file, answers.Making(answer).zip())
    except InfeasibleError as error:
        if as_json:
            say(answers.infeasible_json(scenario, dataset, error))
        raise
    say(text)


@app.command()
def frontier(
    scenario_file: ScenarioFile = None,
    link: Link = None,
    settings: Settings = None,
    points: Annotated[int, typer.Option(min=3, max=1000, help="Points on the frontier.")] = 50,
    out: Folder = None,
) -> None:
    """Trace cost against the burden of the worst-hit regions; prints CSV without --out."""
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
def foresight(  # noqa: PLR0913, PLR0917  one for each option
    scenario_file: ScenarioFile = None,
    link: Link = None,
    settings: Settings = None,
    method: Annotated[
        str, typer.Option(help="weights, mirror_descent, forecast or blend.")
    ] = "weights",
    forecast: Annotated[
        str, typer.Option(metavar="NAME|FILE", help="For forecast and blend: who says what comes.")
    ] = "last_week",
    error: Annotated[float, typer.Option(help="Of a noisy or biased forecast: 0.1 is 10%.")] = 0.1,
    trust: Annotated[
        float, typer.Option(help="How much worse than without a forecast a blend may be.")
    ] = 0.05,
    eta: Annotated[float, typer.Option(help="Step of mirror_descent.")] = 1e-4,
    zmax_water: Annotated[float, typer.Option(help="USD an hour, of mirror_descent.")] = 600.0,
    zmax_carbon: Annotated[float, typer.Option(help="USD an hour, of mirror_descent.")] = 900.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    out: Folder = None,
) -> None:
    """Plan hour by hour without knowing what comes, and say what that costs."""
    scenario = read_scenario(scenario_file, link, settings or [])
    from equity_core import answers  # noqa: PLC0415  as in solve
    from equity_core.answers.datasets import forecast_of  # noqa: PLC0415
    from equity_core.answers.foresight import Foresight  # noqa: PLC0415
    from equity_core.online.parameters import Parameters  # noqa: PLC0415
    from equity_core.online.replay import replay  # noqa: PLC0415

    parameters = Parameters(error, trust, eta, zmax_water, zmax_carbon)
    dataset = open_dataset(scenario.dataset, settings or [])
    try:
        played = replay(scenario, dataset, method, forecast_of(forecast), parameters)
    except InfeasibleError as impossible:
        if as_json:
            say(answers.infeasible_json(scenario, dataset, impossible))
        raise
    told = Foresight(dataset, played)
    if out is not None:
        answers.write_files(out, told.files())
    say(told.json() if as_json else told.summary())


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


def read_scenario(file: Path | None, link: str | None, settings: list[str]) -> Scenario:
    """The scenario of a file, a link or neither (the default), with settings on top.

    Raises `ScenarioError` for whatever cannot be read.
    """
    if file is not None and link is not None:
        raise ScenarioError(
            "link",
            "Both a scenario file and --link are given; give one of them and --set the rest.",
        )
    base = Scenario() if file is None else _read_file(file)
    return with_settings(base if link is None else from_query(link), settings)


def open_dataset(name: str, settings: list[str]) -> Dataset:
    """The data set of a scenario: a folder only where --set names it, as files come from anybody.

    Raises `DatasetError`.
    """
    from equity_core import answers  # noqa: PLC0415  as in solve

    set_here = any(text.partition("=")[0].strip() == "dataset" for text in settings)
    return answers.load_dataset(name) if set_here else answers.open_named_dataset(name)


def _read_file(file: Path) -> Scenario:
    try:
        with file.open("rb") as content:
            return from_json(content.read(4 * LONGEST_FILE + 1).decode("utf-8"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ScenarioError(
            "scenario.json",
            f"{shown(str(file))} cannot be read: {reason}; give the path of a saved scenario.",
        ) from error
    except UnicodeDecodeError as error:
        raise ScenarioError(
            "scenario.json",
            f"{shown(str(file))} is not a text file in UTF-8; give a saved scenario.",
        ) from error


def main(called: str = "equity-core") -> None:
    """Run the command line, which names itself as it was `called`.

    A refusal is one sentence and an exit code, never a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show a superscript 3 shows "?" and the run goes on.
            stream.reconfigure(errors="replace")
    # What an error of typer's repeats must not steer the terminal; a file may be called anything.
    given = [x if os.path.exists(x) else printable(x) for x in sys.argv[1:]]  # noqa: PTH110
    given = [x[:LONGEST_ECHO] if at == 0 or _is_option(x) else x for at, x in enumerate(given)]
    try:
        app(given, prog_name=called)
    except EquityError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)


def _is_option(argument: str) -> bool:
    """Whether it is the name of an option, which typer repeats as a whole where it is unknown."""
    return argument.startswith("--") and "=" not in argument


def say(text: str, nl: bool = True) -> None:
    """Print at once; raises EquityError where that cannot be, as on a full disk."""
    try:
        typer.echo(printable(text), nl=nl)
    except OSError as error:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115  nothing more to be lost at the end
        raise EquityError(
            f"The answer could not be printed: {(error.strerror or str(error)).lower()}. "
            "Print it where there is room, or write files with --out."
        ) from error
