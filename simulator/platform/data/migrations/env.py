"""What Alembic runs: the steps, over the connection and in the transaction that migrate.py gives it."""

from __future__ import annotations

from alembic import context

from simulator.platform.data.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=context.config.attributes["version_table"],
)
with context.begin_transaction():
    context.run_migrations()
