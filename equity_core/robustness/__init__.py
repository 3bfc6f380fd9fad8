"""How sure the verdict is when prices, carbon, water or demand are not known exactly.

    from equity_core import Scenario, load_dataset, robustness
    found = robustness.examine(Scenario(), load_dataset("paper-2022"), robustness.Ranges(seed=1))

Two questions, never mixed: does the conclusion hold (planned anew in every draw), and does this
plan hold (kept as it is, while the figures turn out otherwise)? docs/METHOD.md, section 14.
"""

from equity_core.robustness.examine import Robustness, examine
from equity_core.robustness.ranges import Ranges

__all__ = ["Ranges", "Robustness", "examine"]
