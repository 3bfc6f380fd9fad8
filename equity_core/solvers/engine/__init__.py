"""The engine: exact, certified plans by dual ascent and primal recovery (METHOD, section 3)."""
