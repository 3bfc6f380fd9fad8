"""What the server says before any script runs: a page's title and preview; what is no page."""
