"""Which sites lie in a zone of an export: by the zones that the table of sites names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_core.inputs.problems import Findings, Problem, refused
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.columns.schema import CAPACITY, SITE_FIELDS, column_key
from equity_core.inputs.upload.formats.sheets import Sheet
from equity_core.inputs.upload.recognised.export import NOTHING, categories
from equity_core.inputs.upload.sites import MOST_SITES

ADVICE = (
    "Write the zone of each site into a column zone of the table of sites (a second zone into "
    "zone_2, and so on)."
)
DESCRIBING = {*SITE_FIELDS, *CAPACITY.columns} - {"site"}
MOST_ZONES = 50_000
_NAMED = re.compile(r"(?P<name>.+) \((?P<code>[^()]+)\)")


@dataclass(frozen=True)
class SiteZones:
    """The zones that each site names, in lower case; empty for a site that names none."""

    names: dict[str, frozenset[str]]

    def in_zones(self, labels: Sequence[str]) -> list[list[str]]:
        """The sites in each zone of `labels`; without zones, a site's short name is its zone.

        The only site is in the only zone of a file, if it names none.
        """
        if len(labels) == len(self.names) == 1 and not any(self.names.values()):
            return [list(self.names)]
        places: dict[str, list[int]] = {}
        for at, label in enumerate(labels):
            for name in names_of(label):
                places.setdefault(name, []).append(at)
        found: list[list[str]] = [[] for _ in labels]
        for site, zones in self.names.items():
            names = _all_names(zones or {site})
            inside = {at for name in names for at in places.get(name, ())}
            for at in sorted(inside):
                found[at].append(site)
        return found


def names_of(label: str) -> frozenset[str]:
    """All names of a zone: "BZN|DE-LU" is DE-LU too, and "Germany (DE)" is Germany or DE."""
    plain = label.strip().lower()
    names = {plain, plain.rpartition("|")[2].strip()}
    named = _NAMED.fullmatch(plain)
    return frozenset(names | set(named.groups() if named else ()))


def _all_names(labels: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(names_of, labels))


def zones_of(sheets: Sequence[Sheet]) -> tuple[SiteZones, list[Sheet]]:
    """The sites' zones, and the sheets without the columns that name them."""
    zones: dict[str, frozenset[str]] = {}
    plain = []
    for sheet in sheets:
        keys = {str(heading): column_key(str(heading)) for heading in sheet.cells.columns}
        headings = [name for name, key in keys.items() if _is_zone(key)]
        site = next((name for name, key in keys.items() if key == "site"), None)
        described = headings or set(keys.values()) & DESCRIBING
        if site is not None and described:
            zones |= _of_sites(sheet, site, headings)
        plain.append(_without(sheet, headings) if site is not None else sheet)
    return SiteZones(zones), plain


def _is_zone(key: str) -> bool:
    return key == "zone" or key.startswith("zone_") or key.endswith("_zone")


def _of_sites(sheet: Sheet, site: str, headings: list[str]) -> dict[str, frozenset[str]]:
    rows = sheet.cells[[site, *headings]].astype("str").drop_duplicates()
    if len(rows) > MOST_SITES:
        fault = f"{len(rows):,} sites are too many; a data set may have {MOST_SITES}"
        raise refused(sheet.file, fault, "Leave some out.")
    return {
        str(name).strip(): frozenset(
            word for text in zones if (word := str(text).strip().lower()) not in NOTHING
        )
        for name, *zones in rows.itertuples(index=False)
    }


def _without(sheet: Sheet, headings: list[str]) -> Sheet:
    return Sheet(sheet.file, sheet.stem, sheet.cells.drop(columns=headings), sheet.rows)


def placed(
    sheet: Sheet, labels: Sequence[str] | None, zones: SiteZones, findings: Findings
) -> list[list[str]]:
    """The sites in each zone of a file; what cannot be placed is noted."""
    if labels is None and len(zones.names) == 1:
        return [list(zones.names)]
    if labels is None or len(labels) > MOST_ZONES:
        names = "no zone" if labels is None else f"{len(labels):,} zones"
        fault = f"the file names {names}, and there are {len(zones.names)} sites"
        fix = "Give it a column zone that names the zone of each row."
        findings.add(Problem(sheet.file, fix, fault=fault))
        return [[]]
    found = zones.in_zones(labels)
    if not any(found):
        listed = ", ".join(shown(label) for label in labels[:8]) + " ..." * (len(labels) > 8)
        fault = f"no site lies in a zone of this file ({listed})"
        findings.add(Problem(sheet.file, ADVICE, fault=fault))
    return found if _once(sheet, labels, found, findings) else [[]]


def _once(sheet: Sheet, labels: Sequence[str], found: list[list[str]], findings: Findings) -> bool:
    """Whether every site lies in one zone of the file; one that lies in several is noted."""
    inside: dict[str, list[str]] = {}
    for label, sites in zip(labels, found, strict=True):
        for site in sites:
            inside.setdefault(site, []).append(label)
    several = {site: zones for site, zones in inside.items() if len(zones) > 1}
    for site, zones in several.items():
        fault = f"site {shown(site)} lies in {len(zones):,} zones of this file: " + ", ".join(
            shown(zone) for zone in zones[:4]
        )
        findings.add(Problem(sheet.file, "Name one of them in the table of sites.", fault=fault))
    return not several


def note_unknown(zones: SiteZones, labels: Sequence[str], findings: Findings) -> None:
    """Note every site that names zones, of which none is in the files."""
    known = _all_names(labels)
    listed = ", ".join(shown(label) for label in labels[:8]) + " ..." * (len(labels) > 8)
    for site, names in zones.names.items():
        if labels and names and known.isdisjoint(_all_names(names)):
            stated = ", ".join(shown(name) for name in sorted(names))
            findings.add(
                Problem(
                    "",
                    "Correct it in the table of sites, or bring the file that has it.",
                    column="zone",
                    value=stated,
                    fault=f"the zone of site {shown(site)}, {stated}, is in none of the files; "
                    f"they have {listed}",
                )
            )


def repeated(found: list[list[str]], zone: np.ndarray) -> tuple[np.ndarray, pd.Categorical]:
    """Rows of the zones once for each of their sites: positions, and the sites.

    zone  [R] the zone's position of each row
    """
    names = list(dict.fromkeys(site for sites in found for site in sites))
    rows, sites = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for code, inside in enumerate(found):
        for site in inside:
            rows.append(np.flatnonzero(zone == code))
            sites.append(np.full(len(rows[-1]), names.index(site)))
    return np.concatenate(rows), categories(np.concatenate(sites), names)
