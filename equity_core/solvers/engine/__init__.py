"""The engine: exact, certified plans by dual ascent and primal recovery (docs/METHOD.md, section 3)."""
