"""What tells two checkouts apart sees every difference but seconds."""

from bench.same import PRESETS, QUESTIONS, ROOT, commands, differences, run


def test_seconds_alone_may_differ() -> None:
    one = {"output": b'{"seconds": 0.123, "gap": 1e-10}'}
    assert differences(one, {"output": b'{"seconds": 4.5, "gap": 1e-10}'}) == []
    (found,) = differences(one, {"output": b'{"seconds": 4.5, "gap": 2e-10}'})
    assert found.startswith("output from byte")


def test_files_that_come_or_go_are_named() -> None:
    assert differences({"a.csv": b""}, {"b.csv": b""}) == ["a.csv is missing", "b.csv is new"]


def test_an_answer_is_its_code_output_and_files() -> None:
    found = dict(
        run(ROOT, ["-m", "equity_core", "solve", "--set", "water_weight=-1", "--out", "out"])
    )
    assert found["exit code"] == b"2"
    assert b"water_weight" in found["errors"]
    assert set(found) == {"exit code", "output", "errors"}


def test_more_than_forty_are_asked() -> None:
    assert len(list(commands())) == len(QUESTIONS) + 1 > 40


def test_the_links_of_presets_are_told() -> None:
    found = dict(run(ROOT, ["-c", PRESETS]))
    assert found["exit code"] == b"0", found["errors"]
    assert b"v=2" in found["output"]
