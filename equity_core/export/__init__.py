"""In files: the tables that leave the house, each with what it holds and where it comes from."""
