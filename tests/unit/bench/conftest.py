"""Measurements made by hand: pages with truth, and what it cost to read them."""

from pathlib import Path

import pytest

from pipeline.bench.jobs import PageCost
from pipeline.bench.measure import Measured, Reading
from pipeline.bench.pages import BenchPage
from pipeline.bench.peers import PeerText
from pipeline.casefile import Box, Line, PageText, Quality
from pipeline.intake.open_case import SourceFile
from pipeline.store.pages import pack_page

FILE = SourceFile("a.pdf", Path("a.pdf"), "0" * 64, "pdf", 9)


@pytest.fixture
def page():
    def make(number, text, written="printed", rotation=0, legible=True):
        return BenchPage("A001", number, FILE, number - 1, text, written, rotation, legible)

    return make


@pytest.fixture
def packed():
    """The bytes of a reading of prescreen's."""

    def make(text, kind="scanned"):
        lines = tuple(
            Line(line, Box(0.1, 0.1 + 0.05 * n, 0.9, 0.14 + 0.05 * n), 0.9) for n, line in enumerate(text.split())
        )
        return pack_page(PageText(kind, 0, lines, (), Quality("good", 0.9), 100, 100))

    return make


@pytest.fixture
def measured(page, packed):
    """Two workers of prescreen's, four pages of 法律援助; the third lies on its side."""

    def make(reader="prescreen", texts=("法律援助",) * 4, seconds=2.0, load_seconds=1.0, workers=2):
        pages = [
            page(1, "法律援助"),
            page(2, "法律援助", "mixed"),
            page(3, "法律援助", rotation=90),
            page(4, "", legible=False),
        ]
        readings = []
        for number, (each, text) in enumerate(zip(pages, texts, strict=True)):
            cost = None
            if text is not None:
                own = reader == "prescreen"
                cost = PageCost(
                    worker=100 + number % workers,
                    seconds=1.0,
                    cpu_seconds=0.8 if own else 2.4,
                    stages={"image": 0.1, "detection": 0.3, "recognition": 0.5, "inference": 0.7} if own else {},
                    memory_mb=500.0 + number,
                    peak_mb=600.0 + number,
                    packed=packed(text) if own else b"",
                    text=None if own else PeerText(text, text[::-1]),
                )
            readings.append(Reading(each, seconds * (number + 1) / 4, cost))
        return Measured(reader, f"{reader} 1.0", workers, load_seconds, seconds, tuple(readings))

    return make
