"""Texts that come from outside (names of files, what OCR read) made fit to be shown: nothing in them that acts unseen.

A file's name may hold marks that turn the direction of writing, so that `gpj.exe` is shown as `exe.jpg`, control
characters, halves of characters and code points that no XML allows. They become U+FFFD, which everybody sees.
Joiners stay: emoji and some scripts are written with them.
"""

from __future__ import annotations

import re

REPLACED = "\ufffd"
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters; tab and line ends are white space
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing (Unicode 9, table 2)
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\ufeff]"  # half characters, what is no character, byte order marks
)


def visible(text: str) -> str:
    """The text with all that acts unseen replaced; line ends and tabs stay."""
    return _UNSEEN.sub(REPLACED, text)


def one_line(text: str) -> str:
    """The same on one line: white space of any kind is one space."""
    return " ".join(visible(text).split())
