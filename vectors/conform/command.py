"""A device that is a program: asked on its standard input, answering on its standard output."""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Sequence
from contextlib import suppress
from subprocess import PIPE, Popen, TimeoutExpired
from time import monotonic

from vectors.conform.line_port import LinePort
from vectors.conform.trouble import TransportError, Trouble, Word

GRACE_S = 1.0
"""So long a program may take to end by itself when its input ends: it may have coverage to write."""


def words_of(command: str) -> list[str]:
    """A command line in words, as a shell would split it; TransportError."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise TransportError(f"the device's command: {str(error).lower()}") from None
    if not words:
        raise TransportError("the device's command: no word in it")
    return words


class Command:
    """A transport to a program, started at once; TransportError where it cannot be.

    It has a session of its own, which is killed whole, so that what it starts ends with it. What it says on its error
    stream is read besides, and its last line told when it dies.
    """

    keeps_answers = False

    def __init__(self, words: Sequence[str], grace_s: float = GRACE_S) -> None:
        self._words, self._grace_s = list(words), grace_s
        self._start()

    def ask(self, line: bytes, by: float) -> bytes:
        """See Transport."""
        try:
            self._port.send(line, by)
            return self._port.line(by)
        except Trouble as trouble:
            raise self._told(trouble) from None

    def more(self, by: float) -> bytes:
        """See Transport."""
        try:
            return self._port.line(by)
        except Trouble as trouble:
            raise self._told(trouble) from None

    def waiting(self) -> bytes:
        """See Transport."""
        return self._port.waiting()

    def restart(self, by: float) -> None:  # noqa: ARG002
        """Another process; the old one is killed."""
        self._end(0)
        try:
            self._start()
        except TransportError as error:
            raise Trouble(Word.NO_RESTART, str(error)) from None

    def close(self) -> None:
        """End its input, and kill what does not end then."""
        self._end(self._grace_s)

    def _start(self) -> None:
        try:
            process = Popen(self._words, stdin=PIPE, stdout=PIPE, stderr=PIPE, bufsize=0, start_new_session=True)
        except (OSError, ValueError) as error:  # ValueError: a NUL in a word
            reason = error.strerror if isinstance(error, OSError) else error
            raise TransportError(f"{self._words[0][:80]!a}: {reason}") from None
        assert process.stdin and process.stdout and process.stderr
        self._process = process
        self._port = LinePort(process.stdout.fileno(), process.stdin.fileno(), process.stderr.fileno())

    def _told(self, trouble: Trouble) -> Trouble:
        """The trouble, or the death that it comes from, with the last that the program said."""
        if trouble.word is Word.CLOSED:
            with suppress(TimeoutExpired):
                self._process.wait(self._grace_s)
        status = self._process.poll()
        word, details = trouble.word, [trouble.detail]
        if status is not None:
            word, details = Word.DIED, [ended(status), trouble.detail]
        last = self._port.aside
        return Trouble(word, ", ".join(filter(None, [*details, last and f"its last words {last}"])))

    def _end(self, grace_s: float) -> None:
        process = self._process
        assert process.stdin and process.stdout and process.stderr
        if process.stdout.closed:
            return
        process.stdin.close()
        if grace_s:
            by = monotonic() + grace_s
            self._drain(by)
            with suppress(TimeoutExpired):
                process.wait(max(0.0, by - monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        process.stderr.close()

    def _drain(self, by: float) -> None:
        """Read what is still said, until the end of it: a full pipe would keep the program from ending."""
        with suppress(Trouble):
            while True:
                self._port.line(by)


def ended(status: int) -> str:
    """How a process ended, in words."""
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {-status} ({signal.Signals(-status).name})"
    except ValueError:
        return f"signal {-status}"
