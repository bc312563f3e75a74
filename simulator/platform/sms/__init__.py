"""Messages to guests: an outbox in the database, and what sends it (SMS.md)."""
