"""Many questions at once: one file in, one table out, on as many processors as there are."""
