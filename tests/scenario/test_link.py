"""Links, scenario files, settings: what is written reads back equal, what is broken speaks."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core.errors import LinkError, ScenarioError
from equity_core.scenario import link
from equity_core.scenario.address import LONGEST_LINK
from equity_core.scenario.link import (
    fingerprint,
    from_json,
    from_query,
    read_leniently,
    to_json,
    to_query,
    version_of,
    with_settings,
)
from equity_core.scenario.parameters import BY_NAME, FURTHER_TERMS, PARAMETERS, SITE_FACTORS
from equity_core.scenario.records import KINDS, FootprintTerms, SiteFactors
from equity_core.scenario.rows.limits import LIMIT_ROWS
from equity_core.scenario.scenario import Scenario

NAMES = (
    st.text(max_size=30)
    .map(str.strip)
    .filter(lambda text: text and text.isprintable())
    .filter(lambda text: text.encode("utf-8", "ignore").decode() == text)
)
SITE_IDS = NAMES.filter(lambda text: not text.startswith("further."))
FOOTPRINTS = NAMES.filter(lambda text: text not in ("water", "carbon"))


def values(row):
    """Every value a row accepts."""
    hours = st.datetimes(timezones=st.just(UTC)).map(
        lambda moment: moment.replace(minute=0, second=0, microsecond=0)
    )
    return {
        "choice": st.sampled_from(row.choices or ("",)),
        "name": st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", fullmatch=True),
        "site": st.just("") | SITE_IDS,
        "number": st.floats(row.minimum, row.maximum),
        "optional_number": st.none() | st.floats(row.minimum, row.maximum),
        "flag": st.booleans(),
        "optional_time": st.none() | hours,
    }[row.kind]


def records(rows):
    return st.fixed_dictionaries({}, optional={row.name: values(row) for row in rows})


PARAMETER_OF = {
    "worst": st.none(),
    "worst_share": st.none() | st.floats(0, 1, exclude_min=True),
    "lq": st.none() | st.floats(1, 20),
}


@st.composite
def scenarios(draw):
    """Any scenario: every field in its range, and none that contradicts another."""
    fields = {row.name: draw(values(row)) for row in PARAMETERS}
    further = draw(st.dictionaries(FOOTPRINTS, records(FURTHER_TERMS), max_size=3))
    if fields["policy"] in ("carbon", "water", "fairest"):
        fields["water_price"] = fields["carbon_price"] = 0.0
        for terms in further.values():
            terms.pop("price", None)
    fields["measure_parameter"] = draw(PARAMETER_OF[fields["measure"]])
    if not fields["new_site_like"]:
        fields["new_site_mw"] = BY_NAME["new_site_mw"].default
    if not fields["new_site_like"] or None in (
        fields["new_site_latitude"],
        fields["new_site_longitude"],
    ):
        fields["new_site_latitude"] = fields["new_site_longitude"] = None
    if fields["start"] and fields["end"] and fields["end"] <= fields["start"]:
        fields["end"] = None
    factors = draw(st.dictionaries(SITE_IDS, records(SITE_FACTORS), max_size=4))
    return Scenario(**fields, factors=factors, further=further)


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
             if name not in KINDS]  # fmt: skip
    settings = [f"{name}={text}" for name, text in pairs] + [
        f"{field}.{name}.{part}={value!r}"
        for field in KINDS
        for name, chosen in getattr(scenario, field).items()
        for part, value in chosen.non_defaults().items()
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
        | st.dictionaries(
            st.sampled_from(
                [*BY_NAME, "factors", "texas", "water", "v", "further", "health", "price"]
            ),
            inner,
        )
    ),
)


@given(JSON)
def test_no_json_makes_the_file_reader_fail_with_anything_but_a_scenario_error(value):
    try:
        from_json(json.dumps(value))
    except ScenarioError as problem:
        assert str(problem)


def test_the_default_scenario_has_a_link_of_its_version_alone():
    assert to_query(Scenario()) == "v=2"
    assert from_query("") == from_query("http://127.0.0.1:8501/explore") == Scenario()


def test_a_link_reads_well():
    scenario = Scenario(policy="cost", reach="partial", start=datetime(2022, 9, 22),
                        factors={"texas": SiteFactors(water=1.5)})  # fmt: skip
    assert to_query(scenario) == (
        "v=2&policy=cost&reach=partial&start=2022-09-22T00:00Z&texas.water=1.5"
    )
    limits = Scenario(measure="lq", no_region_worse=True, carbon_limit_t=130,
                      factors={"texas": {"water_limit_m3": 1200}},
                      further={"health": {"weight": 3}})  # fmt: skip
    assert to_query(limits) == (
        "v=2&measure=lq&carbon_limit_t=130&no_region_worse=true"
        "&texas.water_limit_m3=1200&further.health.weight=3"
    )


def test_site_ids_with_dots_and_marks_keep_their_place():
    for name in ("a.b", "v", "policy", "show_x", "water.water", "é&=?#%+ x", "factors", "further"):
        scenario = Scenario(factors={name: {"water": 2.0}}, further={name: {"price": 2.0}})
        assert from_query(to_query(scenario)) == scenario


def test_a_site_and_a_footprint_of_one_name_are_told_apart():
    scenario = from_query("health.price=2&further.health.price=3&further.price=4")
    assert dict(scenario.factors) == {
        "health": SiteFactors(price=2),
        "further": SiteFactors(price=4),
    }
    assert dict(scenario.further) == {"health": FootprintTerms(price=3)}


OLD_LINKS = {
    "v=1&policy=cost&reach=partial&start=2022-09-22T00:00Z&texas.water=1.5": Scenario(
        policy="cost",
        baseline_world="as_set",
        reach="partial",
        start="2022-09-22",
        factors={"texas": {"water": 1.5}},
    ),
    "v=1": Scenario(),
    "texas.price=2&v=1": Scenario(baseline_world="as_set", factors={"texas": {"price": 2}}),
    "v=1&demand_growth=0.1": Scenario(baseline_world="as_set", demand_growth=0.1),
    "v=1&capacity_growth=0.1": Scenario(baseline_world="as_set", capacity_growth=0.1),
    "v=1&new_site_like=texas": Scenario(baseline_world="as_set", new_site_like="texas"),
    # What a lens counts and what is limited is nothing of the world.
    "v=1&texas.lens=2&texas.water_limit_m3=9": Scenario(
        factors={"texas": {"lens": 2, "water_limit_m3": 9}}
    ),
    "v=1&baseline_world=as_is&texas.water=2": Scenario(factors={"texas": {"water": 2}}),
    "v=1&water_weight=6&carbon_weight=150&baseline=nearest": Scenario(
        water_weight=6, carbon_weight=150, baseline="nearest"
    ),
    "v=1&dataset=world-2023&policy=all_averages&carbon_price=50&us-ny.capacity=0": Scenario(
        dataset="world-2023",
        policy="all_averages",
        baseline_world="as_set",
        carbon_price=50,
        factors={"us-ny": {"capacity": 0}},
    ),
}


@pytest.mark.parametrize("query", OLD_LINKS)
def test_links_of_the_first_version_mean_what_they_meant(query):
    scenario = OLD_LINKS[query]
    assert from_query(query) == scenario
    assert read_leniently(query) == (scenario, ())
    assert from_query(to_query(scenario)) == scenario


@given(scenarios())
def test_nothing_of_the_first_version_has_another_answer(scenario):
    """Its baseline lived in the world as set; its fingerprint knew no world."""
    fields = scenario.replace(baseline_world="as_is")
    first = to_query(fields).replace("v=2", "v=1", 1)
    read = from_query(first)
    before, as_it_was = read.baseline_scenario(), fields.reference_scenario()
    assert before.replace(baseline_world="as_is") == as_it_was
    assert read.replace(baseline_world="as_is") == fields
    assert version_of(first) == "1"
    assert fingerprint(read, "d", link_version="1") == fingerprint(fields, "d")


def test_a_file_of_the_first_version_means_what_it_meant():
    growing = '{"v": 1, "policy": "cost", "demand_growth": 0.1}'
    assert from_json(growing) == Scenario(policy="cost", demand_growth=0.1, baseline_world="as_set")
    assert from_json(growing.replace("0.1", "0")) == Scenario(policy="cost")
    assert from_json(growing.replace('"v": 1, ', "")).baseline_world == "as_is"


@pytest.mark.parametrize("row", PARAMETERS, ids=lambda r: r.name)
def test_every_parameter_travels_in_the_link_under_its_name(row):
    other = {
        "choice": lambda: next(choice for choice in row.choices if choice != row.default),
        "name": lambda: "other",
        "site": lambda: "texas",
        "number": lambda: 0.75,
        "optional_number": lambda: 7.5,
        "flag": lambda: True,
        "optional_time": lambda: "2022-09-23T05:00Z",
    }[row.kind]()
    needed = {
        "policy": {"policy": "cost"},
        "fairness": {"measure": "lq"},
        "new site": {"new_site_like": "texas", "new_site_latitude": 1, "new_site_longitude": 1},
    }
    scenario = Scenario(**(needed.get(row.group, {}) | {row.name: other}))
    assert f"{row.name}=" in to_query(scenario)
    assert from_query(to_query(scenario)) == scenario


@pytest.mark.parametrize("row", SITE_FACTORS, ids=lambda row: row.name)
def test_every_factor_travels_in_the_link(row):
    assert to_query(Scenario(factors={"texas": {row.name: 2}})) == f"v=2&texas.{row.name}=2"


@pytest.mark.parametrize("row", FURTHER_TERMS, ids=lambda row: row.name)
def test_what_is_set_for_a_further_footprint_travels_in_the_link(row):
    scenario = Scenario(further={"health": {row.name: 2}})
    assert to_query(scenario) == f"v=2&further.health.{row.name}=2"


BROKEN = {
    "policy=equty": ("policy", "Did you mean 'equity'? The default (equity) is used instead."),
    "polcy=cost": ("polcy", "There is no field 'polcy' (did you mean 'policy'?); it is ignored."),
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
    "measure=worst_share&measure_parameter=1.5": ("measure_parameter", "at most 1"),
    "measure=lq&measure_parameter=0.5": ("measure_parameter", "from 1 to 20"),
    "measure_parameter=0.5": ("measure_parameter", "the measure 'worst' has none"),
    "new_site_mw=2": ("new_site_mw", "The default (1) is used instead."),
    "new_site_like=texas&new_site_latitude=3": ("new_site_latitude", "without new_site_longitude"),
    "new_site_like=further.x": ("new_site_like", "use an id of the data set's sites"),
    "worse_tolerance=-0.1": ("worse_tolerance", "from 0 to 100"),
    "texas.water_limit_m3=much": ("factors.texas.water_limit_m3", "must be a number"),
    "further.health.wieght=1": ("further.health.wieght", "Did you mean 'weight'?"),
    "further.water.weight=1": ("further", "use fields such as water_weight"),
    "further..weight=1": ("further", "use fields such as water_weight"),
    "further.health.limit=-1": ("further.health.limit", "It is left out."),
    "policy=fairest&further.health.price=3": ("further.health.price", "It is left out."),
    "dataset=../../etc": ("dataset", "The default (paper-2022) is used instead."),
    "v=3": ("v", "reads versions 1 and 2"),
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
    assert field.split(".")[0] in problems[0]
    assert words in problems[0]
    assert scenario.reach == "partial"


def test_a_short_link_is_not_taken_for_the_default_scenario():
    with pytest.raises(LinkError, match="short link"):
        from_query("https://example.org/?saved=abc")
    assert from_query("?v=2&saved=abc&policy=cost") == Scenario(policy="cost")


def test_two_problems_are_two_sentences():
    scenario, problems = read_leniently("policy=x&water_weight=-1&carbon_weight=7")
    assert [sentence.split()[0] for sentence in problems] == ["policy", "water_weight"]
    assert scenario == Scenario(carbon_weight=7.0)


def test_a_link_full_of_nonsense_gives_few_sentences():
    _, problems = read_leniently("&".join(f"x{number}.water=x" for number in range(500)))
    assert len(problems) == 11
    assert problems[-1].startswith("490 further")


def test_fields_that_nobody_knows_are_one_short_sentence():
    assert read_leniently("hello=1")[1] == ("There is no field 'hello'; it is ignored.",)
    assert read_leniently("hello=1&polcy=cost&reach=partial&a=&b=2&c=3") == (
        Scenario(reach="partial"),
        (
            "There are no fields 'hello', 'polcy' (did you mean 'policy'?), 'a' and 2 more; they "
            "are ignored.",
        ),
    )
    with pytest.raises(LinkError, match=r"^There is no field 'hello'; leave it out\.$"):
        from_query("hello=1")


@pytest.mark.parametrize(
    "tracker",
    ["utm_source", "UTM_Campaign", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "_ga",
     "igshid", "yclid", "dclid", "gbraid", "wbraid", "ref", "embed", "embed_options"],
)  # fmt: skip
def test_what_trackers_and_pages_add_is_passed_over_in_silence(tracker):
    scenario = Scenario(policy="cost", factors={"texas": {"water": 2}})
    keys = {"policy": "cost", "texas.water": "2", tracker: "a"}
    for read in (f"https://x.org/?{tracker}=a&{to_query(scenario)}&{tracker}=b#top", keys):
        assert read_leniently(read) == (scenario, ())
        assert from_query(read) == scenario
    assert from_query(f"{tracker}.water=2").factors_of(tracker).water == 2  # a region's own name


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
        ('{"further": 3}', "further is 3"),
        ('{"further": {"health": 3}}', "further.health is 3"),
        ('{"further": {"health": {"limit": "3"}}}', "further.health.limit is '3'"),
        ('{"v": 3}', "reads versions 1 and 2"),
        ('{"hello": 3}', "There is no field 'hello'; leave it out."),
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
    assert dict(with_settings(changed, ["further.health.weight=3"]).further) == {
        "health": FootprintTerms(weight=3)
    }
    limited = with_settings(changed, ["factors.japan.water_limit_m3=1200"])
    assert limited.factors["japan"] == SiteFactors(price=2, water_limit_m3=1200)
    freed = with_settings(limited, ["factors.japan.water_limit_m3="])
    assert freed == changed
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
        Scenario(reach="partial"), Scenario(baseline="nearest"),
        Scenario(baseline_world="as_set"), Scenario(start="2022-09-23"),
        Scenario(end="2022-09-23"),
        Scenario(measure="lq"), Scenario(measure="lq", measure_parameter=5),
        Scenario(lens="income"), Scenario(reach="latency"), Scenario(max_latency_ms=100),
        *(Scenario(**{row.name: 2}) for row in LIMIT_ROWS if row.kind != "flag"),
        Scenario(no_region_worse=True), Scenario(demand_growth=1), Scenario(capacity_growth=1),
        Scenario(new_site_like="texas"), Scenario(new_site_like="texas", new_site_mw=2),
        *(Scenario(factors={"texas": {row.name: 2}}) for row in SITE_FACTORS),
        *(Scenario(further={"health": {row.name: 2}}) for row in FURTHER_TERMS),
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
