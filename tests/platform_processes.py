"""What tests have other processes do to a database; it imports little, for every process imports it anew."""

from __future__ import annotations

from simulator.platform.data.database import Database


def opened(url: str) -> str:
    """The URL, once its tables are there."""
    database = Database(url)
    database.open()
    database.close()
    return url
