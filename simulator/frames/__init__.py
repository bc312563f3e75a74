"""Frames for the lock from image files, folders, videos, cameras here and in the network, and scenarios."""

from simulator.frames.frame import Frame, FrameError
from simulator.frames.source import is_continuous, is_live, open_source, source_name

__all__ = ["Frame", "FrameError", "is_continuous", "is_live", "open_source", "source_name"]
