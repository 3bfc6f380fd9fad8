"""Files that somebody brings: every form gives the same data set, and nothing is guessed."""

import io
import zipfile
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_core import Scenario, solve
from equity_core.errors import DatasetError, ScenarioError
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places.geography import site_regions
from equity_core.inputs.upload import DatasetProblems, UploadAnswers
from equity_core.inputs.upload.columns.schema import FIELDS, column_key
from equity_core.inputs.upload.pipeline import read_here as read_upload
from equity_core.inputs.upload.template import template_csv, template_tables, template_xlsx

TABLES = template_tables()
FIGURES = ("price_usd_per_mwh", "water_m3_per_mwh", "carbon_t_per_mwh", "demand_mw")
Change = Callable[[pd.DataFrame], pd.DataFrame]


def csv(frame: pd.DataFrame) -> bytes:
    return frame.to_csv(index=False).encode()


def parquet(frame: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()


def workbook(tables: dict[str, list[list[object]]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    style = date if isinstance(cell, pd.Timestamp) else None
                    sheet.write(at, column, cell, style)
    return buffer.getvalue()


def test_the_template_says_nothing_of_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(template_xlsx())) as book:
        assert b">1980-01-01T00:00:00Z</dcterms:created>" in book.read("docProps/core.xml")


def template() -> Dataset:
    return read_upload({"template.xlsx": template_xlsx()})


def changed(hourly: Change = lambda x: x, sites: Change = lambda x: x, **answers) -> Dataset:
    files = {
        "sites.csv": csv(sites(TABLES["sites"].copy())),
        "hourly.csv": csv(hourly(TABLES["hourly"].copy())),
    }
    return read_upload(files, UploadAnswers(**answers))


def problems(files: dict[str, bytes], **answers) -> list[str]:
    with pytest.raises(DatasetProblems) as caught:
        read_upload(files, UploadAnswers(**answers))
    return [str(problem) for problem in caught.value.problems]


def same_figures(one: Dataset, other: Dataset) -> None:
    for name in ("price", "intensity", "demand", "home", "latency_ms", "partial_reach"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-12)
    pd.testing.assert_index_equal(one.hours, other.hours)
    pd.testing.assert_frame_equal(one.sites, other.sites)


def test_the_template_is_a_data_set_that_can_be_solved_and_drawn() -> None:
    data = template()
    assert data.site_ids == ("germany", "texas", "singapore")
    assert data.price.shape == (3, 168)
    assert str(data.hours.tz) == "UTC"
    assert not data.price.flags.writeable
    assert data.id == f"own-{data.version}{data.id[16:]}"
    assert len(data.id) == 28
    outcome = solve(Scenario(dataset=data.id), data)
    assert outcome.gap <= 1e-9
    regions = site_regions(data)
    assert list(regions["name"]) == ["Germany", "Texas", "Singapore"]
    rows = TABLES["hourly"].set_index(["site", "hour"])
    assert data.price[1, 5] == rows.loc[("texas", "2024-06-03T05:00Z"), "price_usd_per_mwh"]


def test_the_same_content_has_the_same_id_and_any_change_another() -> None:
    assert template().id == template().id
    assert read_upload({"template.csv": template_csv()}).id != template().id  # other cards
    one = changed(title="Mine")
    assert changed(title="Mine").id == one.id
    assert changed(title="Yours").id != one.id

    def dearer(hourly: pd.DataFrame) -> pd.DataFrame:
        hourly.loc[0, "price_usd_per_mwh"] += 1e-9
        return hourly

    assert changed(dearer, title="Mine").id != one.id


def test_one_tidy_table_holds_everything() -> None:
    same_figures(read_upload({"template.csv": template_csv()}), template())


def test_rows_stand_in_any_order() -> None:
    same_figures(changed(lambda hourly: hourly.sample(frac=1, random_state=3)), template())


def test_parquet_with_times_and_numbers() -> None:
    def typed(hourly: pd.DataFrame) -> pd.DataFrame:
        return hourly.assign(hour=pd.to_datetime(hourly["hour"], utc=True))

    files = {
        "s.parquet": parquet(TABLES["sites"]),
        "h.parquet": parquet(typed(TABLES["hourly"])),
    }
    same_figures(read_upload(files), template())


def spread_tables() -> dict[str, pd.DataFrame]:
    hourly = TABLES["hourly"]
    return {
        column: hourly.set_index(["hour", "site"])[column].unstack().reset_index()  # noqa: PD010
        for column in FIGURES
    }


def test_a_file_for_each_quantity() -> None:
    files = {f"{name}.csv": csv(frame) for name, frame in spread_tables().items()}
    same_figures(read_upload({"sites.csv": csv(TABLES["sites"])} | files), template())


def test_a_sheet_for_each_quantity_with_real_times_in_utc() -> None:
    def rows(frame: pd.DataFrame) -> list[list[object]]:
        if "hour" in frame:
            hours = pd.to_datetime(frame["hour"]).dt.tz_localize(None)
            frame = frame.assign(hour=hours).rename(columns={"hour": "hour_utc"})
        return [list(frame.columns), *frame.astype(object).to_numpy().tolist()]

    sheets = {name: rows(frame) for name, frame in spread_tables().items()}
    sheets["sites"] = rows(TABLES["sites"])
    same_figures(read_upload({"book.xlsx": workbook(sheets)}), template())


def test_a_file_for_each_part_of_the_period() -> None:
    hourly = TABLES["hourly"]
    early = hourly["hour"] < "2024-06-05"
    files = {"a.csv": csv(hourly[early]), "b.csv": csv(hourly[~early])}
    same_figures(read_upload({"sites.csv": csv(TABLES["sites"])} | files), template())


def test_semicolons_and_a_byte_order_mark() -> None:
    files = {
        "sites.csv": csv(TABLES["sites"]),
        "hourly.csv": b"\xef\xbb\xbf" + TABLES["hourly"].to_csv(index=False, sep=";").encode(),
    }
    same_figures(read_upload(files), template())


@pytest.mark.parametrize(
    ("column", "other", "factor"),
    [
        (field.column, name, unit.factor)
        for field in FIELDS.values()
        for name, unit in zip(field.columns[1:], field.units[1:], strict=True)
    ],
)
def test_every_unit_is_converted(column: str, other: str, factor: float) -> None:
    def rewritten(frame: pd.DataFrame) -> pd.DataFrame:
        if column in frame:
            frame[other] = frame.pop(column) / factor
        return frame

    data = changed(rewritten, rewritten)
    same_figures(data, template())
    card = next(card for card in data.cards if card.column == column)
    assert "Converted from" in card.note or factor == 1.0


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Price [USD/MWh]", "price_usd_per_mwh"),
        ("Water (m³/MWh)", "water_m3_per_mwh"),
        (" CARBON_kg/kWh ", "carbon_kg_per_kwh"),
        ("Demand, MW", "demand_mw"),
        ("Price [US cent/kWh]", "price_uscent_per_kwh"),
        ("health_usd_per_mwh", "health_usd_per_mwh"),
    ],
)
def test_headings_as_people_write_them(heading: str, key: str) -> None:
    assert column_key(heading) == key


def test_a_row_of_units_names_them() -> None:
    hourly = TABLES["hourly"].rename(columns={"price_usd_per_mwh": "price"})
    units = pd.DataFrame([["UTC", "", "USD/MWh", "m3/MWh", "t/MWh", "MW"]], columns=hourly.columns)
    hourly["hour"] = hourly["hour"].str.removesuffix("Z")
    files = {
        "sites.csv": csv(TABLES["sites"]),
        "hourly.csv": csv(pd.concat([units, hourly])),
    }
    same_figures(read_upload(files), template())
    wrong = pd.concat([units, hourly.replace({"texas": "texsa"})])
    assert "hourly.csv, row 171:" in problems(files | {"hourly.csv": csv(wrong)})[0]


def test_an_answer_names_a_unit_that_the_file_does_not() -> None:
    def unnamed(hourly: pd.DataFrame) -> pd.DataFrame:
        return hourly.rename(columns={"price_usd_per_mwh": "price"})

    with pytest.raises(DatasetProblems) as caught:
        changed(unnamed)
    assert [problem.asks for problem in caught.value.problems] == ["unit"]
    same_figures(changed(unnamed, units={"price": "usd_per_mwh"}), template())
    with pytest.raises(DatasetProblems, match="names no unit"):
        changed(unnamed, units={"price": "bushels_per_mwh"})


def test_another_currency_is_converted_at_the_rate_that_is_stated() -> None:
    def in_euros(hourly: pd.DataFrame) -> pd.DataFrame:
        euros = hourly.assign(price_usd_per_mwh=hourly["price_usd_per_mwh"] / 1.08)
        return euros.rename(columns={"price_usd_per_mwh": "Price [€/MWh]"})

    with pytest.raises(DatasetProblems) as caught:
        changed(in_euros)
    assert [(problem.asks, problem.value) for problem in caught.value.problems] == [("rate", "EUR")]
    data = changed(in_euros, rates={"EUR": 1.08})
    same_figures(data, template())
    note = "Converted from EUR/MWh at 1.08 USD per EUR, stated by whoever brought it."
    assert data.cards[0].note == note


@pytest.mark.parametrize(
    ("heading", "currency", "factor"),
    [
        ("price_gbp_per_kwh", "GBP", 1000),
        ("Price (EUR cent/kWh)", "EUR", 10),
        ("Price [A$/MWh]", "AUD", 1),
        ("price_jpy_per_kwh", "JPY", 1000),
        ("Price [$/MWh]", "$", 1),
    ],
)
def test_currencies_that_are_known(heading: str, currency: str, factor: float) -> None:
    def renamed(hourly: pd.DataFrame) -> pd.DataFrame:
        return hourly.rename(columns={"price_usd_per_mwh": heading})

    with pytest.raises(DatasetProblems) as caught:
        changed(renamed)
    assert [(problem.asks, problem.value) for problem in caught.value.problems] == [
        ("rate", currency)
    ]
    data = changed(renamed, rates={currency: 0.01})
    np.testing.assert_allclose(data.price, template().price * factor * 0.01)


def test_a_dollar_is_that_of_the_country_where_there_is_one() -> None:
    def renamed(hourly: pd.DataFrame) -> pd.DataFrame:
        return hourly.rename(columns={"price_usd_per_mwh": "Price [$/MWh]"})

    data = changed(renamed, lambda sites: sites.assign(country="USA"))
    np.testing.assert_array_equal(data.price, template().price)
    assert data.cards[0].note == "None."


@pytest.mark.parametrize("rate", [0.0, -1.0, float("nan"), float("inf")])
def test_a_rate_that_is_none_is_refused(rate: float) -> None:
    with pytest.raises(DatasetError, match=r"rate of EUR is .* but must be above 0"):
        UploadAnswers(rates={"EUR": rate})


@pytest.mark.parametrize(
    ("zone", "shift"), [("UTC", 0), ("+02:00", 2), ("Europe/Berlin", 2), ("America/Chicago", -5)]
)
def test_naive_times_take_the_zone_that_is_stated(zone: str, shift: int) -> None:
    def naive(hourly: pd.DataFrame) -> pd.DataFrame:
        return hourly.assign(hour=hourly["hour"].str.removesuffix("Z"))

    with pytest.raises(DatasetProblems) as caught:
        changed(naive)
    assert [problem.asks for problem in caught.value.problems] == ["time zone"]
    data = changed(naive, timezone=zone)
    assert data.hours[0] == template().hours[0] - pd.Timedelta(hours=shift)


def test_offsets_are_honoured() -> None:
    def berlin(hourly: pd.DataFrame) -> pd.DataFrame:
        times = pd.to_datetime(hourly["hour"]).dt.tz_convert("Europe/Berlin")
        return hourly.assign(hour=[time.isoformat() for time in times])

    same_figures(changed(berlin), template())


@pytest.mark.parametrize("zone", ["Mars/Olympus", "+25:00", "", "../etc/passwd"])
def test_unknown_zones_are_refused(zone: str) -> None:
    if zone:
        with pytest.raises(DatasetError, match="no time zone known"):
            UploadAnswers(timezone=zone)


def test_an_hour_that_the_clock_leaves_out_or_repeats_is_named() -> None:
    hours = pd.date_range("2024-03-31", periods=5, freq="h").strftime("%Y-%m-%d %H:%M")
    hourly = TABLES["hourly"].groupby("site", sort=False).head(5).copy()
    hourly["hour"] = [*hours, *hours, *hours]
    files = {"sites.csv": csv(TABLES["sites"]), "hourly.csv": csv(hourly)}
    found = problems(files, timezone="Europe/Berlin")
    assert "hourly.csv, row 4: hour is '2024-03-31 02:00'" in found[0]
    assert "write the offset" in found[0]


def without(rows: slice) -> Change:
    return lambda hourly: hourly.drop(hourly.index[rows])


def test_short_gaps_are_filled_on_request_and_flagged() -> None:
    with pytest.raises(DatasetProblems) as caught:
        changed(without(slice(10, 13)))
    assert {problem.asks for problem in caught.value.problems} == {"gaps"}
    data = changed(without(slice(10, 13)), fill_gaps=True)
    price = data.price[0]
    np.testing.assert_allclose(np.diff(price[9:14]), (price[13] - price[9]) / 4)
    card = next(card for card in data.cards if card.column == "price_usd_per_mwh")
    assert "3 of 504 values were missing and are filled" in card.note
    assert any("filled by straight lines" in weakness for weakness in data.weaknesses)


def test_long_gaps_and_open_ends_are_never_filled() -> None:
    for rows in (slice(10, 14), slice(0, 1), slice(166, 168)):
        with pytest.raises(DatasetProblems, match="there is no row for site germany"):
            changed(without(rows), fill_gaps=True)


def test_blank_cells_are_gaps_too() -> None:
    def holed(hourly: pd.DataFrame) -> pd.DataFrame:
        hourly.loc[20, "carbon_t_per_mwh"] = np.nan
        return hourly

    with pytest.raises(DatasetProblems, match=r"row 22: carbon_t_per_mwh is empty"):
        changed(holed)
    carbon = changed(holed, fill_gaps=True).intensity[1, 0]
    assert carbon[20] == pytest.approx((carbon[19] + carbon[21]) / 2)


def test_further_footprints_come_with_their_columns() -> None:
    data = changed(
        lambda hourly: hourly.assign(health_usd_per_mwh=12.5, noise_level_dbh_per_mwh=1.0)
    )
    assert [item.column for item in data.footprints] == [
        "water_m3",
        "carbon_t",
        "health_usd",
        "noise_level_dbh",
    ]
    assert data.footprints[3].label == "Noise level"
    assert (data.intensity[2] == 12.5).all()
    assert solve(Scenario(), data).burdens["health_usd"].sum() > 0


def test_what_never_changes_may_stand_with_the_sites() -> None:
    data = changed(
        lambda hourly: hourly.drop(columns="water_m3_per_mwh"),
        lambda sites: sites.assign(water_l_per_kwh=[1.0, 2.0, 3.0]),
    )
    assert data.intensity[0][:, 7].tolist() == [1.0, 2.0, 3.0]
    card = next(card for card in data.cards if card.column == "water_m3_per_mwh")
    assert card.note == "Converted from L/kWh. The same in every hour."


def test_a_site_without_demand_is_no_gateway() -> None:
    def idle(hourly: pd.DataFrame) -> pd.DataFrame:
        hourly.loc[hourly["site"] == "singapore", "demand_mw"] = np.nan
        return hourly

    data = changed(idle)
    assert data.gateways == ("germany", "texas")
    assert data.demand.shape == (2, 168)
    assert data.partial_reach.shape == (3, 2)


def test_sources_become_cards() -> None:
    cards = {card.column: card for card in template().cards}
    assert cards["price_usd_per_mwh"].quality == "synthetic"
    assert cards["price_usd_per_mwh"].licence == "CC0"
    assert cards["rtt_ms"].quality == "estimated"
    plain = {card.column: card for card in changed(source="My meter").cards}
    assert plain["price_usd_per_mwh"].quality == "unstated"
    assert plain["price_usd_per_mwh"].source == "My meter"


@settings(max_examples=10)
@given(st.randoms(use_true_random=False), st.lists(st.integers(0, 5), max_size=3))
def test_order_of_rows_columns_and_files_never_counts(random, moved) -> None:
    hourly = TABLES["hourly"].sample(frac=1, random_state=random.randint(0, 2**31))
    columns = list(hourly.columns)
    random.shuffle(columns)
    files = [("sites.csv", csv(TABLES["sites"])), ("hourly.csv", csv(hourly[columns]))]
    random.shuffle(files)
    data = read_upload(dict(files), UploadAnswers(title="Same"))
    assert data.id == changed(title="Same").id


def test_what_only_a_lens_reads_may_be_blank_and_is_not_known():
    data = changed(sites=lambda frame: frame.assign(population=["8e7", "", "6e6"]))
    assert data.sites["population"].isna().tolist() == [False, True, False]
    with pytest.raises(ScenarioError, match="Texas has none; choose another lens"):
        solve(Scenario(dataset=data.id, lens="population"), data)
    told = problems(
        {
            "sites.csv": csv(TABLES["sites"].assign(population=["8e7", "many", "6e6"])),
            "hourly.csv": csv(TABLES["hourly"]),
        }
    )
    assert "many" in " ".join(told)
