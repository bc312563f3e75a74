"""Test vectors for firmware, and the runner that asks a device for them."""
