"""An engine without processes: a job is done where it is asked for. For what is not about workers."""

from collections import deque
from typing import Any

from pipeline.batch.engine import Attempt, Done, Job, answered, perform


class InlineEngine:
    """Does each job at once, the job that comes first before it."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self._done: deque[Done] = deque()

    def __enter__(self) -> "InlineEngine":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    @property
    def free(self) -> int:
        return 0 if self._done else 1

    @property
    def free_to_read(self) -> int:
        return self.free

    @property
    def workers(self) -> int:
        return 1

    @property
    def ahead(self) -> int:
        return 1

    def load(self, job: Job) -> tuple[Done, ...]:
        self.start(job)
        return (self.wait(),)

    @property
    def pending(self) -> int:
        return len(self._done)

    def start(self, job: Job) -> None:
        if job.first:
            perform(job.first.function, job.first.args)
        self._done.append(answered(Attempt(job), perform(job.function, job.args), 0.01))

    def wait(self) -> Done:
        return self._done.popleft()

    def poll(self, _seconds: float) -> Done | None:
        return self.wait()
