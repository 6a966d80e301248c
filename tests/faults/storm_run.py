"""A batch with the real engine as a process of its own, to be killed: `storm_run.py BATCH RUN CONTROL [WORKERS]`.

It does what `prescreen run` does, but that every page given to a reader leaves a trace in the folder CONTROL first.
CONTROL/reader tells which reader: `real` (OCR) or `stand-in` (fault_work.py).
"""

import datetime as dt
import signal
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import fault_work

from pipeline.batch import work
from pipeline.batch.run import run_batch
from pipeline.config import load_settings
from pipeline.problems import PrescreenError

TODAY = dt.date(2024, 6, 1)
SECONDS = 0.3


def read(traces, file, index, settings, limits):
    """Read a page for real, and leave one byte for it."""
    with (Path(traces) / f"{file.sha256}-{index}").open("ab") as stream:
        stream.write(b"x")
    return work.read(file, index, settings, limits)


def read_nothing(traces, file, index, settings, limits):
    """Take as long as reading a page, but read nothing."""
    packed = fault_work.read(traces, file, index, settings, limits)
    time.sleep(SECONDS)
    return packed


def traced_work(control: Path) -> work.Work:
    """The work of a batch, with a reader that leaves its traces in CONTROL/reads."""
    traces = control / "reads"
    if (control / "reader").read_text("utf-8") == "real":
        return replace(work.REAL, read=partial(read, str(traces)))
    return fault_work.stand_in(traces, read=partial(read_nothing, str(traces)))


def go(batch: Path, out: Path, control: Path, workers: int = 2) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings = load_settings(None, run={"workers": workers})
    try:
        result = run_batch(batch, out, settings, today=TODAY, work=traced_work(control), on_event=lambda event: None)
    except PrescreenError as error:
        print(f"{error.message} / {error.advice}", file=sys.stderr, flush=True)
        return int(error.exit_code)
    except KeyboardInterrupt:
        return 130
    return int(result.exit_code)


if __name__ == "__main__":
    folders, rest = sys.argv[1:4], map(int, sys.argv[4:])
    sys.exit(go(*map(Path, folders), *rest))
