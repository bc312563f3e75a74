"""The world around the lock: its camera, its readers, and where their frames come from."""
