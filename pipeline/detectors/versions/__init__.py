"""Rules on outdated versions of printed forms."""
