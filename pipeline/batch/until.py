"""Until when a run may begin anything new: `--until 07:30`."""

from __future__ import annotations

import datetime as dt

from pipeline.problems import UsageError

_ADVICE = "例如 --until 07:30 (下一个七点半), 或 --until 2026-01-31T07:30"


def read_until(text: str, now: dt.datetime) -> dt.datetime:
    """Read a time of day (the next one after `now`) or a date with time, both local; `now` knows its zone.

    Raises `UsageError` where it is neither, or already past.
    """
    try:
        day_given = "T" in text or " " in text.strip()
        if day_given:
            until = dt.datetime.fromisoformat(text.strip()).replace(tzinfo=now.tzinfo)
        else:
            until = dt.datetime.combine(now.date(), dt.time.fromisoformat(text.strip()), now.tzinfo)
    except ValueError as error:
        raise UsageError(f"--until 的写法不对: {text}", _ADVICE) from error
    if day_given and until <= now:
        raise UsageError(f"--until 的时间已过: {text}", _ADVICE)
    return until if until > now else until + dt.timedelta(days=1)
