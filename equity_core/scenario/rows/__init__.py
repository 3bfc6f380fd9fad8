"""The rows of the parameter table, by what they speak of."""
