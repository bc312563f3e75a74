"""Lines over a pair of file descriptors that never block, each wait under a deadline."""

from __future__ import annotations

import errno
import os
import select
from collections import deque
from contextlib import suppress
from math import ceil
from time import monotonic
from typing import NoReturn

from vectors.conform.shown import shown_bytes
from vectors.conform.transport import LINE_MAX
from vectors.conform.trouble import Trouble, Word

_READ_BYTES = 1 << 16
_GONE = (errno.EIO, errno.EPIPE, errno.ECONNRESET, errno.ENXIO, errno.ENODEV)
ASIDE_BYTES = 2_000


class LinePort:
    """Sends and receives lines. `aside` is a descriptor that is read too, so that who writes there does not block.

    Trouble(CLOSED) at the end of what comes, HUNG when the time is over, LONG_LINE beyond `LINE_MAX`.
    """

    def __init__(self, incoming: int, outgoing: int, aside: int | None = None) -> None:
        self._in, self._out, self._aside = incoming, outgoing, aside
        self._held, self._searched = bytearray(), 0
        self._said_aside: deque[int] = deque(maxlen=ASIDE_BYTES)
        self._readable = select.poll()
        for descriptor in (incoming, outgoing, aside):
            if descriptor is not None:
                os.set_blocking(descriptor, False)
        self._readable.register(incoming, select.POLLIN)
        if aside is not None:
            self._readable.register(aside, select.POLLIN)

    @property
    def aside(self) -> str:
        """The last line that came aside, or nothing."""
        self._take_aside()
        lines = bytes(self._said_aside).strip().splitlines()
        return shown_bytes(lines[-1]) if lines else ""

    def send(self, data: bytes, by: float) -> None:
        """All of it. What comes meanwhile is kept: a device that talks first must not wait for us for ever."""
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(self._out, rest) :]
            except BlockingIOError:
                self._wait_to_write(by)
            except OSError as error:
                raise _closed(error) from None

    def line(self, by: float) -> bytes:
        """The next line without its end."""
        while (end := self._held.find(b"\n", self._searched)) < 0:
            self._searched = len(self._held)
            if self._searched > LINE_MAX:
                raise Trouble(Word.LONG_LINE, f"more than {LINE_MAX} bytes: {shown_bytes(bytes(self._held[:80]))}")
            self._wait_to_read(by)
        line = bytes(self._held[:end])
        del self._held[: end + 1]
        self._searched = 0
        return line

    def waiting(self) -> bytes:
        """What has come and was given in no line yet. It waits for nothing, and leaves troubles to who waits."""
        with suppress(Trouble):
            while len(self._held) <= LINE_MAX and self._take():
                pass
        return bytes(self._held)

    def drop(self) -> None:
        """Forget what has come so far."""
        self._held.clear()
        self._searched = 0

    def _wait_to_read(self, by: float) -> None:
        for descriptor, _ in self._readable.poll(_left_ms(by) or _too_late(_unfinished(self._held))):
            if descriptor == self._aside:
                self._take_aside()
            else:
                self._take()

    def _wait_to_write(self, by: float) -> None:
        both = select.poll()
        both.register(self._out, select.POLLOUT)
        if len(self._held) <= LINE_MAX:  # beyond, nobody listens to it before its own time is over
            both.register(self._in, select.POLLIN | (select.POLLOUT if self._in == self._out else 0))
        if self._aside is not None:
            both.register(self._aside, select.POLLIN)
        for descriptor, events in both.poll(_left_ms(by) or _too_late("it does not take what it is asked")):
            if descriptor == self._aside:
                self._take_aside()
            elif descriptor == self._in and events & ~select.POLLOUT:
                self._take()

    def _take(self) -> bool:
        """Some of what there is; whether there was any."""
        try:
            data = os.read(self._in, _READ_BYTES)
        except BlockingIOError:
            return False
        except OSError as error:
            raise _closed(error) from None
        if not data:
            raise Trouble(Word.CLOSED, _unfinished(self._held))
        self._held += data
        return True

    def _take_aside(self) -> None:
        """Some of what there is: once, since it may never end. At its end it is not listened to any more."""
        if self._aside is None:
            return
        try:
            data = os.read(self._aside, _READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._said_aside.extend(data[-ASIDE_BYTES:])
        if not data:
            self._readable.unregister(self._aside)
            self._aside = None


def _too_late(detail: str) -> NoReturn:
    raise Trouble(Word.HUNG, detail)


def _left_ms(by: float) -> int:
    return max(0, ceil((by - monotonic()) * 1000))


def _unfinished(held: bytearray) -> str:
    return f"the line was not ended: {shown_bytes(bytes(held[-200:]))}" if held else ""


def _closed(error: OSError) -> Trouble:
    """What this error says of the device; another error is a fault of ours, told all the same."""
    return Trouble(Word.CLOSED, "" if error.errno in _GONE else str(error.strerror))
