"""One short file a page: read the scenario, ask, show."""
