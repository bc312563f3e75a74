"""Whether a POST comes from one of our own pages (GUEST.md, Forms).

A browser says where a request comes from, and no page can make it say otherwise: `Sec-Fetch-Site`, and where the
connection is not trusted `Origin`. A request that says neither is refused: every browser in use sends `Origin` with a
form's POST. Beside that, the session's cookie is SameSite=Lax and does not come along from elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Whether these headers, by lower-case name, are of a request from a page of this host."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin, host = headers.get("origin"), headers.get("host")
    if not origin or not host:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    # The scheme is not compared: behind a proxy that speaks TLS, it is not ours to see.
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()
