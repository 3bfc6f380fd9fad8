"""Kinds of slips that once got lost without a word or ended in a traceback, several of each."""

import datetime as dt
import io
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from equity_core.inputs.dataset import Dataset, frozen
from equity_core.inputs.tables import shown
from equity_core.inputs.upload import DatasetProblems, UploadAnswers
from equity_core.inputs.upload.assembly import refuse_unsound
from equity_core.inputs.upload.formats.sheets import numbers
from equity_core.inputs.upload.pipeline import noted_here as read_noted
from equity_core.inputs.upload.pipeline import read_here as read_upload
from equity_core.inputs.upload.template import template_tables

HEAD = (
    "hour,site,country,latitude,longitude,capacity_mw,price_usd_per_mwh,water_m3_per_mwh,"
    "carbon_t_per_mwh,demand_mw"
)
ROWS = [f"2024-06-03T0{hour}:00Z,aa,DEU,50,8,10,{40 + hour},1.5,0.3,5" for hour in range(3)]
SITES = "site,country,latitude,longitude,capacity_mw\naa,DEU,50,8,10\nbb,FRA,48,2,10\n"
HOURLY = (
    "hour_utc,site,price_usd_per_mwh,water_m3_per_mwh,carbon_t_per_mwh,demand_mw\n"
    "2024-06-03 00:00,aa,40,1.5,0.3,5\n2024-06-03 01:00,aa,41,1.5,0.3,5\n"
    "2024-06-03 00:00,bb,30,1.5,0.3,5\n2024-06-03 01:00,bb,31,1.5,0.3,5\n"
)


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def table(head: str = HEAD, rows: list[str] = ROWS) -> dict[str, bytes]:
    return encoded({"mine.csv": "\n".join([head, *rows])})


def read(files: dict[str, bytes], **answers) -> Dataset:
    return read_upload(files, UploadAnswers(**answers))


def said(files: dict[str, bytes], **answers) -> list[str]:
    with pytest.raises(DatasetProblems) as caught:
        read_upload(files, UploadAnswers(**answers))
    return [str(problem) for problem in caught.value.problems]


def only(files: dict[str, bytes], **answers) -> str:
    """The one problem there is."""
    (sentence,) = said(files, **answers)
    return sentence


def workbook(hours: list[object], form: str = "yyyy-mm-dd hh:mm", **sheets) -> dict[str, bytes]:
    """A table whose first column holds `hours` as Excel keeps them, and further sheets."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        style, sheet = book.add_format({"num_format": form}), book.add_worksheet("data")
        sheet.write_row(0, 0, HEAD.replace("hour,", "hour_utc,").split(","))
        for at, hour in enumerate(hours, 1):
            sheet.write(at, 0, hour, style)
            sheet.write_row(at, 1, ["aa", "DEU", 50, 8, 10, 40 + at, 1.5, 0.3, 5])
        for name, rows in sheets.items():
            further = book.add_worksheet(name)
            for at, row in enumerate(rows):
                further.write_row(at, 0, row)
    return {"mine.xlsx": buffer.getvalue()}


# Hours


@pytest.mark.parametrize("year", ["1900", "1969", "0001", "2101", "9999"])
def test_an_hour_of_another_age_is_refused(year: str) -> None:
    rows = [ROWS[0], ROWS[1].replace("2024", year), ROWS[2]]
    found = said(table(rows=rows))
    assert f"row 3: hour is {year}-06-03T01:00Z" in found[0]
    assert len(found) == 1


def test_a_year_that_no_zone_mends_is_named_without_asking_for_the_zone() -> None:
    rows = [ROWS[0], *(row.replace("2024", "2201").replace("Z", "") for row in ROWS[1:])]
    found = said(table(rows=rows))
    assert "2201-06-03T01:00" in " ".join(found)
    assert "outside 1980 to 2100" in found[0]
    assert "time zone" not in " ".join(found)


@pytest.mark.parametrize("year", ["2004", "2044", "2026"])
def test_an_hour_far_from_the_others_is_named(year: str) -> None:
    hours = pd.date_range("2024-06-03", periods=30, freq="h").strftime("%Y-%m-%dT%H:%MZ")
    rows = [f"{hour},aa,DEU,50,8,10,40,1.5,0.3,5" for hour in hours]
    rows[7] = rows[7].replace("2024", year)
    sentence = only(table(rows=rows))
    assert f"row 9: the hour {year}-06-03 07:00 UTC is far from the others" in sentence


@pytest.mark.parametrize("hours", [[0, 0.25, 0.5], [dt.time(1), dt.time(2), dt.time(3)]])
def test_a_time_of_day_is_no_hour(hours: list[object]) -> None:
    sentence = only(workbook(hours, "hh:mm"))
    assert "a time of day without its date (and 2 more like it)" in sentence


@pytest.mark.parametrize("text", ["00:00", "13:00:00", "1:00 PM", "23:00"])
def test_a_time_of_day_in_text_is_no_hour(text: str) -> None:
    rows = [text + row[17:] for row in ROWS]
    assert f"row 2: hour is {text!r}" in only(table(rows=rows)).replace(
        f"is {text},", f"is {text!r},"
    )
    assert "without its date" in only(table(rows=rows))


@pytest.mark.parametrize("hours", [[1.0, 1.25, 1.5], [0.5, 1, 30], [dt.timedelta(hours=25)] * 3])
def test_an_elapsed_time_is_no_hour(hours: list[object]) -> None:
    assert "an elapsed time and no hour" in said(workbook(hours, "[h]:mm"))[0]


def test_a_plain_number_is_no_hour() -> None:
    sentence = only(workbook([45446.0, 45447.0], "General"))
    assert "hour_utc is 45446.0, a plain number" in sentence
    assert "Format the column as date and time" in sentence


@pytest.mark.parametrize("first", ["2024-04-09 10:00", "2023-12-31 20:00", "2020-02-28 23:00"])
def test_hours_that_excel_filled_down_are_read_to_the_second(first: str) -> None:
    begin = (pd.Timestamp(first) - pd.Timestamp("1899-12-30")) / pd.Timedelta(days=1)
    step = float(f"{1 / 24:.9f}")
    data = read(workbook([begin + at * step for at in range(48)]))
    pd.testing.assert_index_equal(
        data.hours, pd.date_range(first, periods=48, freq="h", tz="UTC", unit="us")
    )


@pytest.mark.parametrize("written", ["2024-06-03T07:00:00.400Z", "2024-06-03T06:59:59.999Z"])
def test_text_is_read_to_the_second_too(written: str) -> None:
    data = read(table(rows=[written + ROWS[0][17:]]))
    assert data.hours[0] == pd.Timestamp("2024-06-03T07:00Z")


@pytest.mark.parametrize(
    ("offset", "minutes"), [("+05:30", 30), ("+05:45", 15), ("-03:30", 30), ("+09:30", 30)]
)
def test_hours_that_straddle_two_of_utc_are_told_as_such(offset: str, minutes: int) -> None:
    sentence = only(table(rows=[row.replace("Z", offset, 1) for row in ROWS]))
    assert f"begins at minute {minutes} of an hour of UTC" in sentence
    assert "mean of the two hours" in sentence
    assert "(and 2 more like it)" in sentence


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "+05:30"])
def test_the_same_goes_for_a_zone_that_is_stated(zone: str) -> None:
    sentence = only(table(rows=[row.replace("Z", "", 1) for row in ROWS]), timezone=zone)
    assert "straddle two hours of UTC" in sentence


def test_half_past_in_such_a_zone_is_a_whole_hour() -> None:
    rows = [row.replace(":00Z", ":30+05:30", 1) for row in ROWS]
    assert read(table(rows=rows)).hours[0] == pd.Timestamp("2024-06-02T19:00Z")


AUTUMN = ["2024-10-27 01:00", "2024-10-27 02:00", "2024-10-27 02:00", "2024-10-27 03:00"]
SPRING = ["2024-03-31 01:00", "2024-03-31 02:00", "2024-03-31 03:00"]


def clock_times(hours: list[str]) -> dict[str, bytes]:
    return table(rows=[hour + ROWS[0][17:] for hour in hours])


def test_before_the_zone_is_known_nothing_is_called_twice_or_missing() -> None:
    sentence = only(clock_times(AUTUMN))
    assert "'2024-10-27 02:00' occurs again in row 4, as it does where a clock is put" in sentence
    assert "Remove" not in sentence
    assert "name no time zone" in only(clock_times([AUTUMN[0], AUTUMN[3]]))


def test_an_hour_that_occurs_twice_is_told_apart_by_its_offset() -> None:
    sentence = only(clock_times(AUTUMN), timezone="Europe/Berlin")
    assert "an hour that occurs twice in Europe/Berlin" in sentence
    assert "+02:00 behind the first of the two, +01:00 behind the second" in sentence


@pytest.mark.parametrize(
    ("zone", "offsets"), [("Europe/Berlin", "+01:00 before the leap, +02:00 after")]
)
def test_an_hour_that_the_clock_leaps_over(zone: str, offsets: str) -> None:
    sentence = only(clock_times(SPRING), timezone=zone)
    assert "an hour that the clock leaps over" in sentence
    assert offsets in sentence


@pytest.mark.parametrize(
    "heading",
    ["Datetime (UTC)", "timestamp_utc", "UTC time", "Date/Time [UTC]", "Time (GMT)", "hour_utc"],
)
def test_usual_headings_of_hours_are_read(heading: str) -> None:
    key = heading if "/" not in heading else "Date Time [UTC]"
    rows = [row.replace("Z", "", 1) for row in ROWS]
    read_now = read_noted(table(HEAD.replace("hour,", f"{key},", 1), rows))
    assert read_now.dataset.hours[0] == pd.Timestamp("2024-06-03T00:00Z")
    named = any("was read as hour_utc" in note for note in read_now.notes)
    assert named == (heading != "hour_utc")


@pytest.mark.parametrize("second", ["hour_utc", "Timestamp", "Date", "Hour"])
def test_two_columns_of_time_are_refused(second: str) -> None:
    rows = [f"{row},{row[:17]}" for row in ROWS]
    assert f"two columns hold the time: hour and {second}" in only(table(f"{HEAD},{second}", rows))


def test_a_day_that_a_zone_left_out() -> None:
    hours = [f"2011-12-30 0{hour}:00" for hour in range(3)]
    assert "leaps over in Pacific/Apia" in only(clock_times(hours), timezone="Pacific/Apia")


# Headings and units


@pytest.mark.parametrize(
    ("second", "quantity"),
    [
        ("price_usd_per_kwh", "price"),
        ("Price [USD/MWh]", "price"),
        ("Carbon (gCO2eq/kWh)", "carbon"),
        ("demand_kw", "demand"),
        ("capacity_gw", "capacity"),
        ("Latitude", "latitude"),
        ("Site", "site"),
    ],
)
def test_two_columns_for_one_quantity_are_refused(second: str, quantity: str) -> None:
    found = said(table(f"{HEAD},{second}", [f"{row},0.04" for row in ROWS]))
    assert f"two columns hold the {quantity}: " in found[0]
    assert not any("stand already" in sentence for sentence in found)


@pytest.mark.parametrize("site", ["kw", "mw", "utc", "gw"])
def test_a_site_called_like_a_unit_keeps_its_first_row(site: str) -> None:
    data = read(table(rows=[row.replace(",aa,", f",{site},") for row in ROWS]))
    assert data.site_ids == (site,)
    assert data.price.tolist() == [[40, 41, 42]]


@pytest.mark.parametrize("note", ["USD/MWh", "kW", "UTC"])
def test_a_unit_in_a_note_is_no_row_of_units(note: str) -> None:
    sources = (
        "column,source,licence,quality,note\n"
        f"price_usd_per_mwh,Market operator,CC BY 4.0,measured,{note}\n"
    )
    data = read(table() | encoded({"sources.csv": sources}))
    card = next(card for card in data.cards if card.column == "price_usd_per_mwh")
    assert (card.source, card.licence, card.note) == ("Market operator", "CC BY 4.0", note)


def test_a_row_of_units_that_says_otherwise_than_the_heading_is_a_problem() -> None:
    units = "UTC,,,,,,USD/kWh,m3/MWh,t/MWh,MW"
    sentence = only(table(rows=[units, *ROWS]))
    assert "the row of units says USD/kWh below the heading price_usd_per_mwh" in sentence


@pytest.mark.parametrize(
    ("old", "new", "factor"),
    [
        ("carbon_t_per_mwh", "Carbon [gCO2eq/kWh]", 1e-3),
        ("carbon_t_per_mwh", "carbon_g_co2_per_kwh", 1e-3),
        ("carbon_t_per_mwh", "Carbon (kg CO₂e/MWh)", 1e-3),
        ("carbon_t_per_mwh", "carbon_lbs_per_mwh", 0.45359237e-3),
        ("carbon_t_per_mwh", "Carbon [tonnes/MWh]", 1.0),
        ("water_m3_per_mwh", "Water (litres/kWh)", 1.0),
        ("water_m3_per_mwh", "water_gallons_per_mwh", 0.003785411784),
    ],
)
def test_usual_ways_to_write_units_are_read(old: str, new: str, factor: float) -> None:
    data = read(table(HEAD.replace(old, new)))
    plain = read(table())
    np.testing.assert_allclose(
        data.intensity.sum(axis=(1, 2)) / plain.intensity.sum(axis=(1, 2)),
        [factor if item.name in old else 1.0 for item in data.footprints],
    )


def test_an_unknown_unit_names_all_that_are_known() -> None:
    sentence = only(table(HEAD.replace("carbon_t", "carbon_oz")))
    for name in ("carbon_t_per_mwh", "carbon_g_per_kwh", "carbon_lb_per_mwh"):
        assert name in sentence


@pytest.mark.parametrize("name", ["carbon_intensity_t_per_mwh", "co2_t_per_mwh"])
def test_a_further_column_taken_instead_is_said(name: str) -> None:
    sentence = only(table(HEAD.replace("carbon_t_per_mwh", name)))
    assert f"no column for carbon; {name} was taken as a further footprint" in sentence


def test_a_further_footprint_has_one_unit() -> None:
    more = HOURLY.replace("demand_mw", "demand_mw,health_usd_per_mwh").replace(",5\n", ",5,1\n")
    rest = "hour_utc,site,health_eur_per_mwh\n2024-06-03 00:00,aa,1\n"
    files = encoded({"sites.csv": SITES, "hours.csv": more, "rest.csv": rest})
    assert any("health stands in several units" in sentence for sentence in said(files))


# Forms


@pytest.mark.parametrize("name", ["prices.csv", "Preise 2024.csv", "Sheet1.csv"])
def test_a_wide_file_that_is_named_otherwise(name: str) -> None:
    wide = "hour_utc,aa,bb\n2024-06-03 00:00,40,30\n2024-06-03 01:00,41,31\n"
    rest = HOURLY.replace("price_usd_per_mwh,", "").replace(",40,", ",").replace(",41,", ",")
    rest = rest.replace(",30,", ",").replace(",31,", ",")
    files = encoded({"sites.csv": SITES, "rest.csv": rest, name: wide})
    assert "name the file or sheet like its column (price_usd_per_mwh)" in only(files)
    good = files | {"price_usd_per_mwh.csv": files[name]}
    del good[name]
    assert read(good).price.tolist() == [[40, 41], [30, 31]]


@pytest.mark.parametrize("name", ["capacity_mw.csv", "Capacity (kW).csv", "capacity_gw.csv"])
def test_capacity_by_the_hour_is_refused(name: str) -> None:
    wide = "hour_utc,aa,bb\n2024-06-03 00:00,10,10\n2024-06-03 01:00,10,2\n"
    sentence = only(encoded({name: wide, "hours.csv": HOURLY, "sites.csv": SITES}))
    assert "stands by the hour, but capacity is one figure a site" in sentence


def lone(text: str) -> str:
    """The rows of site aa, without saying so."""
    kept = [line for line in text.splitlines() if ",bb," not in line]
    return "\n".join(line.replace(",site", "").replace(",aa", "") for line in kept)


def test_one_site_need_not_be_named_in_every_row() -> None:
    one = SITES.replace("bb,FRA,48,2,10\n", "")
    data = read(encoded({"sites.csv": one, "hours.csv": lone(HOURLY)}))
    assert data.price.tolist() == [[40, 41]]
    several = only(encoded({"sites.csv": SITES, "hours.csv": lone(HOURLY)}))
    assert "there is no column site, and 2 sites are described" in several
    capacity = lone(HOURLY).replace("demand_mw", "demand_mw,capacity_mw").replace(",5", ",5,9")
    by_hour = said(encoded({"sites.csv": one, "hours.csv": capacity}))
    assert "capacity_mw stands by the hour" in by_hour[0]


@pytest.mark.parametrize(
    "empty", [{"hours.csv": HOURLY.partition("\n")[0]}, {"sites.csv": SITES.partition("\n")[0]}]
)
def test_a_header_without_rows_is_named(empty: dict[str, str]) -> None:
    files = encoded({"hours.csv": HOURLY, "sites.csv": SITES} | empty)
    (name,) = empty
    assert only(files).startswith(f"{name}: the table has no rows")


def test_a_table_of_sources_may_be_empty() -> None:
    files = {"hours.csv": HOURLY, "sites.csv": SITES, "sources.csv": "column,source\n"}
    assert read(encoded(files)).cards[0].source == "not stated"


CONSTANT = SITES.replace(
    "capacity_mw", "capacity_mw,price_usd_per_mwh,water_m3_per_mwh,carbon_t_per_mwh,demand_mw"
).replace("10\n", "10,40,1.5,0.3,5\n")


@pytest.mark.parametrize(
    "hours",
    ["hour_utc,site\n2024-06-03 00:00,aa\n2024-06-03 01:00,bb\n",
     "hour\n2024-06-03T00:00Z\n2024-06-03T01:00Z\n"],
)  # fmt: skip
def test_all_figures_may_be_constant(hours: str) -> None:
    data = read(encoded({"sites.csv": CONSTANT, "hours.csv": hours}))
    assert data.price.tolist() == [[40, 40], [40, 40]]


def test_hours_that_are_not_there_are_not_made_up() -> None:
    hours = "hour_utc,site\n2024-06-03 00:00,aa\n2024-06-03 05:00,aa\n"
    sentence = only(encoded({"sites.csv": CONSTANT, "hours.csv": hours}))
    assert "the hours jump from 2024-06-03 00:00 UTC to 2024-06-03 05:00 UTC" in sentence


@pytest.mark.parametrize(
    "above",
    ["# made by the market desk\n", "#a\n#b\n\n", "\n\n", '"# made, by us"\n', "\ufeff# x\n"],
)
def test_lines_above_the_header_are_left_out(above: str) -> None:
    text = above + "\n".join([HEAD, *ROWS])
    done = read_noted(encoded({"mine.csv": text}))
    assert done.dataset.price.tolist() == [[40, 41, 42]]
    remarks = [note for note in done.notes if "was left out" in note]
    assert len(remarks) == above.count("#")
    lines = above.count("\n")
    late = encoded({"mine.csv": text.replace("0.3,5", "0.3,much", 1)})
    assert f"row {2 + lines}: demand_mw is much" in only(late)


def test_a_line_for_spreadsheets_is_left_out() -> None:
    text = "sep=;\r\n" + "\r\n".join([HEAD, *ROWS]).replace(",", ";")
    assert read(encoded({"mine.csv": text})).price.tolist() == [[40, 41, 42]]


@pytest.mark.parametrize(
    "above", ["Prices of 2024\n", "Desk,,,,,,,,,\n", "By:,Desk,,,,,,,,\n", "Made 10:00, by us\n"]
)
def test_a_title_is_no_header(above: str) -> None:
    assert "no header" in only(encoded({"mine.csv": above + "\n".join([HEAD, *ROWS])}))


HOURS = [pd.Timestamp("2024-06-03") + pd.Timedelta(hours=at) for at in range(3)]


@pytest.mark.parametrize(
    "prose",
    [
        [["Prices are day-ahead"], ["Carbon is a yearly mean"]],
        [["Contact", "Market desk"], ["Version", "final"]],
        [["Notes"], ["", "Prices are day-ahead"]],
        [["Read me", "", ""], ["", "one", "two"]],
    ],
)
def test_a_sheet_of_prose_is_left_out_with_a_note(prose: list[list[str]]) -> None:
    done = read_noted(workbook(HOURS, Notes=prose))
    assert done.dataset.price.tolist() == [[41, 42, 43]]
    assert "mine.xlsx, sheet Notes was left out: it holds text, and no figures." in done.notes


def test_a_sheet_of_figures_is_never_left_out() -> None:
    found = said(workbook(HOURS, Other=[["Region", "Load"], ["north", 7.5]]))
    assert "sheet Other: this table has neither a column hour nor a column site" in found[0]
    assert "Leave it out if it holds no figures" in found[0]


# Names


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("x" * 81, "at most 80 characters; it has 81"),
        ("-Nord", "does not begin with = + - @"),
        ("@home", "does not begin with = + - @"),
        ("a\u200bb", "without marks that cannot be seen; it has U+200B"),
    ],
)
def test_the_rule_that_a_name_breaks_is_named(name: str, rule: str) -> None:
    rows = [row.replace(",aa,", f",aa,{name},") for row in ROWS]
    assert rule in only(table(HEAD.replace("site,", "site,name,"), rows))


def test_odd_blanks_in_a_name_are_blanks() -> None:
    rows = [row.replace(",aa,", ",aa,New\u00a0South\u202fWales ,") for row in ROWS]
    data = read(table(HEAD.replace("site,", "site,name,"), rows))
    assert data.sites["name"].tolist() == ["New South Wales"]


def test_the_rule_that_an_id_breaks_is_named() -> None:
    rows = [row.replace(",aa,", f",{'a' * 41},") for row in ROWS]
    assert "at most 40 characters; it has 41" in said(table(rows=rows))[0]


@pytest.mark.parametrize(
    "text", ["\u200b" * 50, "\U0001f9ff\u200d" * 30, "\x1b[31m" * 20, "x" * 999]
)
def test_what_a_file_holds_is_echoed_briefly_and_visibly(text: str) -> None:
    assert len(shown(text)) <= 80
    assert shown(text).isprintable()


# What leaves


def test_a_data_set_that_is_not_sound_does_not_leave() -> None:
    data = read(table())
    for broken in (
        replace(data, price=frozen(np.where(data.price > 41, np.nan, data.price))),
        replace(data, demand=frozen(np.full_like(data.demand, np.inf))),
        replace(data, intensity=frozen(data.intensity[:, :, 1:])),
        replace(data, sites=data.sites.assign(latitude=np.nan)),
    ):
        with pytest.raises(DatasetProblems, match="are incomplete"):
            refuse_unsound(broken)
    refuse_unsound(data)


def template_with(column: str, change: float, **words: str) -> Dataset:
    tables = template_tables()
    home = "sites" if column in tables["sites"] else "hourly"
    tables[home][column] += change
    for name, text in words.items():
        tables["sources"][name] = text
    files = {f"{name}.csv": frame.to_csv(index=False).encode() for name, frame in tables.items()}
    return read_upload(files)


@pytest.mark.parametrize("column", ["price_usd_per_mwh", "demand_mw", "capacity_mw", "latitude"])
def test_what_the_template_says_does_not_stick_to_other_figures(column: str) -> None:
    cards = {card.column: card for card in template_with(column, 1.0).cards}
    assert (cards[column].source, cards[column].licence) == ("not stated", "not stated")
    assert cards[column].quality == "unstated"
    assert cards["water_m3_per_mwh"].source == "Made up for this template"
    own = template_with(column, 1.0, source="Our meter", note="Read by hand.", licence="CC0")
    card = next(card for card in own.cards if card.column == column)
    assert (card.source, card.licence) == ("Our meter", "CC0")


FIGURES = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.decimals(-1000, 1000, places=2).map(str),
    st.integers(-(10**25), 10**25).map(str),
)


@given(st.lists(FIGURES, min_size=1, max_size=20))
def test_a_column_is_read_the_same_whether_or_not_a_cell_of_it_is_no_plain_number(
    texts: list[str],
) -> None:
    plain = numbers(pd.Series(texts, dtype="str"))
    among_others = numbers(pd.Series([*texts, "", " 1"], dtype="str"))
    wanted = np.array([float(text) for text in texts]) + 0.0
    assert plain.tobytes() == among_others[:-2].tobytes() == wanted.tobytes()
    assert np.isnan(among_others[-2])
    assert among_others[-1] == 1


def test_lines_are_numbered_past_those_that_do_not_fit() -> None:
    rows = [ROWS[0], "1,2", ROWS[1], "3", f"{ROWS[2]} MW"]
    with pytest.raises(DatasetProblems) as caught:
        read_upload(table(rows=rows))
    assert [problem.row for problem in caught.value.problems] == [3, 5, 6]
