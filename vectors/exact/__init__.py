"""Pictures that are the same to the byte on every machine, whatever libraries and processor are there."""
