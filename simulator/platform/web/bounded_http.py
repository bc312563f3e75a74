"""uvicorn's HTTP with an end to what a client may send that is neither a whole head nor a piece of a body.

Without it a header that never ends is kept in memory for as long as it goes on, and read anew with every piece.
"""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

HEAD_BYTES_MAX = 128 * 1024
"""Of a head, and of what stands between the pieces of a body or after it. One piece from the network comes on top."""


class BoundedHttp(HttpToolsProtocol):
    """One connection."""

    _pending_bytes = 0

    def data_received(self, data: bytes) -> None:
        """Read on, or close the connection if nothing has come of the last bytes."""
        self._pending_bytes += len(data)
        super().data_received(data)
        if self._pending_bytes > HEAD_BYTES_MAX and not self.transport.is_closing():
            self._end()

    def on_headers_complete(self) -> None:
        """A whole head."""
        self._pending_bytes = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of a body."""
        self._pending_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A whole request."""
        self._pending_bytes = 0
        super().on_message_complete()

    def _end(self) -> None:
        """Say why, unless the reply to an earlier request is on its way."""
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or cycle.response_complete:
            self.send_400_response("The head is too large.")
        else:
            self.transport.close()
