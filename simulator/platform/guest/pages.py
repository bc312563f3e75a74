"""Templates and files of the pages, and the headers that all of them have."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response

_FOLDER = Path(__file__).parent
MEDIA_TYPES = {"guest.css": "text/css", "guest.js": "text/javascript", "icon.svg": "image/svg+xml"}
"""The files under /guest/static, by name."""
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self)",
    "Cache-Control": "no-store",
}
"""Of every page."""
FORMS_REFERRER_POLICY = "same-origin"
"""Of pages with forms: `no-referrer` would take the `Origin` from them, by which they are told from others' forms."""
SECRET_REFERRER_POLICY = "no-referrer"
"""Of pages whose address is a secret."""


def render(template: str, **values: object) -> str:
    """The HTML of a template; every value is escaped unless it is markup."""
    return _environment().get_template(template).render(**values)


def with_headers(response: Response) -> Response:
    """The response, with those of HEADERS that it does not have yet."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


@cache
def static_file(name: str) -> bytes:
    """The content of one of MEDIA_TYPES."""
    return (_FOLDER / "static" / name).read_bytes()


def static_url(name: str) -> str:
    """Where it is: another content has another address, so that browsers may keep it for ever."""
    return f"/guest/static/{name}?v={sha256(static_file(name)).hexdigest()[:12]}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals["static_url"] = static_url
    return environment
