"""Does an export still hold? Its scenario is solved again and every figure compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import ZipFile

import numpy as np
from PIL import Image

from equity_core.answers.answer import Answer
from equity_core.answers.cells import Sheets, sheets_of
from equity_core.answers.claims import Claim, claim_of
from equity_core.answers.differences import Difference, differences
from equity_core.answers.making import DESCRIPTION, Making
from equity_core.answers.reading import Files
from equity_core.answers.report import Line, Report, Verdict
from equity_core.errors import EquityError
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.formats import percent
from equity_core.scenario.link import LINK_VERSION, fingerprint, from_query, version_of
from equity_core.version import __version__

MOST_DIFFERENCES = 5
"""Told of each file; the rest are counted."""

BY_HAND = 1e-6
"""Relative difference that no solver explains: a thousand times what every plan is certified to."""


def verify(files: Files, load: Callable[[str], Dataset]) -> Report:
    """Solve the scenario that `files` (name to content) belong to, and compare them all.

    `load` finds a data set by its id. Raises EquityError where no file says what it belongs to,
    where its data set or scenario cannot be used, or where the only file is damaged.
    """
    opened = {name: _Opened.of(name, content) for name, content in files.items()}
    if len(opened) == 1:
        for only in opened.values():
            only.refuse_damage()
    claim = _common_claim(opened)
    scenario, dataset = from_query(claim.scenario), load(claim.dataset)
    about = _about_origin(claim, dataset)
    unchanged = all(line.verdict is Verdict.SAME for line in about)
    making = Making(Answer.to(scenario, dataset, claim.points, claim.address))
    wanted = _Wanted(making, whole=DESCRIPTION in files)
    judged = [_judge(item, wanted, claim, unchanged) for item in opened.values()]
    return Report((*about, *judged, *wanted.missing(files)))


@dataclass(frozen=True)
class _Opened:
    """A file with its cells and its claim; `problem` where it cannot be read."""

    name: str
    content: bytes
    sheets: Sheets | None
    claim: Claim | None
    problem: str = ""

    @classmethod
    def of(cls, name: str, content: bytes) -> _Opened:
        try:
            sheets = sheets_of(name, content)
            return cls(name, content, sheets, claim_of(name, content, sheets))
        except EquityError as error:
            return cls(name, content, None, None, str(error))

    def refuse_damage(self) -> None:
        if self.problem:
            raise EquityError(self.problem)


def _common_claim(opened: Mapping[str, _Opened]) -> Claim:
    """What most files say that they belong to."""
    claims = [item.claim for item in opened.values() if item.claim is not None]
    if not claims:
        names = ", ".join(opened) or "the folder, which is empty"
        raise EquityError(
            f"Nothing says which scenario this belongs to: {names}. Give a file, a folder or a zip "
            "that this program has exported, with its fingerprint columns and metadata."
        )
    usual = Counter(claim.plain for claim in claims).most_common(1)[0][0]
    points = (claim.points for claim in claims if claim.points != usual.points)
    addresses = (claim.address for claim in claims if claim.address != usual.address)
    return replace(usual, points=next(points, usual.points), address=next(addresses, usual.address))


def _about_origin(claim: Claim, dataset: Dataset) -> tuple[Line, ...]:
    """Do fingerprint, data and product stand as they did?"""
    scenario = from_query(claim.scenario)
    link = version_of(claim.scenario)
    own = fingerprint(scenario, claim.data_version, claim.product_version, link)
    fits = own == claim.fingerprint
    told = "belongs to this scenario and these versions"
    untold = f"does not belong to what is stated beside it, whose fingerprint is {own}"
    data = _version_line("data", claim.dataset, claim.data_version, dataset.version)
    product = _version_line("product", "Equity Explorer", claim.product_version, __version__)
    verdict = Verdict.SAME if fits else Verdict.EDITED
    older = () if link == LINK_VERSION else (_version_line("link", "its link", link, LINK_VERSION),)
    return (
        Line(verdict, "fingerprint", f"{claim.fingerprint} {told if fits else untold}"),
        data,
        product,
        *older,
    )


def _version_line(place: str, what: str, stated: str, here: str) -> Line:
    if stated == here:
        return Line(Verdict.SAME, place, f"{what}, version {here}")
    words = f"{what} was version {stated}, here it is {here}; figures may differ for that reason"
    return Line(Verdict.CHANGED, place, words)


class _Wanted:
    """The files as they would be made today; all in one go where a whole package is compared."""

    def __init__(self, making: Making, whole: bool) -> None:
        self._making = making
        self._package: Files = {}
        if whole:
            with ZipFile(BytesIO(making.zip())) as archive:
                self._package = {name: archive.read(name) for name in archive.namelist()}

    def file(self, name: str) -> bytes | None:
        """The file of this name, whatever stands before it; None for files of others."""
        plain = re.sub(r" ?\(\d+\)(?=\.\w+$)", "", name)  # a browser's second download
        for known in (*self._package, *self._making.makers):
            if plain == known or plain.endswith(f"-{known}"):
                return self._package.get(known) or self._making.file(known)
        return None

    def missing(self, files: Files) -> list[Line]:
        """Files of the package that are not there."""
        absent = [name for name in self._package if name not in files]
        return [Line(Verdict.MISSING, name, "belongs to this package") for name in absent]


def _judge(item: _Opened, wanted: _Wanted, claim: Claim, unchanged: bool) -> Line:
    """The line about one file. `unchanged`: scenario, data and product are what they were."""
    if item.problem:
        return Line(Verdict.DAMAGED, item.name, item.problem)
    anew = wanted.file(item.name)
    if anew is None:
        words = "is not a file that this program names so; give it its original name"
        return Line(Verdict.SKIPPED, item.name, words)
    if item.claim is not None and item.claim.fingerprint != claim.fingerprint:
        words = f"belongs to {item.claim.fingerprint}, the other files to {claim.fingerprint}"
        return Line(Verdict.EDITED, item.name, words)
    return _compare(item, anew, unchanged)


def _compare(item: _Opened, anew: bytes, unchanged: bool) -> Line:
    """A readable file beside the one made anew."""
    if item.content == anew:
        return Line(Verdict.SAME, item.name, "the same bytes")
    if item.sheets is None:
        return _compare_pictures(item, anew, unchanged)
    fresh = sheets_of(item.name, anew) or {}
    found = differences(item.sheets, fresh, skip_origin=not unchanged)
    if not found:
        return Line(Verdict.SAME, item.name, "every figure agrees to within one part in 1e9")
    return Line(_blame(found, unchanged), item.name, _told(found, unchanged))


def _blame(found: list[Difference], unchanged: bool) -> Verdict:
    """Edited where nothing else explains the difference."""
    largest = max(item.size for item in found)
    return Verdict.EDITED if unchanged and largest > BY_HAND else Verdict.DIFFERS


def _told(found: list[Difference], unchanged: bool) -> str:
    shown = sorted(found, key=lambda item: -item.size) if not unchanged else found
    sentences = [item.sentence() for item in shown[:MOST_DIFFERENCES]]
    if more := len(found) - len(sentences):
        sentences.append(f"and {more:,} more")
    sizes = [item.size for item in found if np.isfinite(item.size)]
    if sizes:
        sentences.append(f"numbers differ by up to {percent(100 * max(sizes))}")
    return "; ".join(sentences)


def _compare_pictures(item: _Opened, anew: bytes, unchanged: bool) -> Line:
    if not item.name.lower().endswith(".png"):
        words = "differs from the one made anew; it was edited or made by other versions"
        return Line(Verdict.EDITED if unchanged else Verdict.DIFFERS, item.name, words)
    share = _pixels_that_differ(item.content, anew)
    if share == 0:
        return Line(Verdict.SAME, item.name, "every pixel is the same")
    words = f"{percent(100 * share)} of its pixels differ from the one drawn anew"
    return Line(Verdict.EDITED if unchanged else Verdict.DIFFERS, item.name, words)


def _pixels_that_differ(found: bytes, wanted: bytes) -> float:
    try:
        old, new = (np.asarray(Image.open(BytesIO(one)).convert("RGB")) for one in (found, wanted))
    except OSError:  # cut short
        return 1.0
    if old.shape != new.shape:
        return 1.0
    return float((old != new).any(axis=2).mean())
