"""Where a page's time goes: an engine that notes its own time, and the time spent inside the models."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pipeline.casefile import Line
from pipeline.ocr.engine import Engine, Image, Quad
from pipeline.ocr.lines import as_lines, read_strips

INFERENCE = "inference"
MODELS = (
    ("openvino", "InferRequest", ("infer", "wait")),
    ("openvino", "AsyncInferQueue", ("wait_all",)),
    ("onnxruntime", "InferenceSession", ("run", "run_with_iobinding")),
)
"""Where the inference libraries do the work of a model: package, class, methods."""


class Stopwatch:
    """Seconds by name, added up until they are taken."""

    def __init__(self) -> None:
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._inside = threading.local()

    @contextmanager
    def running(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to `name`; within a block of the same name nothing is added twice."""
        depth: Counter[str] = self._inside.__dict__.setdefault("depth", Counter())
        depth[name] += 1
        began = time.perf_counter()
        try:
            yield
        finally:
            depth[name] -= 1
            if not depth[name]:
                self._seconds[name] += time.perf_counter() - began

    def take(self) -> dict[str, float]:
        """Give what was added up since the last time."""
        taken = dict(self._seconds)
        self._seconds.clear()
        return taken


class TimedEngine:
    """An engine behind the same protocol that notes the time of its detection and its recognition."""

    def __init__(self, engine: Engine, watch: Stopwatch) -> None:
        self._engine = engine
        self._watch = watch
        self.name = engine.name
        self.version = engine.version

    def detect(self, image: Image, side: int) -> list[Quad]:
        with self._watch.running("detection"):
            return self._engine.detect(image, side)

    def recognise(self, crops: Sequence[Image]) -> list[tuple[str, float]]:
        with self._watch.running("recognition"):
            return self._engine.recognise(crops)

    def read(self, image: Image, side: int) -> tuple[Line, ...]:
        return as_lines(read_strips(self, image, side), image)

    def __getattr__(self, name: str) -> Any:
        """Pass on what the protocol does not name; it is timed with everything else."""
        return getattr(self._engine, name)


def watch_models(watch: Stopwatch) -> None:
    """Note the time inside the models, for the life of this process, whichever inference library is loaded by now.

    The libraries' own classes are changed, so that it does not matter how an engine calls them. Only for a process
    that does nothing but measure.
    """
    for package, kind, methods in MODELS:
        owner = getattr(sys.modules.get(package), kind, None)
        for method in methods:
            if hasattr(owner, method):
                setattr(owner, method, _timed(getattr(owner, method), watch))


def _timed(function: Callable[..., Any], watch: Stopwatch) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        with watch.running(INFERENCE):
            return function(*args, **named)

    return timed
