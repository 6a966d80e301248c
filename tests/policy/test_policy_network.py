"""Nothing leaves the machine, and nothing is left outside the run folder.

The commands run with every connection refused and recorded, in all their processes, and with a home and a temporary
folder of their own, which must be empty afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

# Python imports `sitecustomize` at the start of every process, spawned workers among them.
RECORDER = """
import os, socket

def _refuse(what):
    with open(os.environ["PRESCREEN_TEST_REACHED"], "a", encoding="utf-8") as log:
        log.write(f"{what}\\n")
    raise OSError(f"refused: {what}")

def _abroad(host):
    return bool(host) and not str(host).startswith(("127.", "::1", "localhost"))

_connect, _connect_ex, _look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

def connect(self, address, /):
    if self.family in (socket.AF_INET, socket.AF_INET6) and _abroad(address[0]):
        _refuse(f"connect {address}")
    return _connect(self, address)

def connect_ex(self, address, /):
    if self.family in (socket.AF_INET, socket.AF_INET6) and _abroad(address[0]):
        _refuse(f"connect {address}")
    return _connect_ex(self, address)

def look_up(host, *rest, **named):
    if _abroad(host):
        _refuse(f"look up {host}")
    return _look_up(host, *rest, **named)

socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = connect, connect_ex, look_up
"""


@pytest.fixture
def recorded(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """An environment whose Python processes may not reach out, and the file in which they would have said so."""
    hook, log = tmp_path / "hook", tmp_path / "reached.txt"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(RECORDER, encoding="utf-8")
    # Nothing else is handed down: telemetry that a variable of this shell silences must be silenced by prescreen.
    kept = {"PATH", "SYSTEMROOT", "COMSPEC", "PATHEXT", "LANG", "LC_ALL", "LD_LIBRARY_PATH"}
    environment = {name: value for name, value in os.environ.items() if name.upper() in kept}
    for names, folder in ((("HOME", "USERPROFILE"), "home"), (("TMPDIR", "TEMP", "TMP"), "temporary")):
        (tmp_path / folder).mkdir()
        environment |= dict.fromkeys(names, str(tmp_path / folder))
    return environment | {"PYTHONPATH": str(hook), "PRESCREEN_TEST_REACHED": str(log), "PYTHONUTF8": "1"}, log


def _prescreen(arguments: list[str], environment: dict[str, str], root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False
    )


def test_the_recorder_records(recorded: tuple[dict[str, str], Path]) -> None:
    environment, log = recorded
    attempt = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", attempt], env=environment, capture_output=True, check=False)
    assert done.returncode != 0
    assert "192.0.2.1" in log.read_text("utf-8")


def test_listing_the_rules_reaches_for_nothing(recorded: tuple[dict[str, str], Path], root: Path) -> None:
    environment, log = recorded
    done = _prescreen(["rules"], environment, root)
    assert done.returncode == 0, done.stderr
    assert "DAT501" in done.stdout
    assert not log.exists()


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["rapid", "paddle"])
def test_a_run_reaches_for_nothing_and_leaves_nothing(
    engine: str, recorded: tuple[dict[str, str], Path], root: Path, tmp_path: Path
) -> None:
    environment, log = recorded
    scan = next(iter(sorted((root / "sample_scans" / "cases").glob("*.pdf"))))
    batch, run = tmp_path / "batch", tmp_path / "run"
    batch.mkdir()
    with pikepdf.open(scan) as pdf:  # three pages say as much as thirty
        del pdf.pages[3:]
        pdf.save(batch / "A001.pdf")
    given = (batch / "A001.pdf").read_bytes()
    done = _prescreen(["run", str(batch), "--out", str(run), "--workers", "1", "--ocr", engine], environment, root)
    assert done.returncode == 0, done.stdout + done.stderr
    [case] = (run / "cases").glob("*.json")
    assert any(page["text"] for page in json.loads(case.read_text("utf-8"))["pages"])
    assert not log.exists(), log.read_text("utf-8")
    assert {path.name for path in batch.iterdir()} == {"A001.pdf"}
    assert (batch / "A001.pdf").read_bytes() == given
    for folder in ("home", "temporary"):
        assert [str(path.relative_to(tmp_path)) for path in (tmp_path / folder).rglob("*")] == []
