"""What a browser sent in a POST, as a form or as JSON, and how such a request is answered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from pipeline.web.answers import wants_page
from pipeline.web.shelf import Json

MOST = 64_000
"""Bytes that a form may have; what is typed in one is far shorter."""


async def _sent(request: Request) -> dict[str, str]:
    """Read the fields. Raises HTTPException 413 and 422."""
    body = await request.body()
    if len(body) > MOST:
        raise HTTPException(413, "内容过长")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json":
        try:
            told = json.loads(body)
        except (ValueError, RecursionError) as error:
            raise HTTPException(422, "请求的内容不对") from error
        if not isinstance(told, dict):
            raise HTTPException(422, "请求的内容不对")
        return {str(name): "" if value is None else str(value) for name, value in told.items()}
    form = await request.form()
    return {name: value for name, value in form.items() if isinstance(value, str)}


Sent = Annotated[dict[str, str], Depends(_sent)]
"""The fields of a POST by name; numbers come as text, files not at all."""


def field_of(sent: Mapping[str, str], name: str, most: int = 200) -> str:
    """Give a field, "" where it was not sent. Raises HTTPException 422 where it is too long or holds no text."""
    value = sent.get(name, "").replace("\r\n", "\n").strip()
    if len(value) > most:
        raise HTTPException(422, f"内容过长, 至多 {most} 字")
    try:
        value.encode()
    except UnicodeEncodeError as error:  # half a character, which nothing could keep
        raise HTTPException(422, "请求的内容不对") from error
    return value


def answer(request: Request, told: Json, back: str) -> Response:
    """Answer a POST that was done: a script with JSON, a form by leading back to a page (an address of this desk)."""
    if wants_page(request):
        return RedirectResponse(back, 303)
    return JSONResponse(told)
