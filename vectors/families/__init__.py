"""The families: each states what every one of its vectors must come to, and has the reference agree."""
