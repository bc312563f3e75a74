"""A device behind a serial port. It cannot be started again from here, only called back to order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vectors.conform.line_port import LinePort
from vectors.conform.trouble import TransportError

if TYPE_CHECKING:
    from serial import Serial

BAUD = 115_200


class SerialLine:
    """A transport to the device at this port; TransportError where there is none, or where pyserial is missing.

    A pseudo-terminal serves as well as a port: nothing here needs modem lines.
    """

    keeps_answers = True

    def __init__(self, device: str, baud: int = BAUD) -> None:
        self._serial = opened(device, baud)
        self._port = LinePort(self._serial.fileno(), self._serial.fileno())

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

    def restart(self, by: float) -> None:  # noqa: ARG002
        """Forget what has come. What still comes is the session's to drop, which ends a half line before `hello`."""
        self._port.drop()

    def close(self) -> None:
        """Let go of the port."""
        self._serial.close()


def opened(device: str, baud: int) -> Serial:
    """The port, of which nobody else may read meanwhile; TransportError."""
    try:
        import serial
    except ImportError:
        raise TransportError("serial ports need pyserial: pip install 'qrlock[serial]'") from None
    try:
        return serial.Serial(device, baud, timeout=0, write_timeout=0, exclusive=True)
    except (serial.SerialException, ValueError, OverflowError, OSError) as error:
        raise TransportError(f"{device[:80]!a}: {' '.join(str(error).split())[:200]}") from None
