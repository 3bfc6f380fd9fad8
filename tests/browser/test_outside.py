"""Large and hostile uploads in a real browser: all come through or are refused, others go on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from bench.serving import Served
from equity_core import Scenario
from tests.browser.driving import HEAT, expect_solution, open_explore, weight_box
from tests.inputs.outside.hostile import HOSTILE

WAIT = 120_000
HOURS = 9_000


def bring(page: Page, app: Served, files: dict[str, bytes], folder: Path) -> None:
    page.goto(f"{app.address}/data?v=2")
    expect(page.locator(HEAT).first).to_be_visible(timeout=WAIT)
    page.get_by_role("tab", name="Bring your own").click()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    page.locator(".st-key-own_files input[type=file]").set_input_files(
        [folder / name for name in files]
    )


def large(megabytes: int) -> dict[str, bytes]:
    """Prices by the hour of as many sites as it takes, and a table of these sites."""
    sites = [f"site{at:03}" for at in range(megabytes * 4)]
    described = "site,country,latitude,longitude,capacity_mw,water_m3_per_mwh,carbon_t_per_mwh,"
    described += "demand_mw\n" + "".join(f"{site},DEU,50,10,10,2,0.5,1\n" for site in sites)
    hours = pd.date_range("2022-01-01", periods=HOURS, freq="h").strftime("%Y-%m-%dT%H:%MZ")
    prices = np.tile(hours.to_numpy(dtype=object), len(sites))
    prices = prices + np.repeat([f",{site}" for site in sites], HOURS).astype(object) + ",57"
    rows = "\n".join(["hour_utc,site,price_usd_per_mwh", *prices])
    return {"large.csv": rows.encode(), "sites.csv": described.encode()}


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [10, 40])
def test_a_large_file_goes_through_and_leaves_nothing_in_memory(
    new_page, running: Served, tmp_path: Path, megabytes: int
) -> None:
    page, files = new_page(), large(megabytes)
    assert len(files["large.csv"]) > megabytes * 10**6
    sizes = []
    for _ in range(5):
        bring(page, running, files, tmp_path)
        preview = page.locator(".st-key-own_preview")
        expect(preview).to_contain_text("large: no problems.", timeout=WAIT)
        expect(preview.locator(HEAT).first).to_be_visible(timeout=WAIT)
        page.get_by_role("button", name="Use this data set").click()
        expect(page.locator("h1.ee-headline")).to_contain_text(
            f"large: {megabytes * 4} regions", timeout=WAIT
        )
        expect(preview).to_have_count(0)
        sizes.append(_resident(running.pid))
    # What stays, stays each time; what the allocator keeps for later comes once or twice.
    assert min(np.diff(sizes)) < 0.25 * len(files["large.csv"]), sizes


def _resident(process: int) -> int:
    """Bytes of memory."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * 4096


@pytest.mark.parametrize(
    "kind", ["a far cell behind a long attribute", "a million sources", "sites by hours"]
)
def test_a_hostile_file_is_a_sentence_and_another_reader_goes_on(
    new_page, running: Served, tmp_path: Path, kind: str
) -> None:
    other = new_page()
    open_explore(other, f"{running.address}/?v=2")
    make, words = HOSTILE[kind]
    page = new_page()
    bring(page, running, make(), tmp_path)
    box = weight_box(other, "water_weight")
    box.fill("80")
    box.press("Enter")
    expect_solution(other, Scenario(water_weight=80))
    expect(page.locator(".st-key-own_problems")).to_contain_text(words, timeout=WAIT)
    page.get_by_role("link", name="Method").click()
    expect(page.locator("h1.ee-headline")).to_contain_text("How the plans are made", timeout=WAIT)


@pytest.mark.slow
def test_verify_takes_more_than_five_megabytes(new_page, running: Served, tmp_path: Path) -> None:
    page, file = new_page(), tmp_path / "foreign.csv"
    file.write_bytes(b"a,b\n" + b"1,2\n" * 3_000_000)
    page.goto(f"{running.address}/verify?v=2")
    page.locator("input[type=file]").set_input_files(file)
    told = page.get_by_text("Nothing says which scenario this belongs to: foreign.csv")
    expect(told).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("AxiosError")).to_have_count(0)
