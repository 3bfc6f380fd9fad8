"""Names of what every export states of its making, and of files that are told by their name."""

ORIGIN = ("fingerprint", "dataset", "data_version", "product_version", "scenario")
README, DESCRIPTION = "README.txt", "datapackage.json"
FORESIGHT = "foresight.json"
ROBUSTNESS = "robustness.json"
LINEUP = "lineup"
"""The fact that holds all scenarios of a table (scenario/lineup.py)."""
