"""What a critic would raise against the model, and what each would change."""

from __future__ import annotations

LIMITS: tuple[tuple[str, str, str], ...] = (
    (
        "Average against marginal carbon",
        "Most plans count what a grid emits on average. Moving load changes what its marginal "
        "power stations emit, which can be the opposite.",
        "Where a data set knows both, both are told, and a plan may count either. The best regions "
        "differ between them.",
    ),
    (
        "Prices do not answer",
        "The fleet takes prices and intensities as they were. A move of gigawatts would raise "
        "prices and start other power stations where it arrives.",
        "Large moves would cost more and help less than shown; small ones are told as they are.",
    ),
    (
        "Perfect foresight",
        "Each plan knows every hour of the period beforehand. Real operation decides with "
        "forecasts.",
        "Costs and burdens would be somewhat higher. The command `foresight` replays hour by hour "
        "and says how much.",
    ),
    (
        "Movement without cost",
        "Sending a task elsewhere takes no energy, no network fee and no licence here.",
        "Short moves for small gains would disappear. A lower share of load that can move, or a "
        "latency limit, shows the direction.",
    ),
    (
        "One efficiency for all buildings",
        "A megawatt-hour of computing takes the same electricity everywhere; cooling overhead "
        "(PUE) does not differ.",
        "Hot regions would look worse in cost, carbon and water by as much as their overhead is "
        "higher, often 5 to 20%. A regional factor shows it.",
    ),
)
"""What is simplified, why that matters, and what it would change."""
