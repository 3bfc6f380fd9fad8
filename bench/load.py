"""Fifty readers before two servers: `python -m bench.load --minutes 10` (docs/BENCHMARKS.md).

Real sessions (bench/visitor.py) through nginx, on one PostgreSQL. Each reader changes something,
reads what came, and goes on: weights, factors, goals, data sets, downloads, uploads. Then what
readers do who mean no good (bench/rough.py). Outside CI: thirteen minutes.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.replicas import Site, running_site
from bench.report import replace_section
from bench.rough import roughly
from bench.sizes import Size, size_of
from bench.visitor import Refused, Visitor, visiting
from equity_core.inputs.upload.template import template_csv

READERS, PAUSE, SEED = 50, 10.0, 2022
EVERY = 5.0
"""Seconds between two looks at the memory."""

AWAKE = 10.0
"""Seconds after which a page's last parts are not waited for before the first reader comes."""

SERVERS = {"EQUITY_CLIENT_SESSIONS": "1000"}
AS_AN_OFFICE = {
    "EQUITY_CONNECTIONS": "1000",
    "EQUITY_SOCKETS": "1000",
    "EQUITY_PAGES_PER_SECOND": "100",
}
"""All readers come from one address."""

YEARS = ("us-2023&baseline=nearest&movable_share=0.2", "world-2023")
BRIEFINGS = ("briefing_(pdf)", "briefing_(html)", "everything_(zip)")
TABLES = ("regions_csv", "hours_csv", "all_tables_xlsx")


@dataclass(frozen=True)
class Told:
    """One thing that a reader did: what, when, and the seconds until it was answered; until all
    of the page was there, the frontier as well, or 0 where the reader went on before."""

    kind: str
    since: float
    answered: float
    complete: float


@dataclass
class Run:
    """What is noted of all readers."""

    began: float
    seconds: float
    pause: float
    told: list[Told] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, Size]] = field(default_factory=list)

    @property
    def now(self) -> float:
        """Seconds since it began."""
        return time.perf_counter() - self.began


async def first_page(visitor: Visitor, _: random.Random) -> None:
    """As a link without a scenario opens it."""
    await visitor.go("v=2")


async def weights(visitor: Visitor, chosen: random.Random) -> None:
    """A few steps of a slider."""
    names = [name for name in visitor.widgets if "_weight_slider-" in name]
    if not names:
        return await visitor.go(f"v=2&water_weight={chosen.randint(1, 99)}")
    slider = visitor.widgets[chosen.choice(names)]
    state = WidgetState(id=slider.id)
    state.string_array_value.data.append(chosen.choice(slider.options[1:]))
    return await visitor.set(state)


async def factors(visitor: Visitor, chosen: random.Random) -> None:
    """What water or carbon counts in one region."""
    of = chosen.choice(("texas.water", "virginia.carbon", "singapore.price"))
    await visitor.go(f"v=2&water_weight={chosen.randint(1, 99)}&{of}=1.{chosen.randint(10, 99)}")


async def goals(visitor: Visitor, chosen: random.Random) -> None:
    """A limit to what it may cost."""
    limit = chosen.randint(10, 90)
    await visitor.go(f"v=2&cost_increase_limit={limit}&water_weight={chosen.randint(1, 99)}")


async def datasets(visitor: Visitor, chosen: random.Random) -> None:
    """A year of others."""
    await visitor.go(f"v=2&dataset={chosen.choice(YEARS)}&water_weight={chosen.randint(1, 99)}")


async def downloads(visitor: Visitor, chosen: random.Random) -> None:
    """A table, or a briefing."""
    if not any("_weight_slider-" in name for name in visitor.widgets):
        await visitor.go(f"v=2&water_weight={chosen.randint(1, 99)}")
    file = chosen.choice((*BRIEFINGS, *TABLES))
    if file in TABLES:
        menu = WidgetState(id=visitor.widgets["menu_download_tables"].id, bool_value=True)
        await visitor.set(menu)
    if not await visitor.download(f"download_{file}"):
        raise Refused(f"{file} is empty.")


async def uploads(visitor: Visitor, chosen: random.Random) -> None:
    """The template with other figures, looked at and kept."""
    await visitor.go("v=2", page="data")
    uploader = next(name for name in visitor.widgets if name.startswith("own_files_"))
    demand = f",27.{chosen.randint(100, 999)}\n".encode()
    content = template_csv().replace(b",26.273\n", demand, 1)
    await visitor.set(await visitor.upload(uploader, "own.csv", content))
    if "own_use" not in visitor.widgets:
        raise Refused("The file was not taken.")
    await visitor.set(WidgetState(id=visitor.widgets["own_use"].id, trigger_value=True))


Action = Callable[[Visitor, random.Random], Awaitable[None]]
ACTIONS: dict[Action, int] = {
    weights: 45,
    factors: 15,
    goals: 15,
    datasets: 10,
    downloads: 10,
    uploads: 5,
}
"""What readers do, and how often of a hundred times."""


def main(minutes: float, readers: int, pause: float) -> None:
    """Run all of it; print the tables and write them into docs/BENCHMARKS.md."""
    with (
        TemporaryDirectory() as folder,
        running_site(Path(folder), SERVERS, **AS_AN_OFFICE) as site,
    ):
        asyncio.run(wake(site))
        load = os.getloadavg()[0]
        run = asyncio.run(_all(site, Run(time.perf_counter(), 60 * minutes, pause), readers))
        lines = [*_by_minute(run), "", *_by_kind(run), "", *_notes(run, readers, load)]
        print("\n".join(lines), flush=True)
        lines += ["", *asyncio.run(roughly(site.replicas["a"].running))]
    print(lines[-1])
    replace_section("load", "\n".join(lines))


async def wake(site: Site) -> None:
    """One of everything on each server, whose workers start when first needed."""
    for replica in site.replicas.values():
        async with visiting(replica.running.address) as visitor:
            for action in ACTIONS:
                await action(visitor, random.Random(SEED))
                with suppress(TimeoutError):
                    async with asyncio.timeout(AWAKE):
                        await visitor.until_complete()


async def _all(site: Site, run: Run, readers: int) -> Run:
    watching = asyncio.create_task(_watch(site, run))
    await asyncio.gather(*(_read(site.address, number, run) for number in range(readers)))
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return run


async def _watch(site: Site, run: Run) -> None:
    while True:
        sizes = [size_of(replica.running.pid) for replica in site.replicas.values()]
        run.memory.append((run.now, Size(*map(sum, zip(*sizes, strict=True)))))
        await asyncio.sleep(EVERY)


async def _read(address: str, number: int, run: Run) -> None:
    """One reader, who comes within the first pause and stays until the end."""
    chosen = random.Random(SEED + number)
    await asyncio.sleep(chosen.uniform(0, run.pause))
    try:
        async with visiting(address) as visitor:
            await _do(first_page, visitor, chosen, run)
            while run.now < run.seconds:
                action = chosen.choices(list(ACTIONS), list(ACTIONS.values()))[0]
                await _do(action, visitor, chosen, run)
            run.errors += visitor.problems
    except Exception as error:  # noqa: BLE001  one reader's end is a figure, not the bench's end
        run.errors.append(f"{type(error).__name__}: {error}")


async def _do(action: Action, visitor: Visitor, chosen: random.Random, run: Run) -> None:
    """One thing, and what the reader reads then."""
    kind, since = action.__name__.replace("_", " "), run.now
    try:
        await action(visitor, chosen)
    except Refused as error:
        run.errors.append(f"{kind}: {error}")
        return
    except TimeoutError as error:  # what comes later would be taken for the next answer
        raise TimeoutError(f"{kind}: no answer within the time limit") from error
    answered = run.now
    reading = asyncio.create_task(asyncio.sleep(chosen.uniform(0.5, 1.5) * run.pause))
    complete = await _complete(visitor, reading)
    run.told.append(Told(kind, since, answered - since, complete and run.now - since))
    await reading


async def _complete(visitor: Visitor, reading: asyncio.Task[None]) -> bool:
    """Whether the rest of the page came while the reader was reading."""
    completing = asyncio.create_task(visitor.until_complete())
    await asyncio.wait([completing, reading], return_when=asyncio.FIRST_COMPLETED)
    if not completing.done():
        completing.cancel()
    await asyncio.wait([completing])
    return not completing.cancelled()


def _by_minute(run: Run) -> list[str]:
    lines = [
        "| minute | answers | median | p95 | servers | their workers |",
        "|---|---|---|---|---|---|",
    ]
    for minute in range(int(np.ceil(run.seconds / 60))):
        first, last = 60.0 * minute, 60.0 * (minute + 1)
        took = [told.answered for told in run.told if first <= told.since < last]
        sizes = [size for at, size in run.memory if first <= at < last] or [Size(0, 0)]
        servers, workers = np.median(sizes, axis=0) / 1e6
        lines.append(
            f"| {minute + 1} | {len(took)} | {_quantiles(took)} "
            f"| {servers:.0f} MB | {workers:.0f} MB |"
        )
    return lines


def _by_kind(run: Run) -> list[str]:
    lines = [
        "| what | number | answered, median | p95 | complete before the next | median | p95 |",
        "|---|---|---|---|---|---|---|",
    ]
    kinds = ["first page", *(action.__name__ for action in ACTIONS)]
    for label, among in [*((kind, (kind,)) for kind in kinds), ("**all**", tuple(kinds))]:
        told = [one for one in run.told if one.kind in among]
        times = _quantiles([one.answered for one in told])
        complete = [one.complete for one in told if one.complete]
        lines.append(
            f"| {label} | {len(told)} | {times} | {len(complete)} | {_quantiles(complete)} |"
        )
    return lines


def _quantiles(times: list[float]) -> str:
    if not times:
        return "- | -"
    middle, high = np.percentile(times, (50, 95))
    return f"{middle:.2f} s | {high:.2f} s"


def _notes(run: Run, readers: int, load: float) -> list[str]:
    return [
        f"{readers} readers, each of whom does something, reads for {0.5 * run.pause:g} to "
        f"{1.5 * run.pause:g} s, and goes on; {len(run.errors)} errors. {os.cpu_count()} "
        f"processors, which readers, nginx and PostgreSQL share; other work on the machine before "
        f"(load average): {load:.1f}.",
        *(f"* {error}" for error in run.errors[:5]),
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m bench.load")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--readers", type=int, default=READERS)
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds a reader reads")
    return parser.parse_args()


if __name__ == "__main__":
    main(**vars(_arguments()))
