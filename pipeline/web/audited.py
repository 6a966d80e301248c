"""Writes down who saw and did what: every page of a run that was handed out, every form that was taken.

It goes by the address of the view, so that a new view is noted without saying so. What cannot be noted is not shown.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

from fastapi import HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.problems import PrescreenError
from pipeline.web.answers import refused
from pipeline.web.pictures import Width

if TYPE_CHECKING:
    from pipeline.web.site import Site

CASE = "/r/{run}/c/{case}"
SEEN = {
    "/r/{run}": "查看批次",
    "/r/{run}/search": "搜索",
    "/r/{run}/trust": "查看规则统计",
    "/assign/{run}": "查看分派",
    CASE: "查看案卷",
    f"{CASE}/pages": "查看全部页面",
    f"{CASE}/p/{{page}}": "查看页面",
    f"{CASE}/p/{{page}}/image": "查看页面图像",
    f"{CASE}/crop/{{name}}": "查看证据图片",
    f"{CASE}/copies/{{key}}": "查看雷同对照",
    f"{CASE}/reviews": "查看评议",
    f"{CASE}/corrections": "查看更正",
}
DONE = {
    f"{CASE}/findings/{{key}}/review": "评议",
    f"{CASE}/corrections": "更正",
    f"{CASE}/corrections/{{number}}/withdraw": "撤回更正",
    f"{CASE}/done": "完成案卷",
    f"{CASE}/reopen": "重新打开案卷",
    "/account": "修改密码",
    "/logout": "退出",
    "/assign/{run}/spread": "分派案卷",
    "/assign/{run}/case": "分派案卷",
    "/users": "添加用户",
    "/users/password": "重设密码",
    "/users/change": "改变用户",
}
REFUSED = "被拒绝"
AGAIN = 600.0
"""Seconds within which the same thing seen by the same person is written down once: a page and its pictures."""
_REMEMBERED = 20_000
_THUMB = str(int(Width.THUMB))


def action_of(method: str, template: str) -> str:
    """Name in Chinese what a view shows or does; one that is not known by its address."""
    known = SEEN if method in ("GET", "HEAD") else DONE
    bare = re.sub(r":\w+}", "}", template.removesuffix(".json"))  # {page:int}
    if bare in known:
        return known[bare]
    if "/export/" in bare:
        return f"导出 {template.rsplit('/', 1)[-1]}"
    return template if known is SEEN else f"{method} {template}"


class Audited:
    """ASGI middleware, inside `Guard`."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site
        self._seen: OrderedDict[tuple[str, ...], float] = OrderedDict()
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note a request when its answer is about to go out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        request = Request(scope)
        withheld = False

        async def send_noted(message: Message) -> None:
            nonlocal withheld
            if message["type"] == "http.response.start":
                try:
                    await run_in_threadpool(self._note, request, int(message["status"]))
                except PrescreenError as error:
                    withheld = True
                    instead = refused(request, HTTPException(503, f"{error.message}。{error.advice}"))
                    await instead(scope, receive, send)
            if not withheld:
                await send(message)

        await self._app(scope, receive, send_noted)

    def _note(self, request: Request, status: int) -> None:
        user, route = request.state.user, request.scope.get("route")
        if user is None or route is None or self._site.access.open:
            return
        params: dict[str, Any] = dict(request.path_params)
        template, looked = str(route.path), request.method in ("GET", "HEAD")
        if looked and status < 400 and template.endswith("/image") and request.query_params.get("w") == _THUMB:
            return  # a strip of them stands beside every page: too small to read
        run, case_id = self._names(str(params.pop("run", "")), str(params.pop("case", "")))
        if status in (403, 404) and (case_id or status == 403):
            action = REFUSED
            params["what"] = action_of(request.method, template)
        elif status >= 400 or (looked and not run):
            return
        else:
            action = action_of(request.method, template)
        params.pop("name", None)  # of a picture: the pictures of a file's page are one look
        if "page" in params:
            params["page"] = f"第 {params['page']} 页"
        told = (*map(str, params.values()), request.state.detail)
        detail = " ".join(part for part in told if part)[:500]
        if looked and self._lately((user.name, action, run, case_id, detail)):
            return
        self._site.access.note(user.name, action, run, case_id, detail, address=request.state.address)

    def _names(self, run: str, case: str) -> tuple[str, str]:
        """Name of a run and id of a case, by their slugs; "" where there is none."""
        try:
            found = self._site.shelf.run(run)
        except KeyError:
            return "", ""
        return found.name, found.cases().get(case, "")

    def _lately(self, what: tuple[str, ...]) -> bool:
        now = self._site.access.seconds
        with self._lock:
            before = self._seen.get(what)
            if before is not None and 0 <= now - before < AGAIN:
                return True
            self._seen[what] = now
            self._seen.move_to_end(what)
            while len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        return False
