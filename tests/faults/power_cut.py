"""A run that dies writing its N-th output, with half of it on disk: `power_cut.py BATCH RUN CONTROL N`."""

import os
import signal
import sys
from pathlib import Path

import storm_run

from pipeline.store.workspace import Workspace

_write = Workspace.write


def die_at(number: int) -> None:
    """Have the process kill itself at its N-th output: half written, or whole and not yet in its place."""
    written = 0

    def write(self: Workspace, path: Path, content: bytes) -> bool:
        nonlocal written
        written += 1
        if written < number:
            return _write(self, path, content)
        part = self.scratch / "part"
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content[: len(content) // 2] if number % 2 else content)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("nobody survives that")

    Workspace.write = write  # type: ignore[method-assign]


if __name__ == "__main__":
    die_at(int(sys.argv[4]))
    sys.exit(storm_run.go(*map(Path, sys.argv[1:4])))
