"""How alembic runs the migrations: on the connection, and in the transaction, it is handed."""

from alembic import context

from equity_core.store.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA)
context.run_migrations()
