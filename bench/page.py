"""How fast the page answers: `python -m bench.page [DATASET]` moves the weights in a real browser.

Prints one table and writes it into docs/BENCHMARKS.md. Browser and server share the machine, and
WebGL is done in software, as on a plain office computer without a graphics card.
"""

from __future__ import annotations

import base64
import os
import platform
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.report import replace_section, times_row
from bench.serving import launch, served

CHANGES = 60
STARTS = 7
PROBE = Path(__file__).parent / "probe.js"
QUIET = 300
"""Milliseconds without a message or a repaint after which a change is over."""
# From both ends of the sliders: 60 steps in which no ratio of the weights comes twice, so that
# neither a plan nor a frontier is ever found in a cache.
START = "?v=2&dataset={}&water_weight=1&carbon_weight=100000"
PAPER = "paper-2022"
LIKE_ITS_PRESETS = {"us-2023": "&baseline=nearest&movable_share=0.2"}
"""How a data set is asked on its own first page, where that is not the default."""
MOVES = (("water_weight", "ArrowRight"), ("carbon_weight", "ArrowLeft"))
LABELS = {
    "sent": "key pressed -> change sent by the browser",
    "server": "server: change received -> end of the run, with the frontier where it came soon",
    "figures": "key pressed -> figures repainted",
    "bars": "key pressed -> bars repainted",
    "map": "key pressed -> map repainted",
    "first": "key pressed -> first of these repainted",
    "here": "key pressed -> frontier repainted: your plan moved, curve new or marked stale",
    "light": "**key pressed -> all of these repainted**",
    "all": "**key pressed -> new frontier curve repainted, nothing stale**",
}


@dataclass(frozen=True)
class Change:
    """Milliseconds from the key to each repaint; a part that looked the same has none."""

    parts: dict[str, float]


def main(dataset: str = PAPER) -> None:
    """Seven starts, sixty changes; about three minutes."""
    load = os.getloadavg()[0]
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = launch(playwright)
        log = Path(folder) / "server.log"
        starts = [_start_up(browser, log) for _ in range(STARTS)]
        changes = _changes(browser, log, _query(dataset))
        version = browser.version
    lines = [*_table(changes), "", *_notes(dataset, starts, version, load)]
    print("\n".join(lines))
    replace_section(f"page-{dataset}", "\n".join(lines))


def _query(dataset: str) -> str:
    return START.format(dataset) + LIKE_ITS_PRESETS.get(dataset, "")


def _start_up(browser: Browser, log: Path) -> dict[str, float]:
    """Seconds from starting the server until each part of the first page was painted."""
    with served(log) as app:
        page = _opened(browser, f"{app.address}/?v=2")
        marks, now = page.evaluate("() => [__probe.marks, performance.now()]")
        opened = time.perf_counter() - app.began - now / 1000
        page.context.close()
    return {mark["part"]: opened + mark["at"] / 1000 for mark in reversed(marks)}


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(path=PROBE)
    page.goto(address)
    _wait_for(page, "__probe.isPainted()")
    return page


def _wait_for(page: Page, condition: str) -> None:
    """Not with every frame, Playwright's habit: that would have the browser draw all the time."""
    page.wait_for_function(f"() => {condition}", polling=50)


def _changes(browser: Browser, log: Path, query: str) -> list[Change]:
    with served(log) as app:
        page = _opened(browser, f"{app.address}/{query}")
        _wait_until_settled(page)
        return [_change(page, *move) for move in islice(cycle(MOVES), CHANGES)]


def _change(page: Page, weight: str, key: str) -> Change:
    page.locator(f".st-key-weight_{weight} input[type=range]").focus()
    _wait_until_settled(page)
    page.evaluate("() => __probe.clear()")
    page.keyboard.press(key)
    # A preview is painted at once: the change is over no sooner than the server has answered.
    _wait_for(page, "__probe.frames.some((frame) => frame.way === 'in')")
    _wait_until_settled(page)
    return change_of(page.evaluate("() => __probe"))


def _wait_until_settled(page: Page) -> None:
    _wait_for(page, f"__probe.settled({QUIET})")


def change_of(probe: dict[str, Any]) -> Change:
    """One change from what bench/probe.js noted."""
    pressed = probe["keys"][0]
    marks = probe["marks"]
    parts = {}
    for part in ("figures", "bars", "map"):
        if drawn := [mark["at"] for mark in marks if mark["part"] == part]:
            parts[part] = drawn[-1] - pressed
    frontier = [mark for mark in marks if mark["part"] == "frontier"]
    moved = [mark for mark in frontier if mark["stale"]] or frontier
    if moved:
        parts["here"] = moved[-1]["at"] - pressed
    parts["first"] = min(parts.values())
    parts["light"] = max(
        parts[part] for part in ("figures", "bars", "map", "here") if part in parts
    )
    parts["all"] = max([parts["light"], *(mark["at"] - pressed for mark in frontier)])
    return Change(parts | _server_share(probe["frames"], pressed))


def _server_share(frames: list[dict[str, Any]], pressed: float) -> dict[str, float]:
    sent = next(frame["at"] for frame in frames if frame["way"] == "out")
    done = next(at for at in _ends_of_runs(frames) if at > sent)
    return {"sent": sent - pressed, "server": done - sent}


def _ends_of_runs(frames: list[dict[str, Any]]) -> Iterator[float]:
    """When the browser was told that a run of the whole page was over."""
    for frame in frames:
        if frame["way"] == "in" and frame["bytes"]:
            message = ForwardMsg.FromString(base64.b64decode(frame["bytes"]))
            over = message.WhichOneof("type") == "script_finished"
            if over and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                yield frame["at"]


def _table(changes: list[Change]) -> list[str]:
    lines = ["| what | median | p95 | most | changes |", "|---|---|---|---|---|"]
    for part, label in LABELS.items():
        times = [change.parts[part] for change in changes if part in change.parts]
        if not times:
            continue
        lines.append(times_row(label, times))
    return lines


def _notes(dataset: str, starts: list[dict[str, float]], version: str, load: float) -> list[str]:
    after = os.getloadavg()[0]
    return [
        f"{CHANGES} changes of one weight by keyboard, each to a scenario and a frontier never "
        f"seen before, on {dataset} at 1280 x 800.",
        f"Start of the server to a first page that can be used, with sliders, figures and bars: "
        f"{_spread([max(start['figures'], start['bars']) for start in starts])}; with its map: "
        f"{_spread([start['map'] for start in starts])} ({len(starts)} starts).",
        f"Python {platform.python_version()}, Chromium {version} without a graphics card, "
        f"{os.cpu_count()} processors. Other work on the machine while measuring (load average): "
        f"{load:.1f} before, {after:.1f} after; the browser itself is part of the latter.",
    ]


def _spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.1f} s ({min(seconds):.1f} to {max(seconds):.1f} s)"


if __name__ == "__main__":
    main(*sys.argv[1:])
