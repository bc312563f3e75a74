"""URLs that the operator names: what cannot be one is refused before anything is served."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from lockcore.errors import QrlockError


class OperatorUrlError(QrlockError):
    """A URL that cannot be used; the message names its option, and has nothing of the URL, which may hold a secret."""


def check_webhook(url: str) -> None:
    """OperatorUrlError unless messages can be posted there: http or https, with a host."""
    if _parts(url) is None:
        raise OperatorUrlError("--sms-webhook: a URL like https://host/path that messages can be posted to")


def check_public(url: str) -> None:
    """OperatorUrlError unless guests can be told it: http or https and a host, whose paths are all the platform's."""
    parts = _parts(url)
    if parts is None or "@" in parts.netloc or parts.path not in ("", "/") or "?" in url or "#" in url:
        raise OperatorUrlError("--public-url: https://host or http://host, with :port if need be, and nothing after it")


def _parts(url: str) -> SplitResult | None:
    """None if this is no address on the web."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # brackets that do not match, or a port that is no number
        return None
    return parts if known and url.isprintable() and " " not in url else None
