"""What the bars of the project say, measured: see README.md in this folder."""
