"""What every exported row, file and picture carries, so that it can be checked years later."""

from __future__ import annotations

from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.scenario.link import to_query
from equity_core.version import __version__


def provenance(outcome: Outcome) -> dict[str, str]:
    """The fingerprint, what it is made from, and the scenario as its link's query: `ORIGIN`.

    Of a plan made hour by hour also how (`foresight`): the scenario alone is another plan.
    """
    origin = {
        "fingerprint": outcome.fingerprint,
        "dataset": outcome.dataset_id,
        "data_version": outcome.data_version,
        "product_version": __version__,
        "scenario": to_query(outcome.scenario),
    }
    return origin | ({"foresight": outcome.foresight} if outcome.foresight else {})


def baseline_origin(comparison: Comparison) -> dict[str, str]:
    """Which plan changes are measured against, and in which world it lives."""
    return {
        "baseline_fingerprint": comparison.before.fingerprint,
        "baseline_world": comparison.after.scenario.baseline_world,
    }


def origin_words(outcome: Outcome) -> str:
    """The same for readers: "Scenario 1f2e..., data paper-2022 3c4d..., Equity Explorer 0.1.0"."""
    origin = provenance(outcome)
    return (
        f"Scenario {origin['fingerprint']}, data {origin['dataset']} {origin['data_version']}, "
        f"Equity Explorer {origin['product_version']}"
    )
