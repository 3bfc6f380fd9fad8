"""The parts of the pages, each drawn from a small record."""
