"""Commands about what is not known: the future, and figures that may be off."""

from __future__ import annotations

from typing import Annotated

import typer

from equity_core.cli.given import (
    Folder,
    Link,
    ScenarioFile,
    Settings,
    open_dataset,
    read_scenario,
    say,
    told_where_infeasible,
)


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
    with told_where_infeasible(scenario, dataset, as_json):
        played = replay(scenario, dataset, method, forecast_of(forecast), parameters)
    told = Foresight(dataset, played)
    if out is not None:
        answers.write_files(out, told.files())
    say(told.json() if as_json else told.summary())


def robustness(  # noqa: PLR0913, PLR0917  one for each option
    scenario_file: ScenarioFile = None,
    link: Link = None,
    settings: Settings = None,
    spreads: Annotated[
        list[str] | None,
        typer.Option(
            "--range",
            metavar="QUANTITY=SHARE",
            help="Relative standard deviation of price, water, carbon, demand, or of one region's: "
            "price=0.2, texas.water=0.4; may repeat.",
        ),
    ] = None,
    together: Annotated[
        str, typer.Option(metavar="region|grid_area", help="Who shares a draw's factors.")
    ] = "region",
    draws: Annotated[int, typer.Option(help="How many, 1 to 10,000.")] = 128,
    seed: Annotated[int, typer.Option(help="The same seed, the same draws.")] = 1,
    asks_choices: Annotated[
        bool,
        typer.Option("--choices", help="Also try other weights, baselines, lenses and measures."),
    ] = False,
    briefing: Annotated[
        bool, typer.Option("--briefing", help="With --out: also the briefing, with the verdict.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    out: Folder = None,
) -> None:
    """Say how sure the verdict is where prices, water, carbon or demand may be off."""
    scenario = read_scenario(scenario_file, link, settings or [])
    from equity_core import answers  # noqa: PLC0415  as in solve
    from equity_core.answers.robustness import BRIEFINGS, Examined  # noqa: PLC0415
    from equity_core.robustness.ranges import Ranges, read_ranges  # noqa: PLC0415

    ranges = Ranges(read_ranges(spreads or []), together, draws, seed)
    dataset = open_dataset(scenario.dataset, settings or [])
    with told_where_infeasible(scenario, dataset, as_json):
        examined = Examined.of(scenario, dataset, ranges, asks_choices=asks_choices)
    if out is not None:
        answers.write_files(out, examined.files(BRIEFINGS if briefing else ()))
    say(examined.json() if as_json else examined.summary())
