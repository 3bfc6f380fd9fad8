"""How the picture follows the finger: `python -m bench.drag [QUERY]`, half a minute.

Drags the water weight to and fro in a real browser and prints updates a second, gaps and long
tasks, for figures, bars and map; then how long the certified answer takes after the release.
Writes the table "While a weight is dragged" of docs/BENCHMARKS.md.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from playwright.sync_api import Page, sync_playwright

from bench.report import replace_section
from bench.serving import launch, served

SCRIPT = Path(__file__).with_suffix(".js")
PAPER = "?v=2"
SLIDER = ".st-key-weight_water_weight"
THUMB = f"{SLIDER} [data-testid=stSliderThumbValue]"
SECONDS, DRAGS = 3.0, 5
"""Length of a drag, and how many."""
SPAN = 34
"""Pixels to either side, about 13 steps of the slider."""
PARTS = ("figures", "bars", "map")


@dataclass(frozen=True)
class Drag:
    """One drag: when each part was drawn anew, long tasks, and the release (ms)."""

    began: float
    released: float
    drawn: dict[str, list[float]]
    long: list[float]
    certified: float


def main(query: str = PAPER) -> None:
    """Five drags."""
    load = os.getloadavg()[0]
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = launch(playwright)
        with served(Path(folder) / "server.log") as app:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.add_init_script(path=SCRIPT)
            page.goto(f"{app.address}/{query}")
            page.wait_for_selector(".ee-nodes", state="attached", timeout=60_000)
            page.wait_for_timeout(1500)
            page.evaluate("() => __drag.begin()")
            drags = [_drag(page) for _ in range(DRAGS)]
        version = browser.version
    text = "\n".join([*_table(drags), "", _note(version, load)])
    print(text)
    if "--dry" not in sys.argv:
        replace_section("drag", text)


def _drag(page: Page) -> Drag:
    box = page.locator(THUMB).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    _clear(page)
    began = _now(page)
    while (passed := (_now(page) - began) / 1000) < SECONDS:
        page.mouse.move(x + SPAN * _to_and_fro(passed / SECONDS), y)
    released = _now(page)
    noted = page.evaluate("() => __drag")
    page.mouse.up()
    certified = _until_certified(page) - released
    page.wait_for_timeout(1500)
    inside = {part: [at for at in noted[part] if began <= at <= released] for part in PARTS}
    return Drag(began, released, inside, [length for _, length in noted["long"]], certified)


def _to_and_fro(share: float) -> float:
    """From 0 to 1, back to -1, and to another place than it began."""
    return float(np.interp(share, (0.0, 0.25, 0.75, 1.0), (0.0, 1.0, -1.0, 0.3)))


def _until_certified(page: Page) -> float:
    done = "() => document.querySelector('.ee-preview').dataset.kind === 'certified'"
    page.wait_for_function(
        f"{done} && !document.querySelector('.ee-overlay') && performance.now()", polling="raf"
    )
    return _now(page)


def _now(page: Page) -> float:
    now: float = page.evaluate("() => performance.now()")
    return now


def _clear(page: Page) -> None:
    page.evaluate(
        "() => Object.values(__drag).forEach((list) => { if (list.length) list.length = 0 })"
    )


def _table(drags: list[Drag]) -> list[str]:
    lines = [
        "| part | updates a second | median gap | p95 gap | longest gap |",
        "|---|---|---|---|---|",
    ]
    for part in PARTS:
        gaps = np.concatenate([np.diff(drag.drawn[part]) for drag in drags])
        rate = np.mean([1000 * len(d.drawn[part]) / (d.released - d.began) for d in drags])
        middle, high, most = np.percentile(gaps, (50, 95, 100))
        lines.append(f"| {part} | {rate:.0f} | {middle:.0f} ms | {high:.0f} ms | {most:.0f} ms |")
    long = [length for drag in drags for length in drag.long]
    waits = ", ".join(f"{drag.certified:.0f}" for drag in drags)
    told = f"Longest task while dragging: {max(long, default=0):.0f} ms ({len(long)} above 50 ms)."
    return [
        *lines,
        "",
        told,
        "",
        f"Release to certified, our map lifted (a second later if no colour moves), ms: {waits}.",
    ]


def _note(version: str, load: float) -> str:
    return (
        f"{DRAGS} drags of {SECONDS:.0f} s over {2 * SPAN} pixels, to and fro, at 1280 x 800; "
        f"Chromium {version} without a graphics card, {os.cpu_count()} processors; "
        f"load average before: {load:.1f}."
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
