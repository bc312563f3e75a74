"""A pack in the forms that a bench takes: C headers, flash images, one archive, sheets to hold before a camera."""
