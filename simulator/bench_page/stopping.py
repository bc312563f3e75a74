"""Whether the server that this process runs is about to stop."""

from __future__ import annotations

import signal


def server_stops() -> bool:
    """Whether the uvicorn server that handles this process's signals has been told to exit; False where none does.

    A server waits for its open connections before it tells an application to shut down, and a stream of events is
    one: so it is asked. Its signal handler is a method of the server.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return getattr(server, "should_exit", False) is True
