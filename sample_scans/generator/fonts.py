"""Finds the free fonts that the generator draws with; the scans themselves are committed, so users never need them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import ImageFont

FACES: dict[str, tuple[str, int]] = {
    # face: (file name, index of Simplified Chinese in a collection)
    "serif": ("NotoSerifCJK-Regular.ttc", 2),
    "serif-bold": ("NotoSerifCJK-Bold.ttc", 2),
    "sans": ("NotoSansCJK-Regular.ttc", 2),
    "sans-bold": ("NotoSansCJK-Bold.ttc", 2),
    "song": ("gbsn00lp.ttf", 0),
    "kai": ("gkai00mp.ttf", 0),
    "wenkai": ("LXGWWenKai-Regular.ttf", 0),
    "pencil": ("LXGWWenKai-Light.ttf", 0),
    "longcang": ("long-cang-chinese-simplified-400-normal.woff2", 0),
    "cursive": ("liu-jian-mao-cao-chinese-simplified-400-normal.woff2", 0),
    "running": ("zhi-mang-xing-chinese-simplified-400-normal.woff2", 0),
    "brush": ("ma-shan-zheng-chinese-simplified-400-normal.woff2", 0),
}

HELP = """Fonts are missing: {missing}.
Install or unpack them and set PRESCREEN_FONTS to their folder (searched with its sub-folders):
  apt-get install fonts-noto-cjk fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-lxgw-wenkai
  npm pack @fontsource/long-cang @fontsource/liu-jian-mao-cao @fontsource/ma-shan-zheng @fontsource/zhi-mang-xing
  (unpack package/files/*-chinese-simplified-400-normal.woff2 of each)
The committed scans need none of them."""


class MissingFontsError(RuntimeError):
    """Some font is not installed; the message says how to get it."""


def _folders() -> Iterator[Path]:
    if chosen := os.environ.get("PRESCREEN_FONTS"):
        yield Path(chosen)
    for name in ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"):
        yield Path(name).expanduser()


@cache
def _index() -> dict[str, Path]:
    wanted = {name for name, _ in FACES.values()}
    found: dict[str, Path] = {}
    for folder in _folders():
        if folder.is_dir():
            for path in sorted(folder.rglob("*")):
                if path.name in wanted:
                    found.setdefault(path.name, path)
    return found


def missing() -> list[str]:
    """Names of the font files that are nowhere to be found."""
    return sorted({name for name, _ in FACES.values()} - set(_index()))


def require() -> None:
    """Raises MissingFontsError, with the way to get them, unless every font is there."""
    if lost := missing():
        raise MissingFontsError(HELP.format(missing=", ".join(lost)))


@cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels. Raises MissingFontsError."""
    name, index = FACES[face]
    if name not in _index():
        require()
    return ImageFont.truetype(str(_index()[name]), size, index=index, layout_engine=ImageFont.Layout.BASIC)


@cache
def covers(face: str, character: str) -> bool:
    """Whether the face can draw the character (its glyph differs from the one for a code point nobody has)."""
    drawn = font(face, 32)
    nothing = drawn.getmask("\U0010fffd")
    mask = drawn.getmask(character)
    return character.isspace() or (bool(mask.getbbox()) and bytes(mask) != bytes(nothing))


def face_for(face: str, character: str) -> str:
    """The face itself, or the nearest one that has the character."""
    if covers(face, character):
        return face
    spare = "pencil" if face in ("longcang", "cursive", "brush", "running") else "serif"
    return spare if covers(spare, character) else "sans"
