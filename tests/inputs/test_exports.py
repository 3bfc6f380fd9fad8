"""Publishers' exports come in as they are: every figure below was worked out by hand."""

import io
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_core.inputs.dataset import Dataset
from equity_core.inputs.upload import DatasetProblems, Upload, UploadAnswers
from equity_core.inputs.upload.pipeline import noted_here as read_noted
from tests.inputs import exports as made
from tests.inputs.exports import lines, sites

WATER = 337.5 * 3.785411784 / 1000
OFF_SITE = 450 * 100 / 400 * 3.785411784 / 1000


def read(export: str | bytes, table: str, name: str = "export.csv", **answers) -> Upload:
    content = export if isinstance(export, bytes) else export.encode()
    return read_noted({name: content, "sites.csv": table.encode()}, UploadAnswers(**answers))


def figures(dataset: Dataset) -> dict[str, list[float]]:
    """The first site's figures by quantity."""
    found = {"price": dataset.price[0], "demand": dataset.demand[0]}
    for item, amounts in zip(dataset.footprints, dataset.intensity, strict=True):
        found[item.name] = amounts[0]
    return {name: list(np.round(amounts, 9)) for name, amounts in found.items()}


def told(files: dict[str, str], **answers) -> list[str]:
    with pytest.raises(DatasetProblems) as caught:
        read_noted({name: text.encode() for name, text in files.items()}, UploadAnswers(**answers))
    return [str(problem) for problem in caught.value.problems]


CARBON = sites("price water demand", one="DE")
PRICE = sites("water carbon demand", one="DE-LU")
MIX = sites("price demand", one="DE")
GRID = sites("price", one="PJM")
EURO = {"EUR": 2.0}
GOOD = {
    "Electricity Maps": (made.MAPS, CARBON, {}, "2024-01-01T00", {"carbon": [0.35, 0.3605]}),
    "Electricity Maps before": (
        made.MAPS_BEFORE,
        CARBON,
        {},
        "2023-01-01T00",
        {"carbon": [0.35, 0.3605]},
    ),
    "AEMO": (
        made.AEMO,
        sites("water carbon", one="NSW1"),
        {"AUD": 0.5},
        "2022-12-31T14",
        {"price": [3.25], "demand": [650]},
    ),
    "AEMO, half hours": (
        made.AEMO_HALF_HOURS,
        sites("water carbon", one="NSW1"),
        {"AUD": 1.0},
        "2020-12-31T14",
        {"price": [1.5, 4], "demand": [15, 45]},
    ),
    "ENTSO-E, clocks put back": (
        made.ENTSOE_OCTOBER,
        PRICE,
        EURO,
        "2023-10-28T22",
        {"price": [20, 40, 60, 80, 100]},
    ),
    "ENTSO-E, clocks put forward": (
        made.ENTSOE_MARCH,
        PRICE,
        EURO,
        "2023-03-26T00",
        {"price": [20, 40]},
    ),
    "ENTSO-E, quarters": (made.ENTSOE_QUARTERS, PRICE, EURO, "2025-10-01T00", {"price": [45]}),
    "ENTSO-E, generation": (
        made.ENTSOE_GENERATION,
        MIX,
        {},
        "2022-12-31T23",
        {"carbon": [0.258875], "water": [round(OFF_SITE, 9)]},
    ),
    "ENTSO-E, types": (
        made.ENTSOE_TYPES,
        sites("price demand", one="DE-LU"),
        {},
        "2024-10-27T00",
        {"carbon": [0.258875, 0.49525]},
    ),
    "ENTSO-E, load": (
        made.ENTSOE_LOAD,
        sites("price water carbon", one="SE4"),
        {},
        "2023-01-01T00",
        {"demand": [2500, 2600]},
    ),
    "EIA": (
        made.EIA,
        GRID,
        {},
        "2023-01-01T05",
        {"demand": [85000], "carbon": [0.572], "water": [round(WATER, 9)]},
    ),
    "EIA monitor": (
        made.EIA_MONITOR,
        GRID,
        {},
        "2023-01-01T05",
        {"demand": [85000], "carbon": [0.572], "water": [round(WATER, 9)]},
    ),
    "EIA interface, demand": (
        made.EIA_DEMAND,
        sites("price water carbon", one="PJM"),
        {},
        "2023-01-01T05",
        {"demand": [85000]},
    ),
    "EIA interface, fuels": (
        made.EIA_FUELS,
        sites("price demand", one="PJM"),
        {},
        "2023-01-01T05",
        {"carbon": [0.572], "water": [round(WATER, 9)]},
    ),
    "WattTime": (
        made.WATTTIME,
        sites("price water demand", one="PJM_DC"),
        {},
        "2023-01-01T00",
        {"carbon": [0.45359237]},
    ),
    "WattTime without a zone": (
        made.WATTTIME_NOW,
        sites("price water demand", one="PJM_DC"),
        {},
        "2023-01-01T00",
        {"carbon": [0.45359237]},
    ),
    "CAISO": (
        made.CAISO,
        sites("water carbon demand", one="TH_NP15_GEN-APND"),
        {},
        "2023-01-01T08",
        {"price": [80, 90]},
    ),
    "PJM": (
        made.PJM,
        sites("water carbon demand", one="PSEG"),
        {},
        "2023-01-01T05",
        {"price": [30.5, 31.5]},
    ),
    "PJM, load": (
        made.PJM_LOAD,
        sites("price water carbon", one="PS"),
        {},
        "2023-01-01T05",
        {"demand": [4000.5]},
    ),
    "NYISO": (
        made.NYISO,
        sites("water carbon demand", one="N.Y.C."),
        {},
        "2023-11-05T04",
        {"price": [10, 20, 30, 40]},
    ),
    "ERCOT": (
        made.ERCOT,
        sites("water carbon demand", one="HB_HOUSTON"),
        {},
        "2023-11-05T05",
        {"price": [10, 20, 30, 40]},
    ),
    "ERCOT, quarters": (
        made.ERCOT_QUARTERS,
        sites("water carbon demand", one="LZ_WEST"),
        {},
        "2023-02-01T05",
        {"price": [25]},
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_export_is_read_as_its_publisher_means_it(name: str) -> None:
    export, table, rates, first, wanted = GOOD[name]
    upload = read(export, table, rates=rates)
    dataset = upload.dataset
    assert dataset.hours[0] == pd.Timestamp(f"{first}:00Z")
    found = figures(dataset)
    assert {quantity: found[quantity] for quantity in wanted} == wanted
    publisher = re.split(r"[ ,]", name)[0]
    (change,) = upload.changes
    assert change.startswith(f"export.csv was read as {publisher}")
    columns = {"price": "price_usd_per_mwh", "demand": "demand_mw"}
    cards = {card.column: card for card in dataset.cards}
    for quantity in wanted:
        column = columns.get(quantity) or next(c for c in cards if c.startswith(quantity))
        assert cards[column].source.startswith(publisher)


def test_parquet_with_the_time_as_its_index() -> None:
    for text, index, table in (
        (made.MAPS, "Datetime (UTC)", CARBON),
        (made.WATTTIME, "point_time", sites("price water demand", one="PJM_DC")),
    ):
        content = made.parquet(text, index)
        upload = read(content, table, name="export.parquet")
        assert figures(upload.dataset) == figures(read(text, table).dataset)


def test_times_that_carry_their_zone_are_not_taken_for_local_ones() -> None:
    frame = pd.read_csv(io.StringIO(made.AEMO), parse_dates=["SETTLEMENTDATE"])
    frame["SETTLEMENTDATE"] = frame["SETTLEMENTDATE"].dt.tz_localize("+10:00").dt.tz_convert("UTC")
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    export, table, rates, first, _ = GOOD["AEMO"]
    zoned = read(buffer.getvalue(), table, name="export.parquet", rates=rates).dataset
    assert zoned.hours[0] == pd.Timestamp(f"{first}:00Z")
    assert figures(zoned) == figures(read(export, table, rates=rates).dataset)


def test_an_index_without_a_name_is_the_hour_of_an_ordinary_table() -> None:
    hours = pd.date_range("2024-01-01T00:00Z", periods=2, freq="h")
    frame = pd.DataFrame({"site": "one", "carbon_t_per_mwh": [0.1, 0.2]}, index=hours)
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    table = CARBON.replace(",zone", "").replace(",DE,", ",")
    upload = read(buffer.getvalue(), table, name="mine.parquet")
    assert figures(upload.dataset)["carbon"] == [0.1, 0.2]
    assert "mine.parquet: the index without a name was read as hour." in upload.notes
    assert upload.changes == ()


def test_what_was_done_is_told_in_a_sentence_a_file() -> None:
    (change,) = read(made.AEMO, sites("water carbon", one="NSW1"), rates={"AUD": 1.0}).changes
    for words in (
        "price_aud_per_mwh, demand_mw for one",
        "in AEST (UTC+10), led to its start",
        "values of 5 minutes averaged to hours",
        "the load of the whole grid area",
        "hours cut short at the ends, left out: 1",
    ):
        assert words in change
    (change,) = read(made.EIA, GRID).changes
    assert "zones without a site left out (MISO)" in change
    assert "coal 0.968, gas 0.44" in change
    (change,) = read(made.ENTSOE_QUARTERS, PRICE, rates=EURO).changes
    assert "4 rows of a second auction are left out" in change


def test_several_exports_meet_in_the_table_of_sites() -> None:
    day = "\n".join(made.MAPS.replace("2024-01-01", "2023-01-01").split("\n")[:2])
    prices = made.ENTSOE_QUARTERS.replace("01/10/2025", "01/01/2023")
    files = {
        "carbon.csv": day,
        "prices.csv": prices,
        "mix.csv": made.ENTSOE_GENERATION.replace("(CET/CEST)", "(UTC)"),
        "eia.csv": made.EIA_DEMAND.replace("T06", "T01"),
        "sites.csv": "site,country,latitude,longitude,capacity_mw,zone,price_zone,zone_load\n"
        "berlin,DEU,52,13,100000,DE,DE-LU,PJM\nbonn,DEU,51,7,100000,Germany (DE),BZN|DE-LU,pjm\n",
    }
    upload = read_noted(
        {name: text.encode() for name, text in files.items()}, UploadAnswers(rates={"EUR": 1.0})
    )
    assert len(upload.changes) == 4
    assert figures(upload.dataset) == {
        "price": [22.5],
        "demand": [85000],
        "water": [round(OFF_SITE, 9)],
        "carbon": [0.35],
    }
    assert np.array_equal(upload.dataset.price[0], upload.dataset.price[1])
    mixed = next(change for change in upload.changes if change.startswith("mix.csv"))
    assert "carbon_t_per_mwh not used, being given elsewhere" in mixed


def test_an_ordinary_table_comes_before_an_export() -> None:
    upload = read(made.EIA, sites("price demand carbon", one="PJM"))
    assert figures(upload.dataset)["demand"] == [1]
    assert "demand_mw, carbon_t_per_mwh not used" in upload.changes[0]


THREE_HOURS = lines(
    '"MTU (UTC)","Area","Sequence","Day-ahead Price (EUR/MWh)"',
    *(
        f'"{start:%d/%m/%Y %H:%M:%S} - {start + pd.Timedelta(minutes=15):%d/%m/%Y %H:%M:%S}",'
        f'"BZN|DE-LU","Sequence 1","{10 * (start.hour + 1)}"'
        for start in pd.date_range("2025-10-01", periods=12, freq="15min")
    ),
)


def without(text: str, start: str) -> str:
    """A table without the row that begins so."""
    return "".join(row for row in text.splitlines(True) if not row.startswith(f'"{start}'))


MISSES = {
    "no sites": (
        {"e.csv": made.MAPS},
        "e.csv: this was recognised as Electricity Maps, carbon intensity",
    ),
    "no demand": (
        {"e.csv": made.ENTSOE_MARCH, "s.csv": sites("water carbon", one="DE-LU")},
        "no file holds demand; the exports hold price",
    ),
    "another currency": (
        {"e.csv": made.ENTSOE_MARCH, "s.csv": PRICE},
        "is in EUR, not in USD. State the rate",
    ),
    "two currencies": (
        {
            "e.csv": made.ENTSOE_MARCH.replace("20,EUR", "").replace('"20","EUR"', '"20","PLN"'),
            "s.csv": PRICE,
        },
        "e.csv, row 4: the currency is PLN, but the heading says EUR",
    ),
    "unknown zone": (
        {"e.csv": made.MAPS, "s.csv": sites("price water demand", one="DK")},
        "the zone of site one, dk, is in none of the files; they have DE. Correct it",
    ),
    "two zones": (
        {
            "e.csv": made.EIA,
            "s.csv": sites("price", one="PJM,MISO").replace("zone,", "zone,zone_2,"),
        },
        "e.csv: site one lies in 2 zones of this file: PJM, MISO. Name one of them",
    ),
    "only a header": (
        {"e.csv": made.AEMO.split("\n")[0] + "\n", "s.csv": GOOD["AEMO"][1]},
        "e.csv: the table has no rows, only a header",
    ),
    "an offset behind a clock that is changed": (
        {"e.csv": made.NYISO.replace("00:00", "00:00-04:00"), "s.csv": GOOD["NYISO"][1]},
        "e.csv, row 2: 'Time Stamp' is '11/05/2023 00:00-04:00', but must be a time such as",
    ),
    "no zone": (
        {"e.csv": made.WATTTIME_NOW, "s.csv": sites("price water demand", one="A", two="B")},
        "e.csv: the file names no zone, and there are 2 sites. Give it a column zone",
    ),
    "a quarter missing": (
        {"e.csv": without(THREE_HOURS, "01/10/2025 01:15"), "s.csv": PRICE},
        "the hour 2025-10-01 01:00 UTC lacks some of its intervals",
    ),
    "days": (
        {
            "e.csv": made.MAPS.replace("01 01:00:00", "02 00:00:00"),
            "s.csv": CARBON,
        },
        "e.csv: its intervals are a day long, but hours are needed",
    ),
    "a row twice": (
        {"e.csv": made.PJM + made.PJM.split("\n")[1] + "\n", "s.csv": GOOD["PJM"][1]},
        "e.csv, row 4: the time 2023-01-01 05:00 UTC stands twice for one zone",
    ),
    "an hour that stands once": (
        {
            "e.csv": made.NYISO.replace('"11/05/2023 01:00","N.Y.C.",61761,30,0,0\n', ""),
            "s.csv": GOOD["NYISO"][1],
        },
        "the hour of 2023-11-05 01:00 stands once, but occurs twice in America/New_York",
    ),
    "an hour leapt over": (
        {"e.csv": made.ENTSOE_MARCH.replace('03:00","",', '03:00","15",'), "s.csv": PRICE},
        "this row has a figure for an hour that the clock leaps over",
    ),
    "generation in an hour leapt over": (
        {
            "e.csv": made.ENTSOE_GENERATION.replace("01.01.2023 00", "26.03.2023 02"),
            "s.csv": MIX,
        },
        "this row has a figure for an hour that the clock leaps over",
    ),
    "a time of the monitor without its clock": (
        {"e.csv": made.EIA_MONITOR.replace(" EST", ""), "s.csv": GRID},
        "'1/1/2023 1 am without a time zone', but must be a time such as",
    ),
    "no time zone": (
        {"e.csv": made.ENTSOE_MARCH.replace("MTU (CET/CEST)", "MTU"), "s.csv": PRICE},
        "the column MTU names no time zone. State the time zone",
    ),
    "a time of another form": (
        {"e.csv": made.AEMO.replace("2023/01/01 00:10:00", "1 January"), "s.csv": GOOD["AEMO"][1]},
        "e.csv, row 3: SETTLEMENTDATE is '1 January', but must be a time such as 2023/01/31 13:00",
    ),
    "a word for a figure": (
        {"e.csv": made.PJM.replace("30.5", "cheap"), "s.csv": GOOD["PJM"][1]},
        "e.csv, row 2: total_lmp_da is cheap, but must be a number",
    ),
    "a figure whose average would overflow": (
        {"e.csv": made.AEMO.replace(",200,", ",1.7e308,"), "s.csv": GOOD["AEMO"][1]},
        "TOTALDEMAND is 1.7e308, but must be a number from -1e+12 to 1e+12",
    ),
    "another signal": (
        {"e.csv": made.WATTTIME.replace("MOER", "health_damage"), "s.csv": GOOD["WattTime"][1]},
        "the signal health_damage is no emissions rate. Export co2_moer",
    ),
    "five minutes of NYISO": (
        {"e.csv": made.NYISO.replace("00:00", "00:55"), "s.csv": GOOD["NYISO"][1]},
        "its times are shorter than an hour",
    ),
    "half an hour from UTC": (
        {"e.csv": made.MAPS.replace("00:00,", "30:00,"), "s.csv": CARBON},
        "lies in two hours of UTC",
    ),
}


@pytest.mark.parametrize("name", MISSES)
def test_a_near_miss_is_one_sentence(name: str) -> None:
    files, words = MISSES[name]
    problems = told(files)
    assert words in problems[0]
    assert len(problems) == 1 or name == "half an hour from UTC", problems


def test_a_missing_quarter_may_be_filled_as_a_gap() -> None:
    files, _ = MISSES["a quarter missing"]
    content = {name: text.encode() for name, text in files.items()}
    upload = read_noted(content, UploadAnswers(rates=EURO, fill_gaps=True))
    assert figures(upload.dataset)["price"] == [20, 40, 60]


def test_other_headings_are_no_export() -> None:
    text = made.MAPS.replace("Carbon intensity gCO₂eq/kWh", "Intensity")
    assert "nothing reads the column" in " ".join(told({"e.csv": text, "s.csv": CARBON}))


@settings(max_examples=25)
@given(
    step=st.sampled_from((5, 10, 15, 20, 30, 60)),
    hours=st.integers(1, 30),
    seed=st.integers(0, 2**16),
    shuffled=st.booleans(),
)
def test_any_step_that_divides_an_hour_averages_to_its_mean(step, hours, seed, shuffled) -> None:
    rng = np.random.default_rng(seed)
    values = rng.uniform(0, 2000, (hours, 60 // step)).round(3)
    times = pd.date_range("2023-03-25T20:00Z", periods=values.size, freq=f"{step}min")
    order = rng.permutation(values.size) if shuffled else np.arange(values.size)
    rows = [f"{times[at].isoformat()},{values.flat[at]},Z" for at in order]
    upload = read(lines("point_time,value,region", *rows), sites("price water demand", one="Z"))
    wanted = values.mean(axis=1) * 0.45359237 / 1000
    carbon = [item.name for item in upload.dataset.footprints].index("carbon")
    assert np.allclose(upload.dataset.intensity[carbon][0], wanted)


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
@pytest.mark.parametrize("number", [-(2**62), 2**62])
def test_times_of_a_distant_year_are_one_sentence(unit: str, number: int) -> None:
    frame = pd.read_csv(io.StringIO(made.MAPS))
    frame["Datetime (UTC)"] = np.full(len(frame), number).view(f"M8[{unit}]")
    packed = io.BytesIO()
    frame.to_parquet(packed)
    with pytest.raises(DatasetProblems, match="such as 2023-01-31 13:00:00, from 1980 to 2100"):
        read(packed.getvalue(), CARBON)
