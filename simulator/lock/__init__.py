"""The lock: a state machine without I/O, events in and decisions out. LOCK.md says every rule of it."""
