"""By which names a server may be called. A page of another site that has its name point here (DNS rebinding) is
refused: it calls us by that name.

An address in figures cannot be pointed elsewhere, so beyond this machine every one is let pass.
"""  # noqa: D205

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]/@\s]+)(?::\d{1,5})?")
PROXIED = (b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip", b"via")
"""Headers that only a proxy adds."""


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address to listen at."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Doors:
    """How a server may be reached. `local`: by whoever sits at this machine, who needs no account where there is none.

    `names`: how it may be called beside its addresses; `proxy`: through a proxy on this machine.
    """

    local: bool = True
    names: frozenset[str] = frozenset()
    proxy: bool = False

    def admits(self, host: str) -> bool:
        """Tell whether a request may call us by this `Host`."""
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = found[1].strip("[]").casefold()
        if name in self.names or is_loopback(name):
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return not self.local


def doors_of(host: str, *, users: bool, proxy: bool, names: tuple[str, ...] = ()) -> Doors:
    """Work out how a server that listens at `host` may be reached; `names` are those it is known by besides."""
    alone = is_loopback(host) and not proxy and not names
    own = () if alone else (socket.gethostname(), host)
    return Doors(alone and not users, frozenset(name.casefold() for name in (*names, *own)), proxy)


class Hosts:
    """ASGI middleware: refuses what calls us by another name, and what a proxy hands on that nobody told us of."""

    def __init__(self, app: ASGIApp, doors: Doors) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at a request's headers before anything else does."""
        if scope["type"] == "http":
            headers = scope["headers"]
            hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
            if len(hosts) != 1 or not self._doors.admits(hosts[0]):
                await PlainTextResponse("地址里的主机名不对", 400)(scope, receive, send)
                return
            if self._doors.local and any(name in PROXIED for name, _ in headers):
                reason = "没有用户, 不能经代理开放; 请先用 prescreen users 添加用户, 并以 --proxy 启动"
                await PlainTextResponse(reason, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)
