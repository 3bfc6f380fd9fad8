"""What a file says of its own making: scenario, data and product version, fingerprint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from PIL import Image

from equity_core.answers.answer import FRONTIER_POINTS
from equity_core.answers.cells import PATH, Sheets
from equity_core.outcome.provenance import ORIGIN
from equity_core.scenario.link import LOCAL_ADDRESS


@dataclass(frozen=True)
class Claim:
    """The origin that a file states; `points` of its frontier and the `address` of its links where
    it has them."""

    fingerprint: str
    dataset: str
    data_version: str
    product_version: str
    scenario: str
    points: int = FRONTIER_POINTS
    address: str = LOCAL_ADDRESS

    @property
    def plain(self) -> Claim:
        """The claim without what does not change a figure."""
        return replace(self, points=FRONTIER_POINTS, address=LOCAL_ADDRESS)


def claim_of(name: str, content: bytes, sheets: Sheets | None) -> Claim | None:
    """The origin stated in a file whose cells are `sheets`; None where it states none."""
    ending = name.rpartition(".")[2].lower()
    if ending in BINARY:
        return _claim(BINARY[ending](content))
    if sheets is None:
        return None
    cells = next(iter(sheets.values()))
    if PATH in cells:
        stated = dict(zip(cells[PATH], cells["value"], strict=True))
        inner = {key.removeprefix("provenance."): value for key, value in stated.items()}
        return _claim(stated | inner)
    if set(ORIGIN) <= set(cells.columns):
        return _claim({key: _usual(cells[key]) for key in cells.columns if len(cells)})
    return _claim(_keywords(content.decode("utf-8", "replace")))


def _usual(cells: Any) -> str:
    """What most rows say: one edited row is not the file's claim."""
    return str(cells.mode().iloc[0])


def _claim(stated: Mapping[str, Any]) -> Claim | None:
    if not set(ORIGIN) <= set(stated):
        return None
    points = str(stated.get("points", ""))
    origin = {key: str(stated[key]) for key in ORIGIN}
    return Claim(
        **origin,
        points=int(points) if points.isdigit() else FRONTIER_POINTS,
        address=str(stated.get("address", LOCAL_ADDRESS)),
    )


def _keywords(text: str) -> dict[str, str]:
    """ "fingerprint 1f2e..." and so on, wherever they stand in a drawing or a page."""
    found = re.findall(rf"\b({'|'.join((*ORIGIN, 'address'))}) ([^\s<>,;()\"]+)", unescape(text))
    return dict(reversed(found))  # the first of each counts


def _png(content: bytes) -> dict[str, Any]:
    try:
        with Image.open(BytesIO(content)) as picture:
            return {str(name): value for name, value in picture.info.items()}
    except OSError:
        return {}


def _pdf(content: bytes) -> dict[str, str]:
    return _keywords(content.decode("latin-1"))


def _xlsx(content: bytes) -> dict[str, str]:
    """The custom properties of a workbook."""
    with ZipFile(BytesIO(content)) as parts:
        if "docProps/custom.xml" not in parts.namelist():
            return {}
        text = parts.read("docProps/custom.xml").decode("utf-8")
    found = re.findall(r'name="(\w+)"[^>]*>\s*<vt:lpwstr>([^<]*)</vt:lpwstr>', text)
    return {name: unescape(value) for name, value in found}


BINARY = {"png": _png, "pdf": _pdf, "xlsx": _xlsx}
