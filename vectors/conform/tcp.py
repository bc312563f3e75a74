"""A device at a TCP port."""

from __future__ import annotations

import socket
from time import monotonic, sleep

from vectors.conform.line_port import LinePort
from vectors.conform.trouble import TransportError, Trouble, Word

CONNECT_S = 5.0
AGAIN_S = 0.05
"""Between two tries to reach a device that is just starting again."""


def address_of(text: str) -> tuple[str, int]:
    """Host and port of `host:port`, an IPv6 address in brackets; TransportError."""
    host, colon, port = text.rpartition(":")
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not (colon and host and port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) <= 0xFFFF):
        raise TransportError(f"{text[:80]!a}: a port is given as HOST:PORT")
    return host, int(port)


class Tcp:
    """A transport to this port, connected at once; TransportError where nobody listens."""

    keeps_answers = False

    def __init__(self, host: str, port: int, connect_s: float = CONNECT_S) -> None:
        self._address = (host, port)
        try:
            self._connect(connect_s)
        except (OSError, ValueError) as error:  # ValueError: a name that can be none of a host
            raise TransportError(f"{host[:80]!a}:{port}: {_reason(error)}") from None

    def ask(self, line: bytes, by: float) -> bytes:
        """See Transport."""
        self._port.send(line, by)
        return self._port.line(by)

    def more(self, by: float) -> bytes:
        """See Transport."""
        return self._port.line(by)

    def waiting(self) -> bytes:
        """See Transport."""
        return self._port.waiting()

    def restart(self, by: float) -> None:
        """A new connection, tried for until the time is over: the device may be starting again."""
        self._socket.close()
        while True:
            try:
                return self._connect(max(by - monotonic(), 0.001))
            except OSError as error:
                if monotonic() + AGAIN_S >= by:
                    raise Trouble(Word.NO_RESTART, _reason(error)) from None
                sleep(AGAIN_S)

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _connect(self, within_s: float) -> None:
        self._socket = socket.create_connection(self._address, within_s)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._port = LinePort(self._socket.fileno(), self._socket.fileno())


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
