"""Several scenarios side by side: the measures of each, and what cannot be compared."""
