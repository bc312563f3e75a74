"""The command `qrlock`."""

from simulator.cli.app import main

__all__ = ["main"]
