"""Compare: scenarios side by side in a table, two of them in full, and the paper's policies."""
