"""On a bench without an SMS gateway: each message is a file that its owner reads, and a line in the log says so."""

from __future__ import annotations

import logging
from pathlib import Path

from anyio.to_thread import run_sync

from simulator import atomic_file
from simulator.platform.sms.backoff import Outcome
from simulator.platform.sms.outbox import Message

FILES_MAX = 200
"""The oldest beyond that are erased."""
_LOG = logging.getLogger(__name__)


class LogSender:
    """Writes messages into `folder`, which like its files is for its owner's eyes. The log never has number or text."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, message: Message) -> Outcome:
        """Sent once it is in its file."""
        try:
            await run_sync(self._write, message)
        except atomic_file.FileError:
            return Outcome("the folder of messages cannot be written")
        _LOG.info("message %d (%s) for a mobile ending in %s is in outbox/%s",
                  message.id, message.kind, message.mobile[-2:], _name_of(message))  # fmt: skip
        return Outcome()

    async def close(self) -> None:
        """Nothing is open."""

    def _write(self, message: Message) -> None:
        atomic_file.make_folder(self._folder)
        atomic_file.replace(self._folder / _name_of(message), message.text + "\n", atomic_file.SECRET_MODE)
        for old in sorted(self._folder.glob("[0-9]*.txt"))[:-FILES_MAX]:
            old.unlink(missing_ok=True)


def _name_of(message: Message) -> str:
    return f"{message.id:09d}.txt"
