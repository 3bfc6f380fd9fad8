"""How soon draws are seen: `python -m bench.draws [DATASET]` types seeds on Robustness.

A real browser types one seed after the other; beside it another reader moves a weight every second
on Explore. Prints a table and writes it into docs/BENCHMARKS.md.
"""

from __future__ import annotations

import asyncio
import os
import platform
import random
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from bench.reader import Reader
from bench.report import replace_section, times_row
from bench.serving import Served, launch, served
from bench.sizes import size_of

WARMING, DRAWS = 1, 128
LONGEST = 120_000
PAPER = "paper-2022"
ASKED = {PAPER: "v=2", "us-2023": "v=2&dataset=us-2023&baseline=nearest&movable_share=0.2"}
RUNS = {PAPER: 10, "us-2023": 2}
SECONDS = 3600.0
"""That the other reader goes on at most: until the runs are over."""

NOTED = """() => {
    const noted = window.__draws = {};
    const note = (what) => noted[what] ??= performance.now() - noted.pressed;
    document.addEventListener("keydown", (press) => {
        if (press.key !== "Enter") return;
        for (const what of Object.keys(noted)) delete noted[what];
        [noted.pressed, noted.seed] = [performance.now(), `seed ${press.target.value};`];
    }, true);
    const look = () => {
        requestAnimationFrame(look);
        const told = document.querySelector("p.ee-context")?.innerText ?? "";
        if (!noted.seed || !told.includes(noted.seed)) return;
        note("verdict");
        if (document.querySelector(".js-plotly-plot .boxlayer path")) note("pictures");
        if (document.querySelector(".st-key-robustness_cancel")) note("progress");
        else if (document.querySelector(".ee-list")) note("all");
        if (noted.all && document.querySelector(".st-key-menu_robustness")) note("files");
    };
    look();
}"""
"""Milliseconds from Enter to the frame in which something of that seed is there."""

LABELS = {
    "verdict": "**seed typed -> verdict of the first draws**",
    "all": "**seed typed -> all draws, with both answers**",
    "files": "seed typed -> files, with what matters most",
}


@dataclass
class Found:
    """What was measured: milliseconds of each run by what was waited for, and memory in bytes."""

    runs: list[dict[str, float]]
    server: list[int]
    workers: list[int]
    beside: list[float]
    problems: list[str]


def main(dataset: str = PAPER) -> None:
    """Some minutes at most."""
    load = os.getloadavg()[0]
    with (
        TemporaryDirectory() as folder,
        served(Path(folder) / "server.log") as app,
        sync_playwright() as playwright,
    ):
        page = launch(playwright).new_page(viewport={"width": 1280, "height": 900})
        found = _measured(page, app, dataset)
    lines = [*_table(found), "", _note(dataset, found, load)]
    print("\n".join(lines))
    if "--dry" not in sys.argv:
        replace_section(f"draws-{dataset}", "\n".join(lines))


def _measured(page: Page, app: Served, dataset: str) -> Found:
    page.goto(f"{app.address}/robustness?{ASKED[dataset]}&show_seed=100")
    page.wait_for_selector(".st-key-menu_robustness", timeout=LONGEST)
    page.evaluate(NOTED)
    for seed in range(WARMING):
        _typed(page, 101 + seed)
    found = Found([], [], [], [], [])
    with _another(app, found):
        for seed in range(RUNS[dataset]):
            found.runs.append(_typed(page, 201 + seed))
            print(found.runs[-1], file=sys.stderr, flush=True)
            held = size_of(app.pid)
            found.server.append(held.server)
            found.workers.append(held.workers)
    return found


def _typed(page: Page, seed: int) -> dict[str, float]:
    """One seed, until all is there that follows it."""
    box = page.get_by_role("textbox", name="Seed")
    box.fill(str(seed))
    box.press("Enter")
    page.wait_for_function("() => window.__draws.files", timeout=LONGEST)
    page.wait_for_function(
        "() => !document.body.innerText.includes('Being computed:')", timeout=LONGEST
    )
    page.wait_for_timeout(500)
    noted: dict[str, float] = page.evaluate("() => ({...window.__draws})")
    return noted


@contextmanager
def _another(app: Served, found: Found) -> Iterator[None]:
    """A reader of Explore beside, in a thread of his own."""
    reader = Reader(app.address, "v=2", random.Random(2022))
    loop = asyncio.new_event_loop()
    reading = loop.create_task(reader.read(SECONDS, 1.0))

    def go_on() -> None:
        with closing(loop):
            loop.run_until_complete(asyncio.wait([reading]))

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(reading.cancel)
        thread.join()
    found.beside, found.problems = reader.answers, reader.problems


def _table(found: Found) -> list[str]:
    rows = [
        times_row(label, [run[what] for run in found.runs if what in run])
        for what, label in LABELS.items()
    ]
    rows.append(times_row("another reader: weight moved -> page answered", _ms(found.beside)))
    return [
        "| what | median | p95 | most | number |",
        "|---|---|---|---|---|",
        *rows,
        "",
        "| memory | after the first run | halfway | after the last |",
        "|---|---|---|---|",
        _memory("web server", found.server),
        _memory("its workers together", found.workers),
    ]


def _ms(seconds: list[float]) -> list[float]:
    return [1000 * one for one in seconds]


def _memory(what: str, sizes: list[int]) -> str:
    told = " | ".join(f"{sizes[at] / 1e6:.0f} MB" for at in (0, len(sizes) // 2, -1))
    return f"| {what} | {told} |"


def _note(dataset: str, found: Found, load: float) -> str:
    return (
        f"{len(found.runs)} seeds of {DRAWS} draws on {dataset}, after {WARMING} other; "
        f"{len(found.problems)} errors. {date.today():%-d %B %Y}, Python "
        f"{platform.python_version()}, {os.cpu_count()} processors, which the browser and the "
        f"other reader share; other work on the machine before (load average): {load:.1f}."
    )


if __name__ == "__main__":
    main(*[word for word in sys.argv[1:] if word != "--dry"])
