"""How the tables of the store came to be; alembic runs what a store has not seen yet."""
