"""One batch run again and again in one process, as `prescreen watch` does: `soak_run.py BATCH RUN CONTROL`.

After every round a line in CONTROL/rounds.jsonl says what the process holds. It ends when CONTROL/stop is there, after
one last round in peace.
"""

import gc
import json
import sys
import time
from pathlib import Path

import psutil
from storm_run import TODAY, traced_work

from pipeline.batch.run import run_batch
from pipeline.config import load_settings
from pipeline.problems import PrescreenError


def size_of(folder: Path) -> tuple[int, int]:
    """Bytes of everything in a folder but the ledger, and how many files."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file() and "ledger.db" not in path.name]
    return sum(sizes), len(sizes)


def held(run_folder: Path) -> dict[str, int]:
    """What this process and its run folder hold."""
    gc.collect()
    me = psutil.Process()
    others, files = size_of(run_folder)
    return {
        "rss": me.memory_info().rss,
        "handles": me.num_fds() if hasattr(me, "num_fds") else me.num_handles(),
        "threads": me.num_threads(),
        "children": len(me.children()),
        "ledger": (run_folder / "ledger.db").stat().st_size,
        "others": others,
        "files": files,
    }


def go(batch: Path, out: Path, control: Path) -> int:
    settings = load_settings(None, run={"workers": 2}, limits={"seconds_per_page": 60, "seconds_per_file": 60})
    work = traced_work(control)
    last = False
    while True:
        began, told = time.monotonic(), {}
        try:
            result = run_batch(batch, out, settings, today=TODAY, work=work, on_event=lambda event: None)
            told = {"code": int(result.exit_code), "read": result.pages_read, "reused": result.pages_reused}
        except PrescreenError as error:
            told = {"code": int(error.exit_code), "error": error.message}
        told |= {"seconds": round(time.monotonic() - began, 1), **held(out)}
        with (control / "rounds.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(told, ensure_ascii=False) + "\n")
        if last:
            return told["code"]
        last = (control / "stop").exists()


if __name__ == "__main__":
    sys.exit(go(*map(Path, sys.argv[1:4])))
