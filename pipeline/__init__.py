"""prescreen: reads scanned legal-aid case files before the evaluators do."""

__version__ = "0.1.0"
