"""The preview's pure parts in the browser's language: the same cases as in Python."""

from __future__ import annotations

import json

import numpy as np
import pytest
from pytest import approx

from tests.preview.cases import FILE
from ui.assets import asset

TOLD = json.loads(FILE.read_text("utf-8"))
PARTS = tuple(f"preview/{name}.js" for name in ("numbers", "glance", "mixing", "courses"))
SAY = """told => {
  const nodes = MIXING.unpacked(told.nodes), [water] = told.nodes.levels;
  const mixes = told.mixes.map(([weights]) => MIXING.mix(nodes, weights));
  const before = told.mixes[0][1];
  const seen = told.mixes.map(([, after]) => GLANCE.glance(told.footprints, before, after));
  return {
    mixes,
    cells: told.cells.map(([weight]) =>
      [weight, ...MIXING.cellOf(water, weight, told.nodes.units[0])]),
    amounts: told.amounts.map(([value, unit]) =>
      [value, unit, NUMBERS.amount(value, unit), NUMBERS.change(value, unit, 2)]),
    percent: told.percent.map(([before, after]) =>
      [before, after, NUMBERS.roundedChange(NUMBERS.changePct(before, after))]),
    sentences: seen.map((each) =>
      GLANCE.previewSentence(each, "under the cheapest plan", ["region", "regions"])),
    certified: seen.map((each) => GLANCE.certifiedSentence(seen[4], each)),
    covers: [[0, 0], [1000, 1e5], [1001, 0], [-1, 0]].map((pair) => MIXING.covers(nodes, pair)),
    reached: [[[1, 1], [1, 3]], [[1, 1], [0, 1]], [[1, 1], [2, 2]]].map(([at, place]) =>
      COURSES.reaches({ at, courses: [told.course, told.course] }, place)),
    along: told.along.map(([value]) => COURSES.along(told.course, value)),
    way: [0, 0.25, 1].map((share) => MIXING.between(0, 60, share, 60)),
  };
}"""


@pytest.fixture
def said(chromium):
    page = chromium.new_page()
    page.add_script_tag(content=asset(*PARTS))
    yield page.evaluate(SAY, TOLD)
    page.close()


def test_the_browser_says_what_python_says(said):
    for name in ("amounts", "percent", "sentences", "certified"):
        assert said[name] == TOLD[name]
    assert np.array(said["cells"]) == approx(np.array(TOLD["cells"]))
    for mixed, (_, written) in zip(said["mixes"], TOLD["mixes"], strict=True):
        assert np.array(mixed) == approx(np.array(written), rel=2e-4, abs=2e-4)
    for mixed, (_, written) in zip(said["along"], TOLD["along"], strict=True):
        assert np.array(mixed) == approx(np.array(written), rel=1e-5, abs=1e-5)
    assert said["reached"] == [True, False, False], "one factor at a time, where plans are"
    assert said["covers"] == [True, True, False, False]
    assert said["way"] == approx([0, 60 * (2**0.25 - 1), 60])
