"""Rules on how printed forms and statements are filled in."""
