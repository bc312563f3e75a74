"""Readers on trial: seeded frames of graded conditions, and what each reader makes of them, how fast."""
