"""Which quantity each column holds, in which unit and currency."""
