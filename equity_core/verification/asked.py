"""What files ask to be compared with: their scenario, or all those of a table, solved again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from equity_core.answers.foresight import Foresight
from equity_core.answers.making import Making
from equity_core.answers.robustness import Examined
from equity_core.answers.side_by_side import SideBySide
from equity_core.errors import EquityError, clipped
from equity_core.export.side_by_side import JOIN, table_fingerprint
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.lineup import from_text
from equity_core.scenario.link import (
    LINK_VERSION,
    fingerprint,
    from_query,
    to_query,
    version_of,
)
from equity_core.scenario.scenario import Scenario
from equity_core.verification.claims import Claim
from equity_core.verification.report import Line, Verdict
from equity_core.version import __version__


@dataclass(frozen=True)
class Asked:
    """What files belong to.

    making    makes them anew
    about     lines on fingerprint and versions
    restated  what a file of other versions states -> what it would state today
    leads     whether a link of a briefing leads to what is stated
    """

    making: Making | Foresight | Examined | SideBySide
    about: tuple[Line, ...]
    restated: Mapping[str, str]
    leads: Callable[[str], bool]


def table_of(claim: Claim, load: Callable[[str], Dataset]) -> Asked:
    """All scenarios of a table, each solved again; raises EquityError for one that was edited."""
    making = SideBySide.to(from_text(claim.lineup), load, claim.address)
    former = dict(zip(claim.dataset.split(JOIN), claim.data_version.split(JOIN), strict=False))
    if former.keys() != making.datasets.keys():
        raise EquityError(
            f"This names the data sets {clipped(claim.dataset)!r}, but its scenarios others; it "
            "was edited, or a data set is not known here. Export it again."
        )
    known = {name: (former[name], data.version) for name, data in making.datasets.items()}
    asked = [it.scenario for it in making.columns if it.comparison and it.scenario]
    today = making.origin["fingerprint"]
    return Asked(
        making,
        (_table_line(claim, making, former), *versions(claim, making.datasets)),
        {claim.fingerprint: today} | restated(claim, asked, known),
        set(making.links).__contains__,
    )


def _table_line(claim: Claim, making: SideBySide, former: Mapping[str, str]) -> Line:
    """Whether the fingerprint of a table is that of its names, scenarios and versions."""
    own = table_fingerprint(making.columns, former, claim.product_version)
    return fingerprint_line(claim, own, "the table's names, its scenarios and these versions")


def fingerprint_line(claim: Claim, own: str, what: str) -> Line:
    """Whether the stated fingerprint is the `own` one of `what` is stated beside it."""
    stated = clipped(claim.fingerprint)
    if own == claim.fingerprint:
        return Line(Verdict.FITS, "fingerprint", f"{stated} belongs to {what}")
    words = f"{stated} does not belong to what is stated beside it, whose fingerprint is {own}"
    return Line(Verdict.EDITED, "fingerprint", words)


def versions(claim: Claim, datasets: Mapping[str, Dataset]) -> tuple[Line, ...]:
    """A line for each data set, the product, and the link where it is of an older version."""
    link = version_of(claim.scenario)
    older = () if link == LINK_VERSION else (_version("link", "its link", link, LINK_VERSION),)
    former = claim.data_version.split(JOIN)
    return (
        *(
            _version("data", name, was, data.version)
            for was, (name, data) in zip(former, datasets.items(), strict=False)
        ),
        _version("product", "Equity Explorer", claim.product_version, __version__),
        *older,
    )


def _version(place: str, what: str, stated: str, here: str) -> Line:
    if stated == here:
        return Line(Verdict.FITS, place, f"{what}, version {here}")
    words = (
        f"{what} was version {clipped(stated)}, here it is {here}; figures may differ for that "
        "reason, and no file can be identical"
    )
    return Line(Verdict.CHANGED, place, words)


def restated(
    claim: Claim, asked: Sequence[Scenario], known: Mapping[str, tuple[str, str]]
) -> dict[str, str]:
    """What a file of other versions states -> what it would state today.

    `known`: data set -> its version as it is stated, and as it is here.
    """
    told = dict(_prints(claim, asked, known))
    told[claim.scenario] = to_query(from_query(claim.scenario))
    told[f"Equity Explorer {claim.product_version}"] = f"Equity Explorer {__version__}"
    told |= dict(known.values())
    told[claim.product_version] = __version__
    return {former: today for former, today in told.items() if former}


def _prints(
    claim: Claim, asked: Sequence[Scenario], known: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Fingerprints of every scenario and its baseline, as they were and as they are."""
    link = version_of(claim.scenario)
    for scenario in asked:
        was, here = known[scenario.dataset]
        for plan in (scenario, scenario.baseline_scenario()):
            former = fingerprint(plan, was, claim.product_version, link)
            yield former, fingerprint(plan, here)
