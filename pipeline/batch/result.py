"""What a run did, for whoever asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.outputs import Ending
from pipeline.problems import ExitCode

if TYPE_CHECKING:
    from pipeline.summary.overview import BatchSummary


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The page to open, the table, how many pages were read and how many were known already."""

    index: Path
    summary: BatchSummary
    pages_read: int
    pages_reused: int
    seconds: float
    ending: Ending = "finished"

    @property
    def exit_code(self) -> ExitCode:
        if self.ending == "out of time":
            return ExitCode.OUT_OF_TIME
        complete = all(row.status == "screened" for row in self.summary.cases)
        return ExitCode.OK if complete else ExitCode.INCOMPLETE
