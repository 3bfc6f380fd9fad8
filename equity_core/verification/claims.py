"""What came in, file by file: what each is by its content, and what it states of its making."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from equity_core.errors import EquityError, clipped
from equity_core.export.origin import ORIGIN
from equity_core.inputs.outside import open_outside
from equity_core.outcome.byline import FACTS as BYLINE
from equity_core.outcome.byline import NOBODY, Byline
from equity_core.scenario.link import LOCAL_ADDRESS
from equity_core.solvers.frontier import FEWEST_POINTS, MOST_POINTS, POINTS
from equity_core.verification.reading import Files

RECOGNISE = "equity_core.verification.opened.tasks:recognise"
LONGEST_ADDRESS = 300
_POINTS, _ADDRESS = re.compile(r"[0-9]{1,4}", re.ASCII), re.compile(r"https?://[!-~]+", re.ASCII)


@dataclass(frozen=True)
class Claim:
    """The origin that a file states; `points` of its frontier, the `address` of its links and the
    `byline` where it has them, and how it was planned hour by hour (`foresight`) where it was."""

    fingerprint: str
    dataset: str
    data_version: str
    product_version: str
    scenario: str
    points: int = POINTS
    address: str = LOCAL_ADDRESS
    byline: Byline = NOBODY
    foresight: str = ""

    @property
    def plain(self) -> Claim:
        """The claim without what does not change a figure."""
        return replace(self, points=POINTS, address=LOCAL_ADDRESS, byline=NOBODY)


@dataclass(frozen=True, eq=False)
class Item:
    """One file, or one in a zip (`member`; the zip itself is an item of the format "zip").

    export     which export it says it is; "" where only its `titles` tell, or nothing
    sha256     of its bytes
    links      where it leads
    described  file -> SHA-256, for the description of a package
    problem    why it cannot be read, or ""
    """

    name: str
    member: str
    format: str
    sha256: str
    problem: str
    export: str
    claim: Claim | None
    titles: tuple[str, ...]
    links: tuple[str, ...]
    described: Mapping[str, str]

    @property
    def is_package(self) -> bool:
        """Whether it is a zip that could be looked into."""
        return self.format == "zip" and not self.member and not self.problem

    @property
    def place(self) -> str:
        """What it is called in a report."""
        return clipped(self.member or self.name)

    @property
    def file(self) -> str:
        """Its last name, as a package's description would have it."""
        return self.member or self.name


def opened(files: Files) -> tuple[Item, ...]:
    """Every file and what is in zips, looked at in a process of its own.

    Raises EquityError where that cannot be done, or where the only file is damaged.
    """
    items = tuple(_item(record) for record in open_outside(RECOGNISE, files).record["items"])
    if len(items) == 1 and items[0].problem:
        raise EquityError(f"{items[0].place} cannot be read: {items[0].problem.rstrip('.')}.")
    return items


def _item(record: Mapping[str, Any]) -> Item:
    texts = ("name", "member", "format", "sha256", "problem", "export")
    return Item(
        **{name: str(record[name]) for name in texts},
        claim=_claim(record["facts"]),
        titles=tuple(map(str, record["titles"])),
        links=tuple(map(str, record["links"])),
        described={str(file): str(digest) for file, digest in record["described"].items()},
    )


def _claim(facts: Mapping[str, Any]) -> Claim | None:
    if not set(ORIGIN) <= set(facts):
        return None
    return Claim(
        **{key: str(facts[key]) for key in ORIGIN},
        points=_points(str(facts.get("points", ""))),
        address=_address(str(facts.get("address", LOCAL_ADDRESS))),
        byline=Byline.of({name: str(facts[name]) for name in BYLINE if name in facts}),
        foresight=str(facts.get("foresight", "")),
    )


def _points(text: str) -> int:
    points = int(text) if _POINTS.fullmatch(text) else 0
    return points if FEWEST_POINTS <= points <= MOST_POINTS else POINTS


def _address(text: str) -> str:
    """Where links lead, if it is an address of the web; a briefing is compared with that."""
    try:
        usable = bool(urlsplit(text).hostname) and len(text) <= LONGEST_ADDRESS
    except ValueError:
        usable = False
    return text if usable and _ADDRESS.fullmatch(text) else LOCAL_ADDRESS


def common_claim(items: Sequence[Item]) -> Claim:
    """What most files say that they belong to; raises EquityError where none says anything."""
    claims = [item.claim for item in items if item.claim is not None]
    if not claims:
        names = ", ".join(item.place for item in items[:5]) or "the folder, which is empty"
        raise EquityError(
            f"Nothing says which scenario this belongs to: {names}. Give a file, a folder or a zip "
            "that this program has exported, with its fingerprint columns and metadata."
        )
    usual = Counter(claim.plain for claim in claims).most_common(1)[0][0]
    points = (claim.points for claim in claims if claim.points != usual.points)
    addresses = (claim.address for claim in claims if claim.address != usual.address)
    bylines = (claim.byline for claim in claims if claim.byline != usual.byline)
    return replace(
        usual,
        points=next(points, usual.points),
        address=next(addresses, usual.address),
        byline=next(bylines, usual.byline),
    )
