"""The address that people are told: one that a browser can go to, where the server listens at all of them."""

from __future__ import annotations

import ipaddress
import socket

_ANYWHERE = ("192.0.2.1", 9)
"""Nobody (RFC 5737), and nothing is sent: a datagram's socket only looks up the way out of this machine."""


def told_address(host: str, port: int) -> str:
    """`http://host:port`; for 0.0.0.0 or :: with the address by which others reach this machine, if it has one."""
    told = _own_address() if ipaddress.ip_address(host).is_unspecified else host
    return f"http://{f'[{told}]' if ':' in told else told}:{port}"


def _own_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        try:
            out.connect(_ANYWHERE)
            return str(out.getsockname()[0])
        except OSError:
            return "127.0.0.1"
