"""How large a page image becomes: a budget of pixels on its long side, whatever the resolution it claims."""

from __future__ import annotations

_STRIP_ASPECT = 2.0
_STRIP_STRETCH = 4.0


def long_side(width: float, height: float, pixels: int) -> float:
    """The most pixels that the long side of a page of this shape may have.

    `pixels` for anything up to twice as long as wide. Strips (long screenshots of chats, till receipts) get more,
    up to four times as much, because their lines are as wide as the short side and would drown otherwise.
    """
    aspect = max(width, height) / max(min(width, height), 1e-6)
    return pixels * min(max(1.0, aspect / _STRIP_ASPECT), _STRIP_STRETCH)
