"""A lock on the engineer's bench: its file, its power, and pictures held before it."""
