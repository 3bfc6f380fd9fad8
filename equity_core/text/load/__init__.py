"""Load that may not do everything: what cannot move, and what can wait."""
