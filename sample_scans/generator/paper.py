"""A clean page and what stands on it, in pixels at 150 dpi; lines in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from PIL import Image

from sample_scans.generator.blocks import Entry
from sample_scans.generator.markup import DateTag, SignTag

Colour = Literal["red", "black"]

WIDTH, HEIGHT = 1240, 1754

Place = tuple[float, float, float, float]


@dataclass(slots=True)
class Slot:
    """A slot of a form; `kind` is "" where only its label and its filling tell it."""

    label: str
    box: Place
    text: str = ""
    kind: str = ""
    empty: bool = False
    optional: bool = False


class Sealed(NamedTuple):
    """An official seal; `shape`: round, oval, square, cut (half of it on a counterfoil) or edge (a strip of it)."""

    text: str
    box: Place
    shape: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Alteration:
    """A correction and what is on it."""

    kind: str
    box: Place
    confirmed: bool
    text: str


@dataclass(slots=True)
class Sheet:
    """A clean page and what stands on it; boxes in pixels."""

    image: Image.Image
    lines: list[tuple[str, Place]] = field(default_factory=list)
    dates: list[tuple[DateTag, str, Place]] = field(default_factory=list)
    signatures: list[tuple[SignTag, Place]] = field(default_factory=list)
    seals: list[Sealed] = field(default_factory=list)
    penned: list[tuple[DateTag, Place]] = field(default_factory=list)
    """Dates written by hand, wholly or in their slots."""
    fingerprints: list[tuple[Colour, Place]] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    alterations: list[Alteration] = field(default_factory=list)
    catalogue: list[tuple[Entry, Place]] = field(default_factory=list)
    hand: int = 0
    printed: int = 0


def union(boxes: Sequence[Place]) -> Place:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def rows_of(found: list[tuple[str, Place]], size: int) -> list[tuple[str, Place]]:
    """Texts of one table row as lines: those at the same height are one line, cells joined by a space."""
    lines: list[list[tuple[str, Place]]] = []
    for item in sorted(found, key=lambda f: (f[1][1], f[1][0])):
        if lines and abs(lines[-1][0][1][1] - item[1][1]) < size * 0.5:
            lines[-1].append(item)
        else:
            lines.append([item])
    result = []
    for line in lines:
        line.sort(key=lambda f: f[1][0])
        result.append((" ".join(t for t, _ in line), union([b for _, b in line])))
    return result
