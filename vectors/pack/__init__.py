"""The pack: vectors as files, with their manifest (FORMAT.md)."""
