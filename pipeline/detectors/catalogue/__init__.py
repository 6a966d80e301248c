"""Rules on the tables of contents: the file's own catalogue and the list of evidence."""
