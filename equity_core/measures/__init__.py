"""Inequality measures: how the burdens of all regions become one figure, each in a file."""
