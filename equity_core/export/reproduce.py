"""How to get the same figures without the page: one command line, or ten lines of Python."""

from __future__ import annotations

from collections.abc import Sequence
from pprint import pformat
from shlex import quote

from equity_core.scenario.link import to_query
from equity_core.scenario.scenario import Scenario

WIDTH = 88


def command_line(scenario: Scenario, command: str = "solve") -> str:
    """The command that answers `scenario`; `command` is "solve" or "frontier"."""
    return f"python -m equity_core {command} --link {quote('?' + to_query(scenario))} --out out"


def snippet(scenario: Scenario) -> str:
    """Python that solves the scenario and its baseline and prints the table of regions."""
    fields = scenario.non_defaults()
    changed = pformat(fields, width=WIDTH, sort_dicts=False, compact=True)
    asked = f"Scenario(**{changed})" if fields else "Scenario()"
    return (
        "from equity_core import Scenario, load_dataset, solve\n"
        "\n"
        f"scenario = {asked}\n"
        "data = load_dataset(scenario.dataset)\n"
        "plan = solve(scenario, data)\n"
        "baseline = solve(scenario.baseline_scenario(), data)\n"
        "change = plan.compare(baseline)\n"
        "print(plan.fingerprint, plan.cost_usd, change.regions_worse)\n"
        "print(change.table.to_csv())\n"
    )


def snippet_of_many(scenarios: Sequence[Scenario]) -> str:
    """Python that solves every scenario, given by its link, and prints a line of figures each.

    All are compared with the baseline of the first.
    """
    links = ",\n".join(f'    "{to_query(scenario)}"' for scenario in scenarios)
    return (
        "from equity_core import load_dataset, solve\n"
        "from equity_core.scenario.link import from_query\n"
        "\n"
        f"scenarios = [from_query(link) for link in [\n{links},\n]]\n"
        "data = load_dataset(scenarios[0].dataset)\n"
        "baseline = solve(scenarios[0].baseline_scenario(), data)\n"
        "for scenario in scenarios:\n"
        "    plan = solve(scenario, data)\n"
        "    change = plan.compare(baseline)\n"
        "    worst = [plan.worst(item.column) for item in plan.footprints]\n"
        "    print(plan.fingerprint, plan.cost_usd, *worst, change.regions_worse)\n"
    )
