"""What the stages of one batch share: where things lie, what is in force, whom to tell, which jobs come next."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.batch.course import Course
from pipeline.batch.engine import Job
from pipeline.batch.events import Event
from pipeline.batch.outputs import Outputs
from pipeline.batch.work import Work
from pipeline.config import Settings
from pipeline.store.ledger import Ledger
from pipeline.store.reviews import Reviews

OnEvent = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """One run's things. `urgent`: jobs that let a case end, handed out before any page is read.

    A job's tag is (who takes its answer, course, anything else he is to be given).
    """

    settings: Settings
    work: Work
    scratch: Path
    ledger: Ledger
    outputs: Outputs
    tell: OnEvent
    reviews: Reviews
    urgent: deque[Job] = field(default_factory=deque)

    def workdir(self, course: Course) -> Path:
        """Where a case's unpacked and mended files lie."""
        return self.scratch / str(course.position)

    def ask(self, function: Callable[..., Any], args: tuple[Any, ...], seconds: float, *tag: Any) -> None:
        """Have a job done before any further page is read."""
        self.urgent.append(Job(function, args, float(seconds), tag))
