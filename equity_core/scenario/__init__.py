"""What is asked: the parameter table, the frozen scenario, policies, presets, links."""
