"""The runner: what asks a device every question of the vectors, and judges its answers (PROTOCOL.md)."""
