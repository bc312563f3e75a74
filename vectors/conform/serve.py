"""The built-in simulator as a device outside: `python -m vectors.conform.serve [--tcp PORT]`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from socket import create_server
from typing import Any

from vectors.conform.simulator import Simulator

Say = Callable[[bytes], object]


def serve(lines: Iterable[bytes], say: Say) -> None:
    """Answer each line that holds a request; empty ones are ignored (PROTOCOL.md, section 6)."""
    device = Simulator()
    for line in lines:
        if line.strip():
            say(json.dumps(answer(device, line)).encode() + b"\n")


def answer(device: Simulator, line: bytes) -> dict[str, Any]:
    """The answer to a line, whatever it holds."""
    try:
        request = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        request = None
    if not isinstance(request, dict):
        return {"id": None, "error": "a request is a JSON object"}
    if type(request.get("id")) is not int:
        return {"id": None, "error": "id: a whole number"}
    return device.answer(request)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def serve_port(port: int) -> None:
    """One connection after the other at this port of this computer; 0 takes a free one. Says which, on stderr."""
    with create_server(("127.0.0.1", port)) as server:
        print(f"listening at 127.0.0.1:{server.getsockname()[1]}", file=sys.stderr, flush=True)
        while True:
            connection, _ = server.accept()
            with connection, connection.makefile("rb") as lines:
                _serve_connection(lines, connection.sendall)


def _serve_connection(lines: Iterable[bytes], say: Say) -> None:
    try:
        serve(lines, say)
    except ConnectionError:
        return  # whoever asked has gone; the next one may come


def main(arguments: list[str] | None = None) -> None:
    """Serve until the input ends, or for ever at a port."""
    parser = ArgumentParser(prog="python -m vectors.conform.serve", description=__doc__)
    parser.add_argument("--tcp", type=int, metavar="PORT", help="at this port of 127.0.0.1, not on standard input")
    port = parser.parse_args(arguments).tcp
    if port is not None:
        serve_port(port)
    else:
        serve(sys.stdin.buffer, _say)


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
