"""A watcher as a process of its own, and the small files that arrive in its folder."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from fault_work import picture
from PIL import Image

SCRIPT = Path(__file__).with_name("fault_watch.py")
SETTLE = 1.5


class Watching:
    """A watcher under way: what it says, and what lies in its run folder."""

    def __init__(self, inbox, run, control, *, once=False):
        self.inbox, self.run, self.control = inbox, run, control
        arguments = [str(inbox), str(run), str(control), "0.3", str(SETTLE), *(["once"] if once else [])]
        self.process = subprocess.Popen(
            [sys.executable, str(SCRIPT), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=SCRIPT.parents[2],
            env=os.environ | {"PYTHONUTF8": "1"},
            text=True,
            encoding="utf-8",
        )
        self.lines = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def said(self, word):
        return [line for line in self.lines if word in line]

    def wait_for(self, word, times=1, seconds=180):
        deadline = time.monotonic() + seconds
        while len(self.said(word)) < times:
            assert self.process.poll() is None or len(self.said(word)) >= times, "\n".join(self.lines)
            assert time.monotonic() < deadline, f"no {word!r}:\n" + "\n".join(self.lines)
            time.sleep(0.05)

    def rounds(self, times):
        self.wait_for("完成: ", times)

    def quiet(self, seconds=SETTLE + 1.5):
        """Nothing is said any more."""
        before = list(self.lines)
        time.sleep(seconds)
        assert self.lines == before
        assert self.process.poll() is None

    def cases(self):
        return {path.stem: json.loads(path.read_text("utf-8")) for path in (self.run / "cases").glob("*.json")}

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(30)
        self._reader.join(10)
        return self.process.returncode


def pdf(path, pages, seed=0):
    """A PDF of page images, large enough to be cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = []
    for page in range(pages):
        picture(path.with_suffix(".png"), seed + page)
        made.append(Image.open(path.with_suffix(".png")).copy())
    path.with_suffix(".png").unlink()
    made[0].save(path, save_all=True, append_images=made[1:])
    return path.read_bytes()
