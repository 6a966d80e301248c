"""What a batch asks of an engine: to place jobs on workers and to tell what became of each.

An engine knows nothing of cases or pages and keeps nothing: the ledger alone decides what is read again, so that the
guarantees of a batch do not depend on where its jobs run (local.py: processes of this machine; cluster.py: Ray).
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from types import TracebackType
from typing import Any, Literal, Protocol, Self

from pipeline.problems import PrescreenError

Fault = Literal["died", "memory", "timeout", "raised"]


@dataclass(frozen=True, slots=True)
class Job:
    """One call for a worker: `function` must be importable there, `args` picklable. `seconds` is its deadline.

    `first` is a job that the worker must have done once before (loading an engine): dying of it is no fault of this
    one. `files` are those that it opens, by the paths in `args`: a worker on another machine is sent them. `tag` is for
    whoever gave the job; it stays here.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    seconds: float
    tag: Any = None
    first: Job | None = None
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception of a job, without its message: that could quote a case file."""

    kind: str
    where: str

    def __str__(self) -> str:
        return f"{self.kind} ({self.where})" if self.where else self.kind


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a job: its `value`, or a `fault`. `raised` says which exception, where one was the fault.

    `seconds` is the time from giving it to a worker to the answer. `model` is the OCR engine that answered, where
    workers may have different ones; "" where all have the one that `load` told.
    """

    job: Job
    value: Any = None
    fault: Fault | None = None
    raised: Raised | PrescreenError | None = None
    seconds: float = 0.0
    model: str = ""


@dataclass(slots=True)
class Attempt:
    """A job under way. `deaths` are those of workers that the job may be blamed for, `spared` those it may not."""

    job: Job
    deaths: int = 0
    spared: int = 0
    over_memory: bool = False
    preparing: bool = False
    placed: float = 0.0
    began: float | None = field(default=None)
    """When (monotonic clock) it was given to a worker, and when that was seen to work at it."""


class Engine(Protocol):
    """Places jobs; to be used with `with`: leaving it ends every worker."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    @property
    def free(self) -> int:
        """How many jobs without files can be started now: those that stay on this machine."""
        ...

    @property
    def free_to_read(self) -> int:
        """How many jobs with files can be started now; where all run on this machine, as many as any others."""
        ...

    @property
    def workers(self) -> int:
        """How many workers read, at the moment."""
        ...

    @property
    def ahead(self) -> int:
        """How many jobs with files should stand ready so that no worker waits for one."""
        ...

    @property
    def pending(self) -> int:
        """How many jobs are under way or wait to be tried again."""
        ...

    def load(self, job: Job) -> tuple[Done, ...]:
        """Have the workers' OCR engine loaded by this job, once on each machine; what came of it there."""
        ...

    def start(self, job: Job) -> None:
        """Give a job to a free worker. Raises RuntimeError where there is none: nothing queues up here."""
        ...

    def wait(self) -> Done:
        """Wait for the next job to end. Raises RuntimeError where none is pending."""
        ...


def answered(attempt: Attempt, answer: Any, seconds: float) -> Done:
    """What a job that came to its end amounts to; exceptions come back as values (`perform`)."""
    if isinstance(answer, Raised | PrescreenError):
        fault: Fault = "memory" if isinstance(answer, Raised) and answer.kind == "MemoryError" else "raised"
        return Done(attempt.job, None, fault, answer, seconds)
    return Done(attempt.job, answer, seconds=seconds)


def perform(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Run a job in the worker; its exceptions come back as values, so that only the engine's own are raised."""
    try:
        return function(*args)
    except PrescreenError as error:
        return error
    except Exception as error:  # whatever a damaged file provokes
        return Raised(type(error).__name__, _place_of(error))


def _place_of(error: Exception) -> str:
    """`stage/module.py:line` of the last frame of our own code."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "pipeline" in PurePath(frame.filename).parts
    ]
    if not frames:
        return ""
    return f"{'/'.join(PurePath(frames[-1].filename).parts[-2:])}:{frames[-1].lineno}"
