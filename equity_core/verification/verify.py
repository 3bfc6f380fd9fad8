"""Does an export still hold? Its scenario is solved again, its file made anew and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import parse_qs, urlsplit

from equity_core.answers.answer import Answer
from equity_core.answers.foresight import Foresight
from equity_core.answers.making import Making
from equity_core.answers.robustness import Examined
from equity_core.errors import EquityError, LinkError, ScenarioError, clipped
from equity_core.inputs.catalogue import bundled
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.identity import is_own
from equity_core.online.asked import from_words
from equity_core.online.replay import replay
from equity_core.robustness.ranges import Ranges
from equity_core.scenario.link import LOCAL_ADDRESS, fingerprint, from_query, version_of
from equity_core.scenario.scenario import Scenario
from equity_core.verification.asked import Asked, fingerprint_line, restated, table_of, versions
from equity_core.verification.claims import Claim, Item, common_claim, opened
from equity_core.verification.judging import Judge
from equity_core.verification.reading import Files
from equity_core.verification.report import Line, Report, Verdict
from equity_core.verification.wanted import Wanted


def verify(
    files: Files, load: Callable[[str], Dataset], watch: Callable[[], None] = lambda: None
) -> Report:
    """Solve the scenario that `files` (name to content) belong to, and compare them all.

    Files are opened in a process of their own and recognised by what they hold. `load` finds a
    data set by its id; `watch` is called while draws and hours are gone through again, and may
    raise to stop. Raises EquityError where no file says what it belongs to, where its data set
    or scenario cannot be used, or where the only file is damaged.
    """
    items = opened(files)
    claim = common_claim(items)
    asked = table_of(claim, load) if claim.lineup else _one(claim, load, watch)
    judge = Judge(files, Wanted(asked.making, items), claim, asked.restated, asked.about)
    address = _address(items, claim, asked.leads)
    return Report.of((*asked.about, *address, *_judged(judge, items)))


def _one(claim: Claim, load: Callable[[str], Dataset], watch: Callable[[], None]) -> Asked:
    """The one scenario that a file belongs to; raises EquityError."""
    scenario = _scenario(claim)
    dataset = load(_dataset_name(claim, scenario))
    return Asked(
        _making(claim, scenario, dataset, load, watch),
        (_fingerprint_line(claim, scenario), *versions(claim, {dataset.id: dataset})),
        restated(claim, [scenario], {dataset.id: (claim.data_version, dataset.version)}),
        partial(_leads_to, claim=claim),
    )


def _making(
    claim: Claim,
    scenario: Scenario,
    dataset: Dataset,
    load: Callable[[str], Dataset],
    watch: Callable[[], None],
) -> Making | Foresight | Examined:
    """The scenario solved again; drawn again, or played again hour by hour, where it was."""
    if claim.robustness:
        ranges = _ranges(claim.robustness, dataset)
        return Examined.of(scenario, dataset, ranges, claim.address, watch, byline=claim.byline)
    if not claim.foresight:
        return Making(Answer.to(scenario, dataset, claim.points, claim.address, claim.byline))
    method, named, parameters = from_words(claim.foresight)
    forecast: str | Dataset = load(named) if is_own(named) else named
    played = replay(scenario, dataset, method, forecast, parameters, watch=watch)
    return Foresight(dataset, played, claim.address)


def _ranges(words: str, dataset: Dataset) -> Ranges:
    """How a file states that it was drawn; raises EquityError for what no draws can be."""
    try:
        ranges = Ranges.from_words(words)
        ranges.check_against(dataset)
    except ScenarioError as error:
        raise EquityError(
            f"This states that it was drawn by {clipped(words)!r}, which cannot be: {error} It was "
            "edited, or comes from a later version. Export it again."
        ) from error
    return ranges


def _judged(judge: Judge, items: tuple[Item, ...]) -> Iterator[Line]:
    """The lines about files, what is in them, and what they lack."""
    lines = {item: judge.line(item) for item in items if not item.is_package}
    for package in items:
        if package.is_package:
            inside = [line for item, line in lines.items() if item.name == package.name]
            yield judge.package(package, inside)
    yield from lines.values()
    yield from judge.about_package(items)


def _scenario(claim: Claim) -> Scenario:
    """The scenario that is stated."""
    try:
        return from_query(claim.scenario)
    except ScenarioError as error:
        raise EquityError(
            f"This states the scenario {clipped(claim.scenario)!r}, which cannot be read: {error} "
            "It was edited, or comes from a later version. Export it again."
        ) from error


def _dataset_name(claim: Claim, scenario: Scenario) -> str:
    """The data set that is named; never a place on this machine."""
    name = claim.dataset
    if not (name in bundled() or is_own(name)):
        raise EquityError(
            f"This names the data set {clipped(name)!r}, which does not come with the program "
            "and is not the id of an uploaded one. Verify it where its data are known."
        )
    if scenario.dataset != name:
        raise EquityError(
            f"This names the data set {clipped(name)!r}, but its scenario the data set "
            f"{clipped(scenario.dataset)!r}; it was edited. Export it again."
        )
    return name


def _fingerprint_line(claim: Claim, scenario: Scenario) -> Line:
    link = version_of(claim.scenario)
    own = fingerprint(scenario, claim.data_version, claim.product_version, link)
    return fingerprint_line(claim, own, "this scenario and these versions")


def _address(items: tuple[Item, ...], claim: Claim, leads: Callable[[str], bool]) -> Iterator[Line]:
    """Does every link of a briefing lead to a scenario that is stated, with its fingerprint?"""
    links = {link for item in items for link in item.links if not link.endswith("...")}
    wrong = [link for link in sorted(links) if not leads(link)]
    for link in wrong[:1]:
        words = f"the link {clipped(link)} is not the link of the scenario that is stated"
        yield Line(Verdict.EDITED, "address", words)
    if links and not wrong:
        words = f"links lead to what is stated at {clipped(claim.address)}"
        elsewhere = "; who runs that address, no file can prove"
        told = words + (elsewhere if claim.address != LOCAL_ADDRESS else "")
        yield Line(Verdict.FITS, "address", told)


def _leads_to(link: str, claim: Claim) -> bool:
    try:
        asked, parts = from_query(link), urlsplit(link)
    except (LinkError, ValueError):
        return False
    same_place = link.split("?", 1)[0] == claim.address.split("?", 1)[0]
    stated = parse_qs(parts.query).get("fingerprint")
    return same_place and asked == from_query(claim.scenario) and stated == [claim.fingerprint]
