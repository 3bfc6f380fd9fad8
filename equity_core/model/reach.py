"""Reach: which sites may serve which gateways, and what that lets them serve together.

Sites S can serve at most r(S) = min over cuts U of ( demand of the gateways that a site outside U
may serve too + capacity of the sites of S in U ), by max-flow = min-cut: docs/METHOD.md (4). Only
those U count that are a union of some gateways' sites: one cut under full reach, a few dozen under
a latency limit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Flags, Floats, Integers
from equity_core.errors import ScenarioError
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.scenario import Scenario

MOST_CUTS = 4096


@dataclass(frozen=True, eq=False)
class Cuts:
    """What binds the sites of each component of the reach graph. N sites, T hours, M cuts.

    component  [N] the component that a site belongs to, -1 for none
    start      [C + 1] first cut of each component; that one is the empty union
    inside     [N, M] the site lies in the union
    demand     [T, M] MW of the component's gateways that are not served within the union alone
    asked      [T, C] MW of all gateways of each component
    """

    component: Integers
    start: Integers
    inside: Flags
    demand: Floats
    asked: Floats


def allowed_pairs(scenario: Scenario, dataset: Dataset) -> Flags:
    """[N, J] may the site serve the gateway."""
    sites, gateways = len(dataset.site_ids), len(dataset.gateways)
    if scenario.allowed_reach == "partial":
        return dataset.partial_reach
    if scenario.allowed_reach == "nearest":
        return np.arange(sites)[:, None] == dataset.home
    if scenario.allowed_reach == "latency":
        return dataset.latency_ms <= scenario.max_latency_ms
    return np.ones((sites, gateways), dtype=bool)


def cuts_of(reach: Flags, demand: Floats) -> Cuts:
    """The cuts of a mask [N, J] and the demand [J, T] MW; raises `ScenarioError` for too many."""
    masks, of_class = np.unique(reach, axis=1, return_inverse=True)
    by_class = np.stack([demand[of_class == g].sum(axis=0) for g in range(masks.shape[1])])
    component = np.full(len(reach), -1, dtype=np.int64)
    inside, left, asked, start = [], [], [], [0]
    for c, group in enumerate(_components(masks)):
        sites = masks[:, group]
        component[sites.any(axis=1)] = c
        unions = _unions(sites)
        contained = (sites[:, None, :] <= unions[:, :, None]).all(axis=0)
        inside.append(unions)
        left.append(~contained @ by_class[group])
        asked.append(by_class[group].sum(axis=0))
        start.append(start[-1] + unions.shape[1])
    return Cuts(
        component,
        np.array(start, dtype=np.int64),
        np.ascontiguousarray(np.concatenate(inside, axis=1)),
        np.ascontiguousarray(np.concatenate(left).T),
        np.stack(asked, axis=1),
    )


def _components(masks: Flags) -> list[list[int]]:
    """Classes (columns) grouped so that no site (row) reaches into two groups."""
    groups: list[list[int]] = []
    for g in range(masks.shape[1]):
        touching = [h for h in groups if (masks[:, h].any(axis=1) & masks[:, g]).any()]
        groups = [h for h in groups if h not in touching]
        groups.append(sorted([g, *(member for h in touching for member in h)]))
    return groups


def _unions(sites: Flags) -> Flags:
    """[N, M] every union of columns of `sites` [N, G], the empty one first."""
    unions = np.zeros((len(sites), 1), dtype=bool)
    for column in sites.T:
        unions = np.unique(np.concatenate([unions, unions | column[:, None]], axis=1), axis=1)
        if unions.shape[1] > MOST_CUTS:
            raise ScenarioError(
                "reach",
                f"The reach lets the gateways' sites overlap in more than {MOST_CUTS} ways, too "
                "many to solve; let more gateways share the same reach.",
            )
    return unions
