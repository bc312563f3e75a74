"""The card platform: what clients post orders to, and where guests see their codes (PLATFORM.md)."""
