"""Words that explain themselves: nothing of a sentence is lost, and every mark has its meaning."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core.text.opening.glossary import Term, glossary
from equity_core.text.opening.headline import headline, losers_clause
from ui.charts import bars, terms

WORDS = st.text("ab <&", min_size=1, max_size=3)
TERMS = st.lists(
    st.builds(Term, st.uuids().map(str), WORDS, WORDS, spoken=st.lists(WORDS, max_size=2)),
    max_size=4,
)


def read(html):
    return unescape(re.sub(r"<[^>]+>", "", html))


@given(st.text("ab <&", max_size=30), TERMS)
def test_a_marked_sentence_reads_as_before_and_marks_a_term_once(sentence, known):
    html = terms.marked(sentence, known)
    assert read(html) == sentence
    marks = re.findall(r'aria-describedby="ee-term-([^"]+)"', html)
    assert len(marks) == len(set(marks))
    assert set(marks) <= {term.key for term in known}


def test_the_headline_explains_who_carries_most_and_against_what(comparison):
    html = terms.marked(headline(comparison), glossary(comparison))
    for key in ("worst_region", "baseline", "worse_off"):
        assert f'aria-describedby="ee-term-{key}"' in html


def test_every_term_has_a_key_of_its_own_and_tells_the_present_result(comparison):
    known = glossary(comparison)
    assert len({term.key for term in known}) == len(known)
    told = {term.key: term.told for term in known}
    assert told["baseline"].endswith("electricity cost changes by: +15%.")
    assert told["fairness_weight"].endswith("Here $60 for a unit of water.")
    assert told["worse_off"].endswith(f"Here {losers_clause(comparison)}.")


def test_every_figure_explains_itself_in_full(comparison, dataset):
    figures = bars.key_figures(comparison, dataset)
    html = bars.figures_html(figures)
    for figure in figures:
        assert f'aria-describedby="ee-term-figure-{figure.key}"' in html
        assert f'id="ee-term-figure-{figure.key}"' in html
    hints = {figure.key: figure.hint for figure in figures}
    assert f"{comparison.after.cost_usd:,.2f} USD" in hints["cost"]
    (price,) = {card.quality for card in dataset.cards_of("price_usd_per_mwh")}
    assert hints["cost"].endswith(f"Price: {price}.")
    assert f"{comparison.after.worst('water_m3'):,.3f} m³" in hints["worst_water"]
    assert "Water of a MWh: " in hints["worst_water"]


@pytest.mark.parametrize("key", ["<b>", 'a"b'])
def test_meanings_are_escaped(key):
    assert "<b>" not in terms.meanings({key: "<b>"}) + terms.explained("<b>", key)
