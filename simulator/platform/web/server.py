"""The application behind a port, in one process or several, until it is told to stop."""

from __future__ import annotations

import gc
import ipaddress
import logging
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from lockcore.errors import QrlockError
from simulator import atomic_file
from simulator.platform.data.database import Database
from simulator.platform.settings import Settings
from simulator.platform.web import ending
from simulator.platform.web.app import create_app
from simulator.platform.web.bounded_http import BoundedHttp
from simulator.platform.web.told_address import told_address

BACKLOG = 2048
KEEP_ALIVE_S = 30
STOPPING_S = 20
"""How long requests that are under way may take when the server is told to stop."""


class ServerError(QrlockError):
    """An address that cannot be listened at, or options that do not go together."""


class WithoutQuery(logging.Filter):
    """Takes the query out of a line of the access log: signatures and links are in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the line through, shortened."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, path, *rest = record.args
            record.args = (client, method, str(path).partition("?")[0], *rest)
        return True


def bench_by_default(host: str, workers: int, *, proxied: bool) -> bool:
    """Whether the bench page is there where nobody says: before nobody but this machine, and one process keeps it.

    A proxy on this machine brings others to a loopback address, and may call itself by that address: not then.
    """
    return workers == 1 and _is_loopback(host) and not proxied


def run(settings: Settings, host: str, port: int, workers: int, tell: Callable[[str], object]) -> None:
    """Serve until SIGINT or SIGTERM ends it, which is status 0; `tell` is told the address and where data is kept.

    DatabaseError, ServerError or FileError before anything is served.
    """
    if settings.bench and workers > 1:
        raise ServerError("the bench page needs --workers 1: one process holds the lock before its camera")
    name = _opened(settings)
    with _listening(host, port) as listening:
        _tell(settings, listening, name, tell)
        config = uvicorn.Config(
            partial(_app, settings),
            factory=True,
            http=BoundedHttp,
            workers=workers,
            log_config=log_config(),
            server_header=False,
            backlog=BACKLOG,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=STOPPING_S,
        )
        if workers == 1:
            with ending.done_at_signals():
                uvicorn.Server(config).run([listening])
        else:
            Multiprocess(config, [listening]).run()


def _app(settings: Settings) -> FastAPI:
    """The application of a process that has nothing else to do.

    What is there when it begins stays: the garbage collector is told to leave it alone, for it would look through it
    again and again while a request waits.
    """
    ending.end_with_parent()
    app = create_app(settings)
    gc.collect()
    gc.freeze()
    return app


def log_config() -> dict[str, Any]:
    """The server's log: the access log in stdout, all else in stderr; no query in either."""
    plain = {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    lines = {"class": "logging.StreamHandler", "formatter": "plain"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": plain},
        "filters": {"without_query": {"()": WithoutQuery}},
        "handlers": {
            "errors": {**lines, "stream": "ext://sys.stderr"},
            "access": {**lines, "stream": "ext://sys.stdout", "filters": ["without_query"]},
        },
        "loggers": {
            "uvicorn": {"handlers": ["errors"], "level": "WARNING", "propagate": False},
            "uvicorn.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
            "simulator": {"handlers": ["errors"], "level": "INFO", "propagate": False},
        },
    }


def _opened(settings: Settings) -> str:
    """The database's name without its password, after it was opened once: what is wrong is told before serving."""
    if settings.database is None:
        atomic_file.make_folder(settings.home.root)
    database = Database(settings.database_url)
    try:
        database.open()
    finally:
        database.close()
    return database.name


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        raise ServerError(f"{host}: is no address of this machine") from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(BACKLOG)  # a second server is told now that the port is taken
    except OSError as error:
        listening.close()
        raise ServerError(f"{host} port {port}: {error.strerror or type(error).__name__}") from None
    listening.set_inheritable(True)
    return listening


def _tell(settings: Settings, listening: socket.socket, database: str, tell: Callable[[str], object]) -> None:
    host, port = listening.getsockname()[:2]
    address = told_address(host, port)
    tell(f"clients post to {address}/")
    tell(f"guests look at  {address}/guest")
    if settings.bench:
        tell(f"the bench is at {address}/bench")
    tell(f"data in {database}, keys in {settings.home.root / 'communities'}")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
