"""A reader made for cards: numeric symbols of versions 1 to 10, by correlation, equalisation and soft decisions."""
