"""uvicorn's HTTP with an end to what a client may send that is neither a whole head nor a piece of a body, and to how
long it may take over a head.

Without it a header that never ends is kept in memory for as long as it goes on, and read anew with every piece; and
whoever opens connections and says nothing keeps them.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

HEAD_BYTES_MAX = 128 * 1024
"""Of a head, and of what stands between the pieces of a body or after it. One piece from the network comes on top."""
HEAD_S = 30.0
"""From the connection, or from a head's first byte, until the head is whole."""


class BoundedHttp(HttpToolsProtocol):
    """One connection."""

    _pending_bytes = 0
    _waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a head."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, or close the connection if nothing has come of the last bytes."""
        self._pending_bytes += len(data)
        if self._waiting is None and self._is_silent():
            self._wait()
        super().data_received(data)
        if self._pending_bytes > HEAD_BYTES_MAX and not self.transport.is_closing():
            self._end()

    def on_headers_complete(self) -> None:
        """A whole head."""
        self._rest()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of a body."""
        self._pending_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A whole request."""
        self._rest()
        super().on_message_complete()

    def _is_silent(self) -> bool:
        """Whether no reply is on its way."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _end(self) -> None:
        if self._is_silent():
            self.send_400_response("The head is too large.")
        else:
            self.transport.close()

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(HEAD_S, self._give_up)

    def _give_up(self) -> None:
        if self._is_silent() and not self.transport.is_closing():
            self.transport.close()

    def _rest(self) -> None:
        self._pending_bytes = 0
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
