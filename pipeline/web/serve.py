"""`prescreen serve`: the desk of some runs, on this machine unless it is told otherwise."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import signal
import socket
import ssl
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import uvicorn

from pipeline.config import Settings
from pipeline.problems import InputError, UsageError
from pipeline.store import accounts_file
from pipeline.store.accounts import Accounts
from pipeline.store.accounts_file import AccountsFile
from pipeline.web.app import make_app
from pipeline.web.hosts import doors_of, is_loopback
from pipeline.web.shelf import Shelf
from pipeline.web.site import Site

WAITING = 128
"""Connections that wait to be taken up."""
SECONDS_TO_STOP = 5
"""How long answers under way may take when the server is stopped."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is to be found. `names`: host names by which browsers call it, beside its own.

    `certificate`, `key`: PEM files, for TLS. `proxy`: a proxy on this machine stands before it and tells who asks.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    proxy: bool = False

    @property
    def shown(self) -> tuple[str, ...]:
        """Addresses to type into a browser."""
        scheme = "https" if self.certificate else "http"
        hosts: tuple[str, ...] = (self.host,)
        if self.host in ("0.0.0.0", "::"):
            hosts = (socket.gethostname(), *_own_addresses())
        return tuple(
            f"{scheme}://{f'[{host}]' if ':' in host else host}:{self.port}/" for host in (*self.names, *hosts)
        )


def serve(
    roots: list[Path],
    settings: Settings,
    place: Place,
    *,
    users: Path | None = None,
    batch: Path | None = None,
    say: Callable[[str], None] = print,
    open_browser: bool = False,
) -> None:
    """Serve until it is stopped (Ctrl-C, SIGTERM).

    `batch`: where the files of the one run lie now, if not where it found them. Raises `InputError` for a folder
    without a run, `UsageError` beyond this machine without users, and where the address is taken, is not ours, or the
    certificate is of no use.
    """
    shelf = Shelf(roots)
    if batch is not None and (len(roots) > 1 or not batch.exists()):
        told = "--batch 只能与一个 RUN 同用" if len(roots) > 1 else f"没有这个批次: {batch}"
        raise UsageError(told, "请给出该 RUN 的案卷现在的位置")
    file = _accounts(users, shelf)
    known = Accounts(file).any()
    if not known and (not is_loopback(place.host) or place.proxy or place.names):
        raise UsageError(
            f"没有用户, 不能向其他机器开放: {place.host}", f"请先添加用户: prescreen users {file.path.parent} add 姓名"
        )
    _require_certificate(place)
    doors = doors_of(place.host, users=known, proxy=place.proxy, names=place.names)
    with _listening(place) as heard:
        site = Site(shelf, settings, now=_now, users=file.path, doors=doors, batch=batch)
        found = Place(place.host, heard.getsockname()[1], place.names, place.certificate, place.key, place.proxy)
        config = uvicorn.Config(
            make_app(site),
            log_level="warning",
            access_log=False,
            ws="none",
            server_header=False,
            proxy_headers=place.proxy,
            forwarded_allow_ips="127.0.0.1,::1",
            timeout_graceful_shutdown=SECONDS_TO_STOP,
            ssl_certfile=place.certificate,
            ssl_keyfile=place.key,
        )
        site.pictures.warm()
        site.judging.warm()
        for line in _greeting(found, known):
            say(line)
        if open_browser:
            webbrowser.open(found.shown[0])
        signal.signal(signal.SIGTERM, _stop)  # uvicorn hands the signal on when it is done
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[heard])
    say("已停止")


def _accounts(users: Path | None, shelf: Shelf) -> AccountsFile:
    if users is not None and not users.is_file():
        raise InputError(f"没有这个用户文件: {users}", f"请先添加用户: prescreen users {users} add 姓名")
    return AccountsFile(users or shelf.runs[0].root / accounts_file.NAME)


def _greeting(place: Place, known: bool) -> Iterator[str]:
    yield f"请用浏览器打开: {place.shown[0]}"
    yield from (f"            或: {address}" for address in place.shown[1:])
    if not known:
        yield "只有本机能打开, 不需要登录; 要给别人用, 请先用 prescreen users 添加用户"
    if not is_loopback(place.host) and not place.certificate:
        yield "注意: 没有加密, 同一网络里的人可能截取密码; 请用 --certificate 和 --key, 或放在有 HTTPS 的代理后面"
    yield "按 Ctrl-C 停止"


@contextlib.contextmanager
def _listening(place: Place) -> Iterator[socket.socket]:
    """Listen at the address. Raises `UsageError` where that cannot be."""
    host = "127.0.0.1" if place.host.casefold() == "localhost" else place.host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol's number: only then asyncio has parts of an answer sent at once (TCP_NODELAY); else a small one
    # waits 40 ms for the browser's receipt.
    heard = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows, where reusing would share the port with whoever has it
            heard.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            heard.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        heard.bind((host, place.port))
        heard.listen(WAITING)
    except OSError as error:
        heard.close()
        if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", -1)):
            reason, advice = f"端口 {place.port} 已被占用", "请用 --port 另选一个, 或先停止占用它的程序"
        elif error.errno in (errno.EACCES, getattr(errno, "WSAEACCES", -1)):
            reason, advice = f"不许使用端口 {place.port}", "请用 --port 另选一个大于 1024 的"
        else:
            reason, advice = f"地址不是本机的: {place.host}", "本机用 127.0.0.1; 向其他机器开放用 0.0.0.0"
        raise UsageError(reason, advice) from error
    with heard:
        yield heard


def _require_certificate(place: Place) -> None:
    if not place.certificate and not place.key:
        return
    if not place.certificate or not place.key:
        raise UsageError("--certificate 和 --key 要同时给出", "两者都是 PEM 文件")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(place.certificate, place.key, password=_no_password)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(
            f"证书或私钥不能用: {place.certificate}, {place.key} ({error})",
            "请检查文件; 私钥不能带密码, 且要与证书配套",
        ) from error


def _no_password() -> str:
    """Answer for a key with a password, which would otherwise be asked for on the terminal."""
    raise ssl.SSLError("有密码")


def _own_addresses() -> tuple[str, ...]:
    """Give the IPv4 addresses at which others find this machine."""
    found = (one.address for all_of in psutil.net_if_addrs().values() for one in all_of if one.family == socket.AF_INET)
    return tuple(address for address in found if not is_loopback(address))


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
