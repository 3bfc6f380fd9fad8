"""A sweep's file: what it asks, and a sentence with its place for whatever is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from equity_core.errors import SweepError
from equity_core.sweeps.reading import read_sweep
from equity_core.sweeps.run import Run

ROOT = Path(__file__).resolve().parents[2]


def told(sweep) -> list[dict[str, str]]:
    return [dict(sweep.asked(number).asked) for number in range(sweep.count)]


def test_lists_grids_chance_and_draws_are_combined_the_last_changing_fastest(written) -> None:
    sweep = read_sweep(
        written(
            """
            title = "All"
            [set]
            reach = "partial"
            [[list]]
            label = "cold"
            start = 2022-09-23T00:00:00Z
            [[list]]
            label = "warm"
            [grid]
            texas.water = [1, 2.5]
            method = ["offline", "weights"]
            [random]
            count = 3
            seed = 1
            water_weight = [10, 20]
            [draws]
            count = 2
            seed = 4
            price = 0.2
            """
        )
    )
    rows = told(sweep)
    assert sweep.count == len(rows) == 2 * 2 * 2 * 3 * 2
    assert [sweep.asked(number).draw for number in range(4)] == [0, 1, 0, 1]
    assert {row["reach"] for row in rows} == {"partial"}
    assert [row["label"] for row in rows] == ["cold"] * 24 + ["warm"] * 24
    assert "start" not in rows[-1]
    assert rows[0]["start"] == "2022-09-23T00:00:00+00:00"
    assert [row["texas.water"] for row in rows[:24]] == ["1"] * 12 + ["2.5"] * 12
    assert [row["method"] for row in rows[:12]] == ["offline"] * 6 + ["weights"] * 6
    weights = [float(row["water_weight"]) for row in rows]
    assert weights[:6] == weights[-6:]
    assert len(set(weights)) == 3
    assert all(10 <= weight <= 20 for weight in weights)
    # In draws the world is drawn for the baseline as well.
    assert {row["baseline_world"] for row in rows} == {"as_set"}


def test_a_csv_has_a_question_a_row_and_empty_cells_keep_the_default(written) -> None:
    text = "label,policy,factors.texas.water,method\none,cost,,\n\ntwo,,1.5,weights\n"
    sweep = read_sweep(written(text, "mine.csv"))
    assert told(sweep) == [
        {"label": "one", "policy": "cost"},
        {"label": "two", "texas.water": "1.5", "method": "weights"},
    ]


def test_ranges_hold_both_ends(written) -> None:
    text = (
        "[grid]\nwater_weight = {from = 0, to = 1, steps = 11}\n"
        "carbon_weight = {from = 1, to = 100, steps = 3, scale = 'log'}"
    )
    sweep = read_sweep(written(text))
    assert [value.value for value in sweep.values("water_weight")] == [x / 10 for x in range(11)]
    assert [value.value for value in sweep.values("carbon_weight")] == [1, 10, 100]


BROKEN = [
    ("[grid]\nwater_wieght = [1]", "[grid] water_wieght: There is no field", "'water_weight'?"),
    ("[grid]\nwater_weight = [1, -2]", "[grid] water_weight, value 2: ", "from 0 to 1000000 USD"),
    ("[grid]\nwater_weight = 3", "[grid] water_weight is 3", "list of values"),
    ("[grid]\nwater_weight = []", "[grid] water_weight is []", "list of values"),
    ("[grid]\nwater_weight = {from=1, to=2}", "steps is None", "from 2 to 1,000,000"),
    ("[grid]\nwater_weight = {from=0, to=2, steps=3, scale='log'}", "scale is 'log'", "above 0"),
    ("[set]\npolicy = 'zzz'", "[set]: policy is 'zzz'", "Known are: cost"),
    ("[set]\nstart = 2023-01-01", "start is a date without an hour", "2023-01-01T00:00:00Z"),
    ("[set]\nwater_weight = nan", "water_weight is nan", "a number from 0"),
    ("[set]\nwater_weight = 1" + 400 * "0", "water_weight is inf", "a number from 0"),
    ("[set]\ntexas.watr = 2", "there is no 'watr' to set there", "Did you mean 'water'?"),
    ("[set]\ntexs.water = 2", "names the site 'texs'", "Did you mean 'texas'?"),
    ("[set]\ndataset = '../etc'", "dataset is '../etc'", "a name of 1 to 64"),
    ("[set]\na.b.c.d.e.f = 1", "[set] must be a table of fields", "water_weight = 60"),
    ("set = 3", "[set] must be a table", "water_weight = 60"),
    ("[sets]\nx = 1", "has 'sets', which a sweep does not know", "Did you mean 'set'?"),
    ("[set]\nreach='full'\n[grid]\nreach=['full']", "sets reach in two places", "keep it in one"),
    ("[grid]\nmethod = ['weigths']", "There is no method 'weigths'", "Did you mean 'weights'?"),
    ("[grid]\nforecast = ['a.csv']", "There is no forecast 'a.csv'", "Known are:"),
    ("[grid]\ntrust = [-1]", "[grid] trust, value 1: trust is -1", "of 0 or more"),
    ("[[list]]\nlabel = ''", "[[list]] number 1: label is ''", "1 to 80 printable"),
    ("list = 3", "write each question", "[[list]]"),
    ("[random]\nwater_weight=[1,2]\nseed=1", "[random] count is missing", "from 1 to 1,000,000"),
    ("[random]\ncount=2\nseed=1\nwater_weight=[2,1]", "water_weight is [2, 1]", "[0, 100]"),
    ("[draws]\ncount=2\nseed=1", "[draws] says of no figure", "price = 0.2"),
    ("[draws]\ncount=2\nseed=1\nprices=0.1", "'prices', which cannot be drawn", "'price'?"),
    ("[draws]\ncount=2\nseed=1\nprice=20", "[draws] price is 20", "up to 1"),
    ("[draws]\ncount=20000\nseed=1\nprice=0.1", "[draws] count is 20000", "10,000"),
    ("[draws]\ncount=0x" + 5000 * "f", "a number of thousands of digits", "10,000"),
    (
        "[grid]\nwater_weight={from=0,to=9,steps=1001}\ncarbon_weight={from=0,to=9,steps=1000}",
        "[grid] asks 1,001,000",
        "cut it into several",
    ),
    ("title = 3", "title is 3", "on one line"),
    ('[set]\ntexas.water = 2\n"texas.water" = 3', "[set] sets texas.water twice", "keep one"),
    ("[set]\ntexas.water = 2\nfactors.texas.water = 3", "sets texas.water twice", "keep one"),
    ('[grid]\ntexas.water = [1]\n"factors.texas.water" = [2]', "[grid] sets texas.water", "one"),
    ("[set]\nnowhere.water = 1", "names the site 'nowhere'", "Known are: texas"),
    ("[set]\nnew-site.water = 1", "names the site 'new-site'", "Known are: texas"),
    ("[draws]", "[draws] is empty", "price = 0.2, or take [draws] away"),
    ("[random]", "[random] is empty", "or take [random] away"),
    ("[grid]", "[grid] is empty", "or take [grid] away"),
    ("[set]", "[set] is empty", "or take [set] away"),
    ("[grid", "is not readable as TOML", "at end of document"),
    ("x = " + 5000 * "[", "is not readable as TOML", "correct that place"),
]


@pytest.mark.parametrize(("text", "what", "remedy"), BROKEN)
def test_what_is_wrong_in_a_toml_is_one_sentence_with_its_place(
    text, what, remedy, written, tmp_path
) -> None:
    with pytest.raises(SweepError) as caught:
        Run.of(read_sweep(written(text)), tmp_path)
    sentence = str(caught.value)
    assert sentence.startswith("sweep.toml")
    assert what in sentence
    assert remedy in sentence
    assert "\n" not in sentence
    assert len(sentence) < 1200


BROKEN_CSV = [
    ("", "is empty", "names the fields"),
    ("policy\n", "no row below its header", "add one"),
    ("policy,policy\ncost,cost\n", "row 1 has 'policy' twice", "once"),
    ("policy,\ncost,cost\n", "row 1 has a column without a name", "once"),
    ("polcy\ncost\n", "row 1: There is no field 'polcy'", "'policy'?"),
    ("policy\ncost\n\ncosts\n", "row 4, column policy: policy is 'costs'", "'cost'?"),
    ("policy,reach\ncost\n", "row 2 has 1 cells, but the header has 2", "default"),
    ('policy\n"cost\n', "cannot be read as CSV", "save it anew"),
]


@pytest.mark.parametrize(("text", "what", "remedy"), BROKEN_CSV)
def test_what_is_wrong_in_a_csv_is_one_sentence_with_its_place(text, what, remedy, written) -> None:
    with pytest.raises(SweepError) as caught:
        read_sweep(written(text, "mine.csv"))
    assert str(caught.value).startswith("mine.csv")
    assert what in str(caught.value)
    assert remedy in str(caught.value)


def test_more_than_a_million_questions_are_refused_before_any_is_made(written) -> None:
    text = (
        "[grid]\nwater_weight = {from = 0, to = 1, steps = 1000}\n"
        "carbon_weight = {from = 0, to = 1, steps = 1000}\n"
        "[draws]\ncount = 3\nseed = 1\nprice = 0.1"
    )
    with pytest.raises(SweepError, match=r"asks 3,000,000 questions \(1,000 x 1,000 x 3 draws\)"):
        read_sweep(written(text))


@pytest.mark.parametrize("name", ["sweep.json", "none.toml", "folder.toml", "latin.csv"])
def test_files_that_are_none_are_refused(name, tmp_path) -> None:
    (tmp_path / "sweep.json").write_text("{}")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "latin.csv").write_bytes(b"label\n\xe9\n")
    with pytest.raises(SweepError):
        read_sweep(tmp_path / name)


def test_the_example_of_the_documents_is_read(written, tmp_path) -> None:
    text = (ROOT / "docs" / "SWEEPS.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    run = Run.of(read_sweep(written(example)), tmp_path)
    assert run.sweep.count == 2 * 2 * 7 * 3 * 2 * 10 * 16
    assert run.outlook(len(run.parts.firsts)) == (
        "Heavier weights, in doubt: 26,880 questions on paper-2022, in 269 parts."
    )


def test_parts_are_small_where_the_data_are_large(written, tmp_path) -> None:
    def size(name: str, questions: int) -> int:
        text = f"[set]\ndataset = '{name}'\n[random]\ncount = {questions}\nseed = 1"
        return Run.of(read_sweep(written(text)), tmp_path).parts.size

    assert size("paper-2022", 10_000) == 100
    assert size("world-2023", 10_000) == 10
    assert size("paper-2022", 12) == 1  # a few go to all workers
