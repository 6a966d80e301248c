"""Invented case files with truth, and the generator that makes them."""
