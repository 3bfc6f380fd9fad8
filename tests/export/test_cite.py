"""A citation says what, where, when and against what, that it is simulated, and how to find it."""

import re

import pytest

from equity_core.export import cite

LINK = "http://example.org/?v=2&policy=equity"


@pytest.mark.parametrize("form", [cite.plain, cite.bibtex, cite.ris])
def test_every_form_says_all_of_it(form, comparison, dataset):
    told = form(comparison, dataset, LINK)
    for words in ("Simulation of AI data centres", "the equity plan against the cheapest plan",
                  "2022-09-22 to 2022-10-11", comparison.after.fingerprint, LINK):  # fmt: skip
        assert words in told


def test_bibtex_and_ris_are_well_formed(comparison, dataset):
    entry, lines = (form(comparison, dataset, LINK) for form in (cite.bibtex, cite.ris))
    assert entry.count("{") == entry.count("}")
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines.splitlines())
    assert lines.startswith("TY  - ")
    assert lines.splitlines()[-1] == "ER  - "
