"""What every exported row, file and picture carries, so that it can be checked years later."""

from __future__ import annotations

from equity_core.outcome.outcome import Outcome
from equity_core.scenario.link import LINK_VERSION, to_query
from equity_core.scenario.scenario import Scenario
from equity_core.version import __version__


def provenance(outcome: Outcome) -> dict[str, str]:
    """The fingerprint, what it is made from, and the scenario as its link's query: `ORIGIN`."""
    return {
        "fingerprint": outcome.fingerprint,
        "dataset": outcome.dataset_id,
        "data_version": outcome.data_version,
        "product_version": __version__,
        "scenario": query_of(outcome.scenario),
    }


def query_of(scenario: Scenario) -> str:
    """The query of the scenario's link, never empty: "v=1" stands for the defaults."""
    return to_query(scenario) or f"v={LINK_VERSION}"


def origin_words(outcome: Outcome) -> str:
    """The same for readers: "Scenario 1f2e..., data paper-2022 3c4d..., Equity Explorer 0.1.0"."""
    origin = provenance(outcome)
    return (
        f"Scenario {origin['fingerprint']}, data {origin['dataset']} {origin['data_version']}, "
        f"Equity Explorer {origin['product_version']}"
    )
