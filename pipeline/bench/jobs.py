"""What the processes of a measurement do: read as a batch does, read as a peer does, draw pages for a peer."""

from __future__ import annotations

import datetime as dt
import os
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipeline.bench.machine import cpu_seconds, memory_mb, peak_memory_mb, stay_on
from pipeline.bench.stopwatch import Stopwatch, TimedEngine, watch_models
from pipeline.config import Limits, OcrSettings

if TYPE_CHECKING:
    from pipeline.bench.peers import Peer, PeerText
    from pipeline.intake.open_case import SourceFile
    from pipeline.ocr.engine import Image


@dataclass(frozen=True, slots=True)
class Started:
    """A process that is ready to read: how long loading took, not the first page that it read to get warm."""

    worker: int
    version: str
    load_seconds: float


@dataclass(frozen=True, slots=True)
class PageCost:
    """What one page cost the process `worker`: seconds by the clock, of the processor, by stage; memory after it.

    `packed`: prescreen's reading; `text`: a peer's.
    """

    worker: int
    seconds: float
    cpu_seconds: float
    stages: dict[str, float]
    memory_mb: float
    peak_mb: float
    packed: bytes = b""
    text: PeerText | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What it cost to understand `pages` pages of one case, in processor seconds: dividing it, reading its facts."""

    pages: int
    documents_seconds: float
    extraction_seconds: float


@cache
def _watch() -> Stopwatch:
    return Stopwatch()


@cache
def _engine(settings: OcrSettings) -> TimedEngine:
    """Load the one engine of this process as `batch.work` does, and watch it."""
    import cv2

    from pipeline.ocr.engine import make_engine

    cv2.setNumThreads(settings.threads)
    engine = TimedEngine(make_engine(settings), _watch())
    watch_models(_watch())
    return engine


def start_reader(file: SourceFile, index: int, settings: OcrSettings, limits: Limits, cores: int) -> Started:
    """Make this process a reader of prescreen's on `cores` cores and read one page that does not count."""
    stay_on(cores)
    began = time.perf_counter()
    engine = _engine(settings)
    seconds = time.perf_counter() - began
    read_page_timed(file, index, settings, limits)
    return Started(os.getpid(), f"{engine.name} {engine.version}", seconds)


def read_page_timed(file: SourceFile, index: int, settings: OcrSettings, limits: Limits) -> PageCost:
    """Read a page as `batch.work.read` does, noting what it costs."""
    from pipeline.batch.work import failed_page
    from pipeline.intake.page import PageError, load_page
    from pipeline.ocr.read import read_page
    from pipeline.store.pages import pack_page

    engine, watch = _engine(settings), _watch()
    watch.take()
    began, spent = time.perf_counter(), cpu_seconds()
    try:
        with watch.running("image"):
            image = load_page(file, index, settings.pixels, limits)
        page = read_page(image, engine, settings)
    except PageError as error:
        page = failed_page(error.problem)
    packed = pack_page(page)
    return PageCost(
        os.getpid(),
        time.perf_counter() - began,
        cpu_seconds() - spent,
        watch.take(),
        memory_mb(),
        peak_memory_mb(),
        packed,
    )


def understand_timed(pages: tuple[bytes, ...], as_of: dt.date) -> Understood:
    """Take packed pages of one case, in order, through documents and facts as `screen` does; unpacking is not timed."""
    from pipeline.casefile import Page
    from pipeline.documents.divide import divide
    from pipeline.extraction.extract import extract
    from pipeline.store.pages import unpack_page

    read = tuple(Page(n, "", n, page) for n, packed in enumerate(pages, 1) if (page := unpack_page(packed)) is not None)
    began = time.process_time()
    documents = divide(read).documents
    divided = time.process_time()
    extract(read, documents, as_of)
    return Understood(len(read), divided - began, time.process_time() - divided)


def draw_page(file: SourceFile, index: int, pixels: int, limits: Limits) -> Image:
    """Give the pixels that prescreen would read. Raises `PageError`."""
    from pipeline.intake.page import load_page

    return load_page(file, index, pixels, limits).pixels


@cache
def _peer(name: str) -> Peer:
    from pipeline.bench.peers import open_peer

    return open_peer(name)


def start_peer(name: str, page: Image, cores: int) -> Started:
    """Make this process a peer on `cores` cores and have it read one page that does not count."""
    stay_on(cores)
    began = time.perf_counter()
    peer = _peer(name)
    seconds = time.perf_counter() - began
    peer.texts(peer.read(peer.prepare(page)))
    return Started(os.getpid(), peer.version, seconds)


def read_with_peer(name: str, page: Image) -> PageCost:
    """Have the peer read a page: only its reading is timed, not what brings page and text into its form and ours."""
    peer = _peer(name)
    prepared = peer.prepare(page)
    began, spent = time.perf_counter(), cpu_seconds()
    result = peer.read(prepared)
    seconds, cpu = time.perf_counter() - began, cpu_seconds() - spent
    peak = peak_memory_mb() + peer.extra_peak_mb
    return PageCost(os.getpid(), seconds, cpu, {}, memory_mb(), peak, text=peer.texts(result))
