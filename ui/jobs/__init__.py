"""All that runs beside the page, and what is kept of it."""
