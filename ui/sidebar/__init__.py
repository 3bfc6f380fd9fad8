"""The controls: every one a row of the parameter table."""
