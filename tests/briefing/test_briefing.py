"""Two pages for readers without the program: whole, honest, self-contained, the same each time."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pytest
from pypdf import PdfReader

from equity_core import Scenario
from equity_core.answers import Answer, Making
from equity_core.briefing.content import briefing_of
from equity_core.briefing.html import briefing_html
from equity_core.briefing.pdf import briefing_pdf
from equity_core.outcome.byline import Byline
from equity_core.scenario.link import from_query
from equity_core.text.caveats import short_caveat
from equity_core.text.certificate import certificate_sentence
from equity_core.text.narrative import milestones_sentence
from equity_core.text.opening.headline import headline, headline_sentences
from equity_core.verification.verify import verify


@pytest.fixture(scope="module")
def html(making):
    return making.file("briefing.html").decode()


@pytest.fixture(scope="module")
def pdf(making):
    return making.file("briefing.pdf")


class Reader(HTMLParser):
    """Text, tags and everything that a browser would fetch."""

    def __init__(self, page):
        super().__init__()
        self.text, self.tags, self.addresses = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "srcset", "data")]

    def handle_data(self, data):
        self.text.append(data)


def test_the_page_says_what_the_narrative_says(html, making):
    said = " ".join(" ".join(Reader(html).text).split())
    comparison = making.answer.comparison
    first, *beside = headline_sentences(comparison)
    told = f"{first[0].lower()}{first[1:]}"
    assert f"Simulated for AI data centres in 10 regions, 19 days of 2022: {told}" in said
    assert all(sentence in said for sentence in beside)
    assert certificate_sentence(comparison.after) in said
    assert comparison.after.fingerprint in said
    for weakness in making.answer.dataset.weaknesses:
        assert weakness in said
    for name in comparison.after.site_names.values():
        assert name in said


def test_the_page_asks_for_nothing(html):
    reader = Reader(html)
    assert "script" not in reader.tags
    assert "link" not in reader.tags
    assert len(reader.addresses) == 3  # the map, the code, the frontier
    assert all(address.startswith("data:image/svg+xml;base64,") for address in reader.addresses)
    assert not re.search(r"url\(|@import", html)
    assert len(html.encode()) < 3_000_000


def test_every_picture_has_words(html):
    assert all(len(words) > 15 for words in re.findall(r'alt="([^"]*)"', html))
    assert html.count("<img") == html.count("alt=")


def test_what_the_data_say_is_text_and_never_markup(making):
    answer = making.answer
    risky = replace(answer.dataset, title="<script>alert(1)</script> #panic() *x*")
    briefing = briefing_of(answer.comparison, risky, None, None, "http://example.org/")
    page = briefing_html(briefing).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert briefing_pdf(briefing).startswith(b"%PDF-")


@pytest.mark.slow
def test_the_link_leads_to_this_scenario(dataset):
    scenario = Scenario(reach="partial", factors={"texas": {"water": 1.5}})
    making = Making(Answer.to(scenario, dataset, points=3, address="https://example.org/"))
    page = making.file("briefing.html").decode()
    link = re.search(r'href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert link.startswith("https://example.org/?v=2&")
    assert from_query(link) == scenario
    lines = verify({"briefing.html": page.encode()}, lambda name: dataset).lines
    about = {line.place: line for line in lines}
    assert about["fingerprint"].verdict == about["address"].verdict == "fits"
    assert "at https://example.org/; who runs that address" in about["address"].words


def test_an_untouched_briefing_is_identical_and_an_edited_one_is_told(making, html, pdf):
    edited = html.replace("5 of 10 regions", "1 of 10 regions").encode()
    # With as many points as the briefing has: a briefing alone does not say how many.
    points = making.file("frontier.csv")
    files = {"a.html": html.encode(), "b.pdf": pdf, "edited.html": edited, "points": points}
    report = verify(files, lambda _: making.answer.dataset)
    lines = {line.place: line for line in report.lines}
    assert lines["a.html"].verdict == lines["b.pdf"].verdict == "identical"
    assert lines["edited.html"].verdict == "edited"
    assert "1 of 10 regions" in lines["edited.html"].words


def test_a_long_link_has_no_code_and_many_changes_are_counted(dataset):
    factors = {
        site: {"price": 1.1, "water": 1.2, "carbon": 1.3, "demand": 0.9, "capacity": 1.4}
        for site in dataset.site_ids
    }
    answer = Answer.to(Scenario(factors=factors), dataset)
    briefing = briefing_of(answer.comparison, dataset, None, None, "http://127.0.0.1:8501/")
    assert briefing.link.endswith("...")
    assert briefing.asked[-1][1].endswith("the link has them all")
    assert "more changes" in json.loads(briefing.words())["asked"][-1][1]
    assert pages(briefing_pdf(briefing)) == 2


def pages(pdf):
    return len(PdfReader(BytesIO(pdf)).pages)


def test_the_pdf_has_two_pages_and_carries_its_origin(pdf, making):
    assert pages(pdf) == 2
    assert f"fingerprint {making.answer.outcome.fingerprint}".encode() in pdf
    assert b"/StructTreeRoot" in pdf  # tagged: a screen reader can follow it


def test_page_1_carries_the_caveat_and_the_fleet(html, pdf, making):
    answer = making.answer
    caveat = short_caveat(answer.outcome, answer.fleet)
    page_1 = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert re.sub(r"\s+", "", caveat) in re.sub(r"\s+", "", page_1)
    first_section = html.split("</section>")[0]
    assert f"<p>{caveat}</p>" in first_section
    assert (
        "Simulation of AI data centres (simulated fleet of 10.0 MW capacity) in 10 regions" in html
    )
    assert milestones_sentence(answer.milestones, answer.outcome) in html


def test_the_pdf_says_what_the_narrative_says(pdf, making):
    sheets = PdfReader(BytesIO(pdf)).pages
    said = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in sheets))
    assert re.sub(r"\s+", "", headline(making.answer.comparison))[1:90] in said
    assert making.answer.outcome.fingerprint in said
    assert "Whocarriesless:5of10regions" in said
    assert "Whocarriesmore:5of10regions" in said


BYLINE = Byline("Zoë O'Neill, PhD", "Ministry <of> Energy", "26 November 2026")


@pytest.mark.slow
def test_who_hands_it_over_stands_on_it_and_verify_uses_it_again(making):
    signed = Making(replace(making.answer, byline=BYLINE))
    html, pdf = signed.file("briefing.html"), signed.file("briefing.pdf")
    assert BYLINE.words in " ".join(Reader(html.decode()).text)
    assert "26November2026" in re.sub(r"\s+", "", PdfReader(BytesIO(pdf)).pages[0].extract_text())
    points = making.file("frontier.csv")
    files = {"a.html": html, "b.pdf": pdf, "points": points}
    report = verify(files, lambda _: making.answer.dataset)
    assert {line.verdict for line in report.lines} <= {"identical", "fits"}


def test_nobody_is_named_unless_given(html, pdf):
    assert "byline" not in html
    assert b"byline_" not in pdf


def test_where_nobody_loses_that_is_said_and_no_table_is_empty(dataset):
    answer = Answer.to(Scenario(policy="fairest", no_region_worse=True), dataset)
    told = briefing_of(answer.comparison, dataset, None, None, "http://127.0.0.1:8501/")
    assert [table.title for table in told.who] == ["Who carries less: 3 of 10 regions"]
    assert told.nobody == "No region carries more of any footprint than under the cheapest plan."
    assert pages(briefing_pdf(told)) == 2
