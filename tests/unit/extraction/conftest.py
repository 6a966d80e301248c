"""Invented pages are built as for the tests of documents."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "documents"))
