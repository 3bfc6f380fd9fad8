"""Whatever the bytes, the answer is a data set or sentences: never a traceback."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equity_core.errors import DatasetError
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.upload import DatasetProblems, UploadAnswers
from equity_core.inputs.upload.pipeline import read_here as read_upload
from equity_core.inputs.upload.template import template_csv, template_tables, template_xlsx


def parquet() -> bytes:
    buffer = io.BytesIO()
    template_tables()["hourly"].to_parquet(buffer)
    return buffer.getvalue()


# A day of each site is enough to go wrong.
LINES = template_csv().decode().splitlines()
SHORT = "\n".join([LINES[0], *(line for line in LINES if "06-03T" in line)]).encode()
ORIGINALS = {"mine.csv": SHORT, "mine.xlsx": template_xlsx(), "mine.parquet": parquet()}


def answer(files: dict[str, bytes], **answers) -> Dataset | DatasetProblems:
    try:
        return read_upload(files, UploadAnswers(**answers))
    except DatasetProblems as error:
        assert error.count >= len(error.problems) > 0
        assert all(str(problem).endswith(".") for problem in error.problems)
        return error


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx", "a.parquet", "a", "../a b"]))
def test_any_bytes(content: bytes, name: str) -> None:
    assert isinstance(answer({name: content}), DatasetProblems)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.sampled_from(list(ORIGINALS)), st.data())
def test_bytes_changed_anywhere(name: str, data: st.DataObject) -> None:
    content = bytearray(ORIGINALS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    answer({name: bytes(content)})


TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "nan", "inf", "-0", "1e400", "=1+1", "2024-02-30T00:00Z", "9999-12-31T23:00Z",
         "0001-01-01T00:00Z", "2024-06-03T00:00+14:00", "UTC", "USD/MWh", "site", "hour", "٣", "½"]
    ),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, 72), st.integers(0, 11), TEXTS), max_size=5), st.booleans()
)
def test_cells_changed_anywhere(changes: list[tuple[int, int, str]], fill: bool) -> None:
    rows = [line.split(",") for line in SHORT.decode().splitlines()]
    for row, column, text in changes:
        rows[row][column] = '"' + text.replace('"', '""') + '"'
    content = "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
    answer({"mine.csv": content}, fill_gaps=fill, timezone="UTC")


@settings(max_examples=40)
@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=40))
def test_any_answers(title: str, source: str, zone: str) -> None:
    try:
        given_answers = UploadAnswers(title, source, zone)
    except DatasetError as error:
        assert "Traceback" not in str(error)
        return
    assert isinstance(read_upload({"mine.csv": SHORT}, given_answers), Dataset)


def test_the_originals_are_read() -> None:
    assert isinstance(answer({"mine.csv": SHORT}), Dataset)
    sites = template_tables()["sites"].to_csv(index=False).encode()
    files = {"sites.csv": sites, "mine.parquet": ORIGINALS["mine.parquet"]}
    assert isinstance(answer(files), Dataset)


@pytest.mark.parametrize("cut", [1, 50, 1000, -1, -30])
@pytest.mark.parametrize("name", ["mine.xlsx", "mine.parquet"])
def test_a_file_cut_short(name: str, cut: int) -> None:
    assert isinstance(answer({name: ORIGINALS[name][:cut]}), DatasetProblems)


@pytest.mark.parametrize("unit", ["usd_per_kwh", "eur_per_kwh"])
@pytest.mark.parametrize("figure", ["1e308", "-1e308", "1e999", "9" * 400])
def test_a_figure_that_its_unit_would_make_endless_is_refused(unit: str, figure: str) -> None:
    header, first, *rows = SHORT.decode().replace("usd_per_mwh", unit).splitlines()
    cells = first.split(",")
    cells[header.split(",").index(f"price_{unit}")] = figure
    content = "\n".join([header, ",".join(cells), *rows]).encode()
    found = answer({"mine.csv": content}, rates={"EUR": 10_000})
    assert isinstance(found, DatasetProblems)
    assert (found.problems[0].row, found.problems[0].column) == (2, f"price_{unit}")
