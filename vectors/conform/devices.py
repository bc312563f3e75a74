"""Which device is meant, by the options of the command line and of pytest."""

from __future__ import annotations

from dataclasses import dataclass

from lockcore import QrlockError
from vectors.conform.transport import Transport


class DeviceError(QrlockError):
    """No device, or more than one, is named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceChoice:
    """Exactly one of these, where a device is named at all."""

    simulator: bool = False
    command: str | None = None
    tcp: str | None = None
    serial: str | None = None
    baud: int | None = None

    @property
    def count(self) -> int:
        """How many are named."""
        return sum((self.simulator, self.command is not None, self.tcp is not None, self.serial is not None))

    def connected(self) -> Transport:
        """The way to it, open; DeviceError, TransportError."""
        if self.count != 1:
            raise DeviceError("name one device: --simulator, --command, --tcp or --serial")
        if self.baud is not None and self.serial is None:
            raise DeviceError("--baud: goes with --serial")
        if self.command is not None:
            from vectors.conform.command import Command, words_of

            return Command(words_of(self.command))
        if self.tcp is not None:
            from vectors.conform.tcp import Tcp, address_of

            return Tcp(*address_of(self.tcp))
        if self.serial is not None:
            from vectors.conform.serial_line import BAUD, SerialLine

            return SerialLine(self.serial, BAUD if self.baud is None else self.baud)
        return simulator()


def simulator() -> Transport:
    """The built-in simulator in this process."""
    from vectors.conform.in_process import InProcess
    from vectors.conform.simulator import Simulator

    return InProcess(Simulator)
