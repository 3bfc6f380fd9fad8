"""How it is answered: exact and certified, and by an independent textbook model."""
