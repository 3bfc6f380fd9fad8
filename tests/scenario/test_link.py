"""Links, scenario files, settings: what is written reads back equal, what is broken speaks."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core.errors import LinkError, NotYetAvailable, ScenarioError
from equity_core.scenario import link
from equity_core.scenario.link import (
    LONGEST_LINK,
    fingerprint,
    from_json,
    from_query,
    read_leniently,
    to_json,
    to_query,
    with_settings,
)
from equity_core.scenario.parameters import BY_NAME, FACTORS_BY_NAME, PARAMETERS, SITE_FACTORS
from equity_core.scenario.scenario import Scenario, SiteFactors


def values(row):
    """Every value a row accepts in this version."""
    if not row.available:
        return st.just(row.default)
    hours = st.datetimes(timezones=st.just(UTC)).map(
        lambda moment: moment.replace(minute=0, second=0, microsecond=0)
    )
    return {
        "choice": st.sampled_from(row.choices or ("",)),
        "name": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True),
        "number": st.floats(row.minimum, row.maximum),
        "optional_time": st.none() | hours,
    }[row.kind]


SITE_IDS = (
    st.text(max_size=30)
    .map(str.strip)
    .filter(lambda text: text and text.isprintable())
    .filter(lambda text: text.encode("utf-8", "ignore").decode() == text)
)
FACTORS = st.fixed_dictionaries({}, optional={row.name: values(row) for row in SITE_FACTORS})


@st.composite
def scenarios(draw):
    fields = {row.name: draw(values(row)) for row in PARAMETERS}
    if fields["policy"] in ("carbon", "water", "fairest"):
        fields["water_price"] = fields["carbon_price"] = 0.0
    if fields["start"] and fields["end"] and fields["end"] <= fields["start"]:
        fields["end"] = None
    return Scenario(**fields, factors=draw(st.dictionaries(SITE_IDS, FACTORS, max_size=4)))


@given(scenarios())
def test_a_link_reads_back_as_the_scenario_it_was_made_from(scenario):
    query = to_query(scenario)
    assert query.isascii()
    assert from_query(query) == scenario
    assert from_query(f"https://example.org/explore?{query}#map") == scenario
    assert read_leniently(query) == (scenario, ())
    assert to_query(from_query(query)) == query


@given(scenarios())
def test_a_file_reads_back_as_the_scenario_it_was_made_from(scenario):
    assert from_json(to_json(scenario)) == scenario
    assert to_json(from_json(to_json(scenario))) == to_json(scenario)


@given(scenarios())
def test_settings_reach_every_scenario_from_the_default(scenario):
    pairs = [(name, link._text(value)) for name, value in scenario.non_defaults().items()
             if name != "factors"]  # fmt: skip
    settings = [f"{name}={text}" for name, text in pairs] + [
        f"factors.{site}.{name}={value!r}"
        for site, chosen in scenario.factors.items()
        for name, value in chosen.non_defaults().items()
    ]
    assert with_settings(Scenario(), settings) == scenario


@given(st.text(max_size=300) | st.binary(max_size=100).map(lambda raw: raw.decode("latin-1")))
def test_no_text_makes_a_reader_fail_with_anything_but_a_sentence(text):
    scenario, problems = read_leniently(text)
    assert isinstance(scenario, Scenario)
    for read in (from_query, from_json):
        try:
            read(text)
        except ScenarioError as problem:
            assert str(problem).endswith((".", "?"))
            assert read is from_json or problems


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*BY_NAME, "factors", "texas", "water", "v"]), inner)
    ),
)


@given(JSON)
def test_no_json_makes_the_file_reader_fail_with_anything_but_a_scenario_error(value):
    try:
        from_json(json.dumps(value))
    except ScenarioError as problem:
        assert str(problem)


def test_the_default_scenario_has_an_empty_link():
    assert to_query(Scenario()) == ""
    assert from_query("") == from_query("http://127.0.0.1:8501/explore") == Scenario()


def test_a_link_reads_well():
    scenario = Scenario(policy="cost", reach="partial", start=datetime(2022, 9, 22),
                        factors={"texas": SiteFactors(water=1.5)})  # fmt: skip
    assert to_query(scenario) == (
        "v=1&policy=cost&reach=partial&start=2022-09-22T00:00Z&texas.water=1.5"
    )


def test_site_ids_with_dots_and_marks_keep_their_place():
    for site in ("a.b", "v", "policy", "show_x", "water.water", "é&=?#%+ x", "factors"):
        scenario = Scenario(factors={site: {"water": 2.0}})
        assert from_query(to_query(scenario)) == scenario


@pytest.mark.parametrize("row", [row for row in PARAMETERS if row.available], ids=lambda r: r.name)
def test_every_available_parameter_travels_in_the_link_under_its_name(row):
    other = {
        "choice": lambda: next(choice for choice in row.choices if choice != row.default),
        "name": lambda: "other",
        "number": lambda: 7.5,
        "optional_time": lambda: "2022-09-23T05:00Z",
    }[row.kind]()
    base = Scenario(policy="cost") if row.name.endswith("_price") else Scenario()
    assert f"{row.name}=" in to_query(base.replace(**{row.name: other}))


@pytest.mark.parametrize("row", SITE_FACTORS, ids=lambda row: row.name)
def test_every_available_factor_travels_in_the_link(row):
    if row.available:
        query = to_query(Scenario(factors={"texas": {row.name: 2}}))
        assert query == f"v=1&texas.{row.name}=2"


BROKEN = {
    "policy=equty": ("policy", "Did you mean 'equity'? The default (equity) is used instead."),
    "polcy=cost": ("polcy", "Did you mean 'policy'? It is ignored."),
    "water_weight=-1": ("water_weight", "from 0 to 1000000 USD/m3"),
    "water_weight=nan": ("water_weight", "is nan"),
    "water_weight=1e308": ("water_weight", "The default (60) is used instead."),
    "water_weight=1_0": ("water_weight", "'1_0'"),
    "carbon_weight=": ("carbon_weight", "The default (1500) is used instead."),
    "texas.water=-2": ("factors.texas.water", "The region's figure is used unchanged."),
    "texas.watr=2": ("factors.texas.watr", "Did you mean 'water'?"),
    ".water=2": ("factors", "a site id is 1 to 100 printable characters"),
    "no_region_worse=maybe": ("no_region_worse", "must be true or false"),
    "start=yesterday": ("start", "whole UTC hour"),
    "start=2022-09-23&end=2022-09-22": ("end", "later than start"),
    "policy=carbon&carbon_price=5": ("carbon_price", "The default (0) is used instead."),
    "dataset=../../etc": ("dataset", "The default (paper-2022) is used instead."),
    "v=2": ("v", "reads version 1"),
    "policy=cost&policy=water": ("policy", "more than once"),
    "hello": ("hello", "There is no field 'hello'"),
}


@pytest.mark.parametrize("query", BROKEN)
def test_a_broken_link_names_the_field_and_the_rest_is_used(query):
    field, words = BROKEN[query]
    with pytest.raises(LinkError) as caught:
        from_query(query)
    assert caught.value.field == field
    scenario, problems = read_leniently(f"{query}&reach=partial")
    assert len(problems) == 1
    assert field.removeprefix("factors.").split(".")[0] in problems[0]
    assert words in problems[0]
    assert scenario.reach == "partial"


@pytest.mark.parametrize("query", ["lens=income", "reach=latency", "water_limit_m3=1900",
                                   "no_region_worse=true", "texas.lens=2"])  # fmt: skip
def test_what_is_not_yet_available_says_so(query):
    with pytest.raises(NotYetAvailable, match="not yet available"):
        from_query(query)
    scenario, problems = read_leniently(query)
    assert scenario == Scenario()
    assert len(problems) == 1


def test_two_problems_are_two_sentences():
    scenario, problems = read_leniently("policy=x&water_weight=-1&carbon_weight=7")
    assert [sentence.split()[0] for sentence in problems] == ["policy", "water_weight"]
    assert scenario == Scenario(carbon_weight=7.0)


def test_a_link_full_of_nonsense_gives_few_sentences():
    _, problems = read_leniently("&".join(f"x{number}=1" for number in range(500)))
    assert len(problems) == 11
    assert problems[-1].startswith("490 further")


@pytest.mark.parametrize("query", ["a" * 100_000, {"policy": "x" * 100_000}])
def test_a_link_of_100_kb_is_refused_with_one_short_sentence(query):
    with pytest.raises(LinkError, match=r"100,\d{3} characters long.*at most 32,000"):
        from_query({"policy": "x" * 99_992} if isinstance(query, dict) else query)
    scenario, problems = read_leniently(query)
    assert scenario == Scenario()
    assert len(problems) == 1
    assert len(problems[0]) < 300


def test_a_link_with_factors_for_a_hundred_sites_fits():
    factors = {f"site-number-{n}": {"water": 1 / 3, "carbon": 2 / 3} for n in range(100)}
    scenario = Scenario(factors=factors)
    assert len(to_query(scenario)) < LONGEST_LINK
    assert from_query(to_query(scenario)) == scenario


def test_the_page_may_keep_its_view_in_the_link():
    assert from_query("show_quantity=water&embed=true&reach=partial") == Scenario(reach="partial")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not readable as JSON"),
        ("[" * 100_000, "not readable as JSON"),
        ("[]", "must be a set of named fields"),
        ('{"policy": "equty"}', "Did you mean 'equity'?"),
        ('{"water_weight": NaN}', "water_weight is nan"),
        ('{"water_weight": 1e999}', "water_weight is inf"),
        ('{"water_weight": "60"}', "water_weight is '60'"),
        ('{"water_weight": true}', "water_weight is True"),
        ('{"water_weight": null}', "water_weight is None"),
        ('{"policy": ["cost"]}', "policy is ['cost']"),
        ('{"policy": "cost", "policy": "water"}', "'policy' is given more than once"),
        ('{"factors": {"texas": 2}}', "factors.texas is 2"),
        ('{"factors": {"texas": {"water": "2"}}}', "factors.texas.water is '2'"),
        ('{"v": 2}', "reads version 1"),
        (" " * 1_000_001, "at most 1,000,000"),
    ],
)
def test_a_broken_file_names_what_is_wrong(text, words):
    with pytest.raises(ScenarioError) as caught:
        from_json(text)
    assert words in str(caught.value)


def test_a_setting_wins_over_what_was_there():
    base = Scenario(
        water_weight=5, factors={"texas": {"water": 2, "price": 3}, "japan": {"price": 2}}
    )
    changed = with_settings(base, ["water_weight=7", "factors.texas.water=1.5"])
    assert changed.water_weight == 7
    assert dict(changed.factors) == {
        "texas": SiteFactors(water=1.5, price=3),
        "japan": SiteFactors(price=2),
    }


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("policy", "write it as field=value"),
        ("polcy=cost", "Did you mean 'policy'?"),
        ("factors.texas.watr=1", "Did you mean 'water'?"),
        ("water_weight=ten", "water_weight is 'ten'"),
    ],
)
def test_a_broken_setting_names_what_is_wrong(setting, words):
    with pytest.raises(ScenarioError) as caught:
        with_settings(Scenario(), [setting])
    assert words in str(caught.value)


def test_a_setting_that_clashes_with_the_file_says_so():
    with pytest.raises(ScenarioError, match="carbon_price to 0"):
        with_settings(Scenario(policy="cost", carbon_price=5), ["policy=carbon"])


@given(scenarios(), scenarios())
def test_fingerprints_tell_scenarios_apart(one, other):
    assert (fingerprint(one, "d") == fingerprint(other, "d")) == (one == other)


def test_the_fingerprint_changes_with_every_field_the_data_and_the_product(monkeypatch):
    scenarios_ = [
        Scenario(), Scenario(dataset="other"), Scenario(policy="cost"), Scenario(water_weight=61),
        Scenario(carbon_weight=1501), Scenario(water_price=1), Scenario(carbon_price=1),
        Scenario(reach="partial"), Scenario(baseline="nearest"), Scenario(start="2022-09-23"),
        Scenario(end="2022-09-23"),
        *(Scenario(factors={"texas": {name: 2}}) for name in FACTORS_BY_NAME if name != "lens"),
    ]  # fmt: skip
    prints = {fingerprint(scenario, "d1") for scenario in scenarios_}
    assert len(prints) == len(scenarios_)
    assert all(len(one) == 12 and int(one, 16) >= 0 for one in prints)
    before = fingerprint(Scenario(), "d1")
    assert fingerprint(Scenario(), "d2") != before
    monkeypatch.setattr(link, "__version__", "9.9.9")
    assert fingerprint(Scenario(), "d1") != before


def test_the_fingerprint_does_not_depend_on_the_order_of_fields_and_sites():
    one = Scenario(policy="cost", reach="partial", factors={"a": {"price": 2}, "b": {"water": 2}})
    two = Scenario(factors={"b": {"water": 2}, "a": {"price": 2}}, reach="partial", policy="cost")
    assert fingerprint(one, "d") == fingerprint(two, "d")
    assert to_query(one) == to_query(two)
    assert from_query("b.water=2&a.price=2&reach=partial&policy=cost") == one
