"""The parts of the page Method."""
