"""Makes the sample scans: `python -m sample_scans.generate [--out DIR] [--only s01,s02]`."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from sample_scans.generator.binding import bind
from sample_scans.generator.cases import KEYS
from sample_scans.generator.fonts import MissingFontsError, require
from sample_scans.generator.packing import write

LIMIT = 23 * 1024 * 1024


def main() -> int:
    """Returns 0, or 2 where a font is missing, or 1 where the files grew beyond the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "cases")
    parser.add_argument("--only", default="", help="comma-separated keys")
    args = parser.parse_args()
    try:
        require()
    except MissingFontsError as error:
        print(error, file=sys.stderr)
        return 2
    chosen = [key for key in args.only.split(",") if key] or list(KEYS)
    total = 0
    for key in chosen:
        binder = importlib.import_module(f"sample_scans.generator.cases.{key}").binder()
        bound = bind(binder)
        size = write(bound, args.out)
        total += size
        print(f"{key}: {len(bound.scans)} pages, {size / 1e6:.2f} MB")
    print(f"{total / 1e6:.1f} MB together")
    return 1 if total > LIMIT else 0


if __name__ == "__main__":
    raise SystemExit(main())
