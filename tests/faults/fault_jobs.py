"""Jobs that go wrong in a worker, each in its own way; importable there because pytest puts this folder on the path."""

import ctypes
import os
import signal
import time
from pathlib import Path

from pipeline.problems import EngineError


def square(x):
    return x * x


def process_id():
    return os.getpid()


def die(code=13):
    os._exit(code)


def leave_quietly():
    os._exit(0)


def segfault():
    ctypes.string_at(0)


def hang(seconds=3600):
    time.sleep(seconds)


def hang_deaf(seconds=3600):
    """Sleep where no signal handler written in Python is ever run, as C code that loops does."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    time.sleep(seconds)


def stand_still():
    """Stop as with Ctrl-Z: nothing of this process runs any more."""
    os.kill(os.getpid(), signal.SIGSTOP)


def die_until(counter: str, deaths: int, value):
    """Die as often as asked, counting in a file, then answer."""
    path = Path(counter)
    with path.open("ab") as stream:
        stream.write(b"x")
    if path.stat().st_size <= deaths:
        os._exit(11)
    return value


def swallow_memory(mb, seconds=30):
    held = []
    for _ in range(0, mb, 64):
        held.append(bytearray(os.urandom(1) * (64 * 1024 * 1024)))
        time.sleep(0.02)
    time.sleep(seconds)
    return len(held)


def swallow_at_once(mb):
    return len(bytearray(mb * 1024 * 1024))


def prepare_once(folder: str, deaths: int = 0):
    """What is done first in a worker; leaves a trace, and dies as often as asked."""
    path = Path(folder) / "prepared"
    with path.open("ab") as stream:
        stream.write(b"x")
    if path.stat().st_size <= deaths:
        os._exit(11)
    return "prepared"


def tell_and_wait(path: str, seconds: float, value):
    """Say which process is at work, then take a while."""
    with Path(path).open("a") as stream:
        stream.write(f"{os.getpid()}\n")
    time.sleep(seconds)
    return value


def raise_with_secret(secret):
    raise ValueError(f"cannot parse {secret}")


def raise_engine_error():
    raise EngineError("缺少识别模型文件", "请重新安装")


def note_start_and_end(folder: str, name: str, seconds: float):
    path = Path(folder) / name
    path.with_suffix(".start").write_text(repr(time.monotonic()))
    time.sleep(seconds)
    path.with_suffix(".end").write_text(repr(time.monotonic()))
    return name


def die_alone_watch(counter: str, folder: str):
    """Die twice; the third time tell whether a neighbour is at work."""
    path = Path(counter)
    with path.open("ab") as stream:
        stream.write(b"x")
    if path.stat().st_size <= 2:
        os._exit(11)
    started = {p.stem for p in Path(folder).glob("*.start")}
    return sorted(started - {p.stem for p in Path(folder).glob("*.end")})
