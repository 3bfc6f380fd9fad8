"""Files that come together."""

from equity_core.inputs.upload.names import distinct_names


def test_no_file_takes_the_place_of_another() -> None:
    assert distinct_names(["a.csv", "b.csv", "a.csv"]) == ["1/a.csv", "b.csv", "3/a.csv"]
    assert distinct_names([]) == []
