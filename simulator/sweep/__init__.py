"""Scenarios of a lock, cut at every step of its flash, alone and in pairs, and what must hold after each."""
