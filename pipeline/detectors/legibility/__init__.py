"""Rules on whether a page can be read at all."""
