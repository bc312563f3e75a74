"""Frames for the lock from image files, folders, videos and cameras."""

from simulator.frames.frame import Frame, FrameError
from simulator.frames.source import open_source

__all__ = ["Frame", "FrameError", "open_source"]
