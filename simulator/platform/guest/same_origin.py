"""Whether a POST comes from one of our own pages (GUEST.md, Forms).

A browser says where a request comes from, and no page can make it say otherwise: `Sec-Fetch-Site`, and where the
connection is not trusted `Origin`. A request that says neither is refused: every browser in use sends `Origin` with a
form's POST. Beside that, the session's cookie is SameSite=Lax and does not come along from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_same_origin(headers: Mapping[str, str], public_url: str | None = None) -> bool:
    """Whether these headers, by lower-case name, are of a request from a page of this host.

    `public_url` is where guests reach the platform, for proxies that give it another `Host`.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    # The scheme is not compared: behind a proxy that speaks TLS, it is not ours to see.
    ours = {headers.get("host", "").lower(), _host_of(public_url or "")} - {""}
    return _host_of(headers.get("origin", "")) in ours


def _host_of(url: str) -> str:
    """Host and port of a URL; empty if it is none that a page can have."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in ("http", "https") else ""
