"""How tests read and move the page, and what it should say: the solver's own words."""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from equity_core import Scenario, load_dataset, solve
from equity_core.outcome.outcome import Comparison
from equity_core.text.numbers import amount
from equity_core.text.opening.alone import alone
from equity_core.text.opening.headline import headline_sentences, small_sentences
from ui.maps.places import ALL, camera_for, mercator, places_of
from ui.theme import LIGHT, Look

DATA = load_dataset("paper-2022")
FIGURES = ("cost", "worst_water", "worst_carbon", "worse")
WAIT = 60_000
FRONTIER = ".st-key-frontier_plot .stPlotlyChart"
HEAT = "[class*=_heat_] .js-plotly-plot"
DRAWN = 500
"""Milliseconds within which the browser has drawn what a finished run sent."""
SENT = 200
"""Milliseconds within which the browser tells the server of a change."""
SAHARA = (5.0, 23.0)
ALIKE = 24
"""Difference of two colours that blending and rounding explain."""


def solved(scenario: Scenario) -> Comparison:
    """The scenario against its baseline, by the solver itself."""
    data = DATA if scenario.dataset == DATA.id else load_dataset(scenario.dataset)
    return solve(scenario, data).compare(solve(scenario.baseline_scenario(), data))


def figures_of(comparison: Comparison) -> dict[str, str]:
    """What the four figures have to say."""
    after = comparison.after
    return {
        "cost": amount(after.cost_usd, "usd"),
        "worst_water": amount(after.worst("water_m3"), "m3"),
        "worst_carbon": amount(after.worst("carbon_t"), "t"),
        "worse": f"{comparison.regions_worse} of {len(comparison.regions)}",
    }


PAPER = "/?v=2"
"""The link of the paper's experiment; a bare address opens on another case."""


def open_explore(page: Page, address: str = PAPER) -> None:
    """Open a link of the Explore page and wait until all of it is drawn."""
    page.goto(address)
    one(page.locator(".ee-bars"))
    wait_until_fresh(page)


def wait_until_fresh(page: Page) -> None:
    """Until no run is under way and the frontier is up to date."""
    one(page.locator(".ee-curve:not(.ee-stale)"))
    one(page.locator(f"{FRONTIER} .scatterlayer"))
    wait_until_idle(page)


def wait_until_idle(page: Page) -> None:
    """Until no run is under way."""
    page.wait_for_function(
        "() => document.querySelector('.stApp')?.dataset.testScriptState === 'notRunning'"
    )


def one(locator: Locator) -> Locator:
    """The locator, once exactly one element is there.

    While a run is under way the page may hold an element's former self beside the new one.
    """
    expect(locator).to_have_count(1, timeout=WAIT)
    return locator


def expect_texts(locator: Locator, *texts: str) -> None:
    """Exactly these elements have come to stand there; unlike for one text, more may come first."""
    expect(locator).to_have_text(list(texts), timeout=WAIT)


def shown_figures(page: Page) -> dict[str, str]:
    """The four figures, once no run is under way."""
    wait_until_idle(page)
    return {key: one(page.locator(f".ee-figure-{key} .ee-value")).inner_text() for key in FIGURES}


def expect_solution(page: Page, scenario: Scenario) -> None:
    """The page has come to show the solver's answer to `scenario`."""
    comparison = solved(scenario)
    expect_texts(page.locator("h1.ee-headline"), headline_shown(comparison))
    for key, text in figures_of(comparison).items():
        expect_texts(page.locator(f".ee-figure-{key} .ee-value"), text)
    wait_until_idle(page)


def headline_shown(comparison: Comparison) -> str:
    """The headline as the page has it: where, when and what; then the small sentences."""
    first = alone(headline_sentences(comparison)[0], comparison)
    return " ".join([first, *small_sentences(comparison)])


def address(page: Page) -> dict[str, str]:
    """The query of the address bar."""
    return dict(parse_qsl(urlsplit(page.evaluate("location.href")).query))


def expect_address(page: Page, **wanted: str) -> None:
    """The address bar has come to show exactly these fields (and the version of links).

    The default scenario's may be bare. A run writes it before it draws: the page is waited for too.
    """
    fields = {"v": "2"} | wanted
    page.wait_for_function(
        "wanted => JSON.stringify([...new URLSearchParams(location.search || '?v=2')].sort())"
        " === wanted",
        arg=_sorted_json(fields),
        timeout=WAIT,
    )
    wait_until_idle(page)


def _sorted_json(fields: dict[str, str]) -> str:
    pairs = ",".join(f'["{key}","{value}"]' for key, value in sorted(fields.items()))
    return f"[{pairs}]"


def weight_slider(page: Page, name: str) -> Locator:
    return one(page.locator(f".st-key-weight_{name} input[type=range]"))


def weight_box(page: Page, name: str) -> Locator:
    return one(page.locator(f".st-key-weight_{name} [data-testid=stTextInput] input"))


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a select box by keyboard alone.

    Between runs: a list that is drawn anew while letters arrive closes, as quick as no hand is.
    """
    box = one(page.get_by_role("combobox", name=label))
    wait_until_idle(page)
    page.wait_for_timeout(DRAWN)
    box.focus()
    page.keyboard.type(option)
    expect(page.get_by_role("option", name=option, exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_timeout(SENT)


def snapshot(page: Page) -> dict[str, object]:
    """All that a reader sees of a scenario, as text, once nothing moves."""
    wait_until_fresh(page)
    return {
        "headline": page.locator("h1.ee-headline").inner_text(),
        "figures": shown_figures(page),
        "bars": page.locator(".ee-bars").inner_text(),
        "map": page.locator(".st-key-map [role=figure]").get_attribute("aria-label"),
        "frontier": page.locator(f"{FRONTIER}[role=figure]").get_attribute("aria-label"),
        "limits": page.locator(".ee-limits").inner_text(),
        "footer": page.locator(".ee-footer").inner_text(),
    }


def wait_until_painted(page: Page, look: Look = LIGHT) -> None:
    """Until the world map shows land, which the browser fetches apart."""
    expect_painted(page, SAHARA, look.land[:3])


def expect_painted(page: Page, place: tuple[float, float], colour: tuple[int, ...]) -> None:
    """The map has come to show this colour at this place."""
    eventually(page, lambda: near(page, place, colour) <= ALIKE, f"no {colour} at {place}")


def eventually(page: Page, holds: Callable[[], object], otherwise: str) -> None:
    """Asks again until it holds: what a canvas shows has no event to wait for."""
    for _ in range(WAIT // 100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"Not within {WAIT / 1000:.0f} s: {otherwise}")


def near(page: Page, place: tuple[float, float], colour: tuple[int, ...]) -> int:
    """How far the map's colour at `place` is from `colour` (largest of the three channels).

    The closest of a few pixels counts, because lines run across some.
    """
    x, y = (round(at) for at in map_point(page, *place))
    around = map_pixels(page)[y - 2 : y + 3, x - 2 : x + 3].reshape(-1, 3)
    return int(np.abs(around - colour).max(axis=1).min())


def map_pixels(page: Page) -> np.ndarray:
    """The map as it is painted, [height, width, 3]."""
    picture = page.locator(".st-key-map canvas").first.screenshot()
    return np.asarray(Image.open(io.BytesIO(picture)).convert("RGB")).astype(int)


def map_at_rest(page: Page) -> np.ndarray:
    """The map's pixels once two pictures in a row are the same."""
    pictures = [map_pixels(page)]

    def still() -> bool:
        pictures.append(map_pixels(page))
        return np.array_equal(pictures[-2], pictures[-1])

    eventually(page, still, "the map keeps moving")
    return pictures[-1]


def map_point(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place lies on the map of all sites, in pixels from its upper left corner."""
    box = page.locator(".st-key-map canvas").first.bounding_box()
    camera = camera_for(places_of(DATA)[ALL].extent)
    across = (longitude - camera.longitude) / camera.pixel
    up = (mercator(latitude) - mercator(camera.latitude)) / camera.pixel
    return box["width"] / 2 + across, box["height"] / 2 - up


def click_map(page: Page, longitude: float, latitude: float) -> None:
    box = page.locator(".st-key-map canvas").first.bounding_box()
    x, y = map_point(page, longitude, latitude)
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.click(box["x"] + x, box["y"] + y)


def point(page: Page, picture: str, trace: int, row: int) -> tuple[float, float]:
    """Where a point of a line or cloud of a plotly picture lies on the screen."""
    at = page.locator(f"{picture} .scatterlayer .trace").nth(trace).locator(".points path").nth(row)
    at.scroll_into_view_if_needed()
    box = at.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def hover(page: Page, place: tuple[float, float]) -> Locator:
    """Bring the pointer to `place`; gives the words that come up there."""
    page.mouse.move(place[0] - 3, place[1] - 3)
    page.mouse.move(*place)
    return page.locator(".hoverlayer .hovertext")


def ranges(page: Page, picture: str) -> list[list[float]]:
    """Both axes of a plotly picture, as they are drawn now."""
    script = "e => [e._fullLayout.xaxis.range, e._fullLayout.yaxis.range].map(r => [...r])"
    return page.locator(f"{picture} .js-plotly-plot").evaluate(script)
