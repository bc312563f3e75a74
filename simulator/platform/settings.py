"""What `qrlock serve` was told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.home import Home
from simulator.platform import operator_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Of one platform; all processes that share a database have the same. OperatorUrlError for a URL that is none.

    home                 where keys and locks are
    database             a file's path or an SQLAlchemy URL; HOME/platform.db if None
    sms_webhook          where messages are posted; None writes each into a file in HOME/outbox
    public_url           where guests reach the platform, "https://host"; told in messages, None tells no address
    bench                whether the engineer's bench page is there: whoever reaches the port can work its locks
    secure_cookies       whether cookies go over TLS alone; off on a bench without TLS
    body_bytes_max       of a request
    requests_per_min     of one client address at the guest's pages
    """

    home: Home
    database: str | None = None
    sms_webhook: str | None = None
    public_url: str | None = None
    bench: bool = False
    secure_cookies: bool = False
    body_bytes_max: int = 64 * 1024
    requests_per_min: int = 240

    def __post_init__(self) -> None:
        if self.sms_webhook is not None:
            operator_url.check_webhook(self.sms_webhook)
        if self.public_url is not None:
            operator_url.check_public(self.public_url)

    @property
    def database_url(self) -> str | Path:
        """What `Database` takes."""
        return self.home.root / "platform.db" if self.database is None else self.database
