"""docs/DATA.md says what the reader does: its tables are the schema's own."""

from pathlib import Path

import pytest

from equity_core.inputs.outside.workbooks import MOST_CELLS
from equity_core.inputs.upload.columns.schema import FURTHER, RESERVED, further_field
from equity_core.inputs.upload.documentation import Rows, schema_tables
from equity_core.inputs.upload.formats.sheets import LARGEST_UPLOAD, MOST_COLUMNS, MOST_ROWS
from equity_core.inputs.upload.pipeline import read_here as read_upload
from equity_core.inputs.upload.sites import MOST_SITES
from equity_core.inputs.upload.template import template_csv, template_tables

DOC = (Path(__file__).parents[2] / "docs" / "DATA.md").read_text(encoding="utf-8")


def as_markdown(rows: Rows) -> str:
    """A table as it stands in docs/DATA.md."""
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return "\n".join([head, "|" + "---|" * len(rows[0]), *body])


@pytest.mark.parametrize("name", schema_tables())
def test_every_table_of_the_schema_stands_in_the_document(name: str) -> None:
    assert as_markdown(schema_tables()[name]) in DOC


def test_the_limits_are_those_of_the_reader() -> None:
    for limit in (MOST_ROWS, MOST_CELLS):
        assert f"{limit:,}" in DOC
    assert f"{LARGEST_UPLOAD >> 20} MB" in DOC
    assert f"{MOST_COLUMNS} columns and {MOST_SITES} sites" in DOC


def test_the_template_follows_the_schema() -> None:
    documented = {row[0] for table in schema_tables().values() for row in table}
    for name, frame in template_tables().items():
        for column in frame.columns:
            assert column in documented or column == "hour", (name, column)
    assert read_upload({"t.csv": template_csv()}).hours.size == 168


def test_documented_examples_of_further_footprints_are_read() -> None:
    for name in ("health_usd_per_mwh", "land_m2_per_mwh", "noise_dbh_per_mwh"):
        assert name in DOC
        assert further_field(name) is not None


@pytest.mark.parametrize("name", RESERVED)
def test_names_of_our_own_are_no_footprints(name: str) -> None:
    assert FURTHER.fullmatch(f"{name}_usd_per_mwh")
    assert further_field(f"{name}_usd_per_mwh") is None
