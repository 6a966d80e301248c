"""A desk as evaluators get it: `prescreen run`, `prescreen users`, `prescreen serve`, each a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SCANS = ROOT / "sample_scans" / "cases"
ADMIN, EVALUATOR, COLLEAGUE = "站长", "张三", "李四"
PASSWORD = "Lan-Tian 9 bai yun"
SECONDS = 240


def prescreen(*arguments: str | Path, given: str = "", codes: tuple[int, ...] = (0,)) -> str:
    """Run a command to its end; gives what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        input=given, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=_environment(), timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode in codes, done.stdout + done.stderr
    return done.stdout


def add_people(run: Path, admin: str, *evaluators: str) -> None:
    """An admin, and evaluators to each of whom every case is assigned; all by the same password."""
    for name in (admin, *evaluators):
        prescreen("users", run, "add", name, "--own", given=PASSWORD + "\n")
    prescreen("users", run, "assign", "--each", str(len(evaluators)))


@dataclass
class Server:
    """A server under way: where it is, and what it said."""

    address: str
    said: list[str] = field(default_factory=list)


@contextmanager
def served(*runs: Path) -> Iterator[Server]:
    """`prescreen serve` at a free port of this machine."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "serve", *map(str, runs), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", cwd=ROOT, env=_environment(),
    )  # fmt: skip
    lines: list[str] = []
    heard = threading.Event()

    def listen() -> None:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if "http://" in line:
                heard.set()
        heard.set()

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        heard.wait(SECONDS)
        found = re.search(r"http://[\d.]+:\d+", "\n".join(lines))
        assert found, "\n".join(lines)
        yield Server(found[0], lines)
    finally:
        process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(30)
        listener.join(10)


def _environment() -> dict[str, Any]:
    return os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}


def log_in(page: Any, address: str, name: str, password: str = PASSWORD) -> None:
    """Log in by the form, as somebody at a browser does."""
    page.goto(f"{address}/login")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", password)
    page.click("form.entry button[type=submit]")
    page.wait_for_url(lambda url: "/login" not in url)
