"""A watcher as a process, with the stand-in reader: `fault_watch.py INBOX RUN CONTROL EVERY SETTLE [once]`."""

import datetime as dt
import signal
import sys
from pathlib import Path

import watch_work

from pipeline.batch.run import run_batch
from pipeline.batch.watch import Plan, Watch
from pipeline.config import load_settings


def go(inbox: Path, out: Path, control: Path, every: str, settle: str, once: str = "") -> int:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    def screen(ready, on_event):
        settings = load_settings(None, run={"workers": 1}, limits={"seconds_per_page": 60})
        day = dt.date(2024, 6, 1)
        work = watch_work.stand_in(control)
        return run_batch(inbox, out, settings, today=day, ready=ready, command="watch", on_event=on_event, work=work)

    signal.signal(signal.SIGTERM, stop)
    watcher = Watch(Plan(inbox, out, float(every), float(settle)), screen, lambda line: print(line, flush=True))
    try:
        return int(watcher.once() if once else watcher.forever())
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(go(*map(Path, sys.argv[1:4]), *sys.argv[4:]))
