"""Bytes to parameters and back, and both kinds of signature; nothing here reads a clock, a file or the database."""
