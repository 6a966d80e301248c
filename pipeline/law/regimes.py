"""Which law a case stands under: the regime by its key date (reference.md 2.1).

R0 条例(2003) + 令124 + 河南条例(2010), to 2021-12-31 · R1 法律援助法 over them, from 2022-01-01 ·
R2 + 令148 and the forms of 2023, from 2023-09-01 · R3 + 河南省法律援助条例(2025), from 2026-01-01.
"""

from __future__ import annotations

import datetime as dt

STARTS: tuple[tuple[str, dt.date], ...] = (
    ("R3", dt.date(2026, 1, 1)),
    ("R2", dt.date(2023, 9, 1)),
    ("R1", dt.date(2022, 1, 1)),
    ("R0", dt.date.min),
)


def regime_on(day: dt.date) -> str:
    """The regime in force on a day."""
    return next(name for name, start in STARTS if day >= start)
