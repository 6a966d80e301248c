"""`prescreen serve`: the desk of some runs, on this machine unless it is told otherwise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import uvicorn

from pipeline.config import Settings
from pipeline.problems import UsageError
from pipeline.web.app import make_app
from pipeline.web.hosts import is_loopback
from pipeline.web.shelf import Shelf
from pipeline.web.site import Site


def serve(roots: list[Path], settings: Settings, *, host: str, port: int) -> None:
    """Serve until it is stopped. Raises `InputError` for a folder without a run, `UsageError` beyond loopback."""
    if not is_loopback(host):
        raise UsageError(f"没有用户, 不能向其他机器开放: {host}", "请先用 prescreen users 添加用户")
    site = Site(Shelf(roots), settings, now=lambda: dt.datetime.now().astimezone().isoformat(timespec="seconds"))
    config = uvicorn.Config(make_app(site), host=host, port=port, log_level="warning", access_log=False)
    site.pictures.warm()
    uvicorn.Server(config).run()
