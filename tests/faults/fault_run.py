"""A run as a process of its own, so that real signals can be sent to it: `fault_run.py BATCH RUN CONTROL`."""

import datetime as dt
import sys
from pathlib import Path

from fault_work import stand_in

from pipeline.batch.run import run_batch
from pipeline.config import load_settings


def go(batch: Path, out: Path, control: Path) -> int:
    try:
        result = run_batch(
            batch,
            out,
            load_settings(None, run={"workers": 2}),
            today=dt.date(2024, 6, 1),
            work=stand_in(control),
            on_event=print,
        )
    except KeyboardInterrupt:
        return 130
    return int(result.exit_code)


if __name__ == "__main__":
    sys.exit(go(*map(Path, sys.argv[1:])))
