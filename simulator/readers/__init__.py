"""QR readers behind one interface, made by name."""

from simulator.readers.reader import Candidate, Corners, Point, Reader, ReaderError, ReaderMissing
from simulator.readers.registry import DEFAULT_READER, READER_NAMES, available, make_reader

__all__ = [
    "DEFAULT_READER",
    "READER_NAMES",
    "Candidate",
    "Corners",
    "Point",
    "Reader",
    "ReaderError",
    "ReaderMissing",
    "available",
    "make_reader",
]
