"""One batch from its folder to its outputs: who reads what when, and what happens when something is lost.

The coordinator alone writes the run folder; workers read files, judge and draw. One bad page never sinks a case, one
bad case never sinks a batch. What is written does not depend on how many workers there were or who was first.
"""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.across import Across
from pipeline.batch.course import Course, Place, case_problem, file_problem, finished_row, page_problem
from pipeline.batch.engine import Done, Job
from pipeline.batch.events import CaseCompared, CaseDone, CaseOpened, Comparing, Event, PageDone, RunStarted
from pipeline.batch.local import LocalEngine, worker_count
from pipeline.batch.origin import noted_batch
from pipeline.batch.outputs import Outputs, plain_page
from pipeline.batch.reading import Reading, rotation_of
from pipeline.batch.ready import facts, keep_apart, load_engine
from pipeline.batch.work import REAL, Picture, Screening, Work, failed_page, present
from pipeline.config import Settings
from pipeline.detectors.registry import all_rules, checked
from pipeline.intake.discover import Batch, CaseSource, discover
from pipeline.packs.load import Pack, load_pack
from pipeline.problems import EngineError, ExitCode, InputError, Problem
from pipeline.store.ledger import CaseRow, Ledger
from pipeline.store.pages import pack_page
from pipeline.store.workspace import Workspace
from pipeline.summary.contract import failed_case_json

if TYPE_CHECKING:
    from pipeline.detectors.peers import Resemblance
    from pipeline.intake.open_case import CaseInput
    from pipeline.summary.overview import BatchSummary

OnEvent = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a run did: the page to open, the table, how many pages were read and how many were known already."""

    index: Path
    summary: BatchSummary
    pages_read: int
    pages_reused: int
    seconds: float

    @property
    def exit_code(self) -> ExitCode:
        complete = all(row.status == "screened" for row in self.summary.cases)
        return ExitCode.OK if complete else ExitCode.INCOMPLETE


def run_batch(
    batch: Path,
    run_dir: Path,
    settings: Settings,
    *,
    today: dt.date,
    as_of: dt.date | None = None,
    as_case: bool = False,
    retry: bool = False,
    ready: Callable[[Batch], Batch] = lambda found: found,
    command: str = "run",
    on_event: OnEvent = lambda event: None,
    work: Work = REAL,
) -> BatchResult:
    """Screen a batch into a run folder, going on from what an earlier run left there.

    Rules take as today the day of the folder's first run, `today` where this is it, or `as_of` where that is given.
    `retry` reads pages anew that were given up earlier. `ready` leaves out the cases that are not to be screened yet.
    `command` is what others are told who find the run folder in use. Raises `InputError`, `EngineError`,
    `WorkspaceError` and `UsageError`; KeyboardInterrupt passes through with everything read so far kept.
    """
    began = time.monotonic()
    pack = checked(load_pack(settings.run.pack))
    found = ready(discover(batch, as_case=as_case))
    if not found.cases:
        raise InputError(f"批次里没有案卷: {batch}", "案卷可以是 PDF、图片、ZIP, 或装有这些文件的文件夹")
    keep_apart(batch, found, run_dir)
    workspace = Workspace(run_dir)
    with workspace.locked(command):
        workspace.create()
        try:
            with Ledger(workspace.ledger) as ledger:
                if retry:
                    ledger.forget_failures()
                date = ledger.as_of(today, as_of)
                ledger.set_meta(batch=noted_batch(batch, as_case=as_case))
                workers = worker_count(settings.run.workers, settings.ocr.threads)
                with LocalEngine(workers, threads=settings.ocr.threads, memory_mb=settings.limits.memory_mb) as engine:
                    model = load_engine(engine, settings, work)
                    skipped = tuple((item.name, item.reason_zh) for item in found.skipped)
                    on_event(RunStarted(len(found.cases), skipped, workers, model))
                    outputs = Outputs(workspace, ledger, batch.resolve().name, skipped, facts(pack, model, date))
                    run = _Run(found, settings, pack, date, Reading(ledger, settings, model), outputs, ledger)
                    run.go(engine, work, workspace.scratch, on_event)
                return BatchResult(
                    outputs.index,
                    outputs.summary(),
                    run.reading.read,
                    run.reading.reused,
                    time.monotonic() - began,
                )
        finally:
            workspace.clear_scratch()


class _Run:
    """The cases of one batch under way. Jobs are handed out so that earlier cases end first and no slot waits."""

    def __init__(
        self,
        batch: Batch,
        settings: Settings,
        pack: Pack,
        as_of: dt.date,
        reading: Reading,
        outputs: Outputs,
        ledger: Ledger,
    ) -> None:
        self.reading = reading
        self._settings = settings
        self._pack = pack
        self._as_of = as_of
        self._outputs = outputs
        self._ledger = ledger
        self._cases = batch.cases
        self._unopened: Iterator[tuple[int, CaseSource]] = iter(enumerate(batch.cases))
        self._urgent: deque[Job] = deque()
        self._pages: deque[Job] = deque()
        self._waiting: dict[tuple[str, int], list[tuple[Course, Place]]] = {}
        self._across = Across()
        self._alike: dict[str, Screening] = {}

    def go(self, engine: LocalEngine, work: Work, scratch: Path, on_event: OnEvent) -> None:
        """Run every case to its outputs. An interruption leaves finished cases and a page that says how far it came."""
        self._work, self._scratch, self._on_event = work, scratch, on_event
        self._ledger.begin_cases([source.case_id for source in self._cases])
        try:
            self._drain(engine)
            self._look_across(engine)
        except BaseException:
            self._outputs.write_index(total=len(self._cases))
            raise
        self._outputs.write_index(total=len(self._cases))
        self._outputs.remove_stale()

    def _drain(self, engine: LocalEngine) -> None:
        """Hand out jobs and take their answers until none is left."""
        while True:
            while engine.free and (job := self._next_job()):
                engine.start(job)
            if not engine.pending:
                break
            done = engine.wait()
            handle = done.job.tag[0]
            done.job.tag[1].seconds += done.seconds
            handle(done, *done.job.tag[1:])

    def _next_job(self) -> Job | None:
        if self._urgent:
            return self._urgent.popleft()
        if self._pages:
            return self._pages.popleft()
        position, source = next(self._unopened, (0, None))
        if source is None:
            return None
        course = Course(source, position)
        limits = self._settings.limits
        args = (source, self._scratch / str(position), limits)
        return Job(self._work.inspect, args, float(limits.seconds_per_file), (self._opened, course))

    # a case is opened

    def _opened(self, done: Done, course: Course) -> None:
        if done.fault:
            limits = self._settings.limits
            args = (course.source, self._scratch / str(course.position), limits)
            tag = (self._listed, course, done)
            self._urgent.append(Job(self._work.list_files, args, float(limits.seconds_per_file), tag))
            return
        self._begin(course, done.value)

    def _listed(self, done: Done, course: Course, lost: Done) -> None:
        """Open the files of a case one by one after some file of it was too much for a worker."""
        limits = self._settings.limits
        files = done.value if done.fault is None else ()
        if len(files) < 2:
            self._give_up(course, (file_problem(lost, course.source.path.name, limits),))
            return
        course.unopened = len(files)
        for order, (name, path) in enumerate(files):
            args = (course.case_id, name, path, self._scratch / str(course.position), limits)
            tag = (self._part_opened, course, order, name)
            self._urgent.append(Job(self._work.inspect_file, args, float(limits.seconds_per_file), tag))

    def _part_opened(self, done: Done, course: Course, order: int, name: str) -> None:
        if done.fault:
            course.parts[order] = ((), (file_problem(done, name, self._settings.limits),))
        else:
            course.parts[order] = (done.value.files, done.value.problems)
        course.unopened -= 1
        if not course.unopened:
            self._begin(course, course.joined(self._settings.limits))

    # its pages are read

    def _begin(self, course: Course, found: CaseInput) -> None:
        course.opened(found)
        missing = []
        for place in course.places:
            packed = self.reading.known(*place.key)
            if packed is None:
                missing.append(place)
            else:
                course.packed[place.number] = packed
        course.unread = len(missing)
        self._on_event(CaseOpened(course.case_id, len(course.places), len(course.packed)))
        self._note(course)
        if not course.places:
            self._give_up(course, course.problems)
        elif not missing:
            self._screen(course)
        for place in missing:
            self._want(course, place)

    def _want(self, course: Course, place: Place) -> None:
        """Ask for a page, once even where the same content stands in several places of the batch."""
        waiting = self._waiting.setdefault(place.key, [])
        waiting.append((course, place))
        if len(waiting) == 1:
            settings = self._settings
            args = (place.file, place.index, settings.ocr, settings.limits)
            deadline = float(settings.limits.seconds_per_page)
            self._pages.append(Job(self._work.read, args, deadline, (self._was_read, course, place)))

    def _was_read(self, done: Done, _course: Course, place: Place) -> None:
        if isinstance(done.raised, EngineError):
            raise done.raised  # no page can be read: the engine broke in the middle of the run
        lost = page_problem(done, self._settings.limits) if done.fault else None
        packed = pack_page(failed_page(lost)) if lost else done.value
        failed = self.reading.keep(*place.key, packed, done.seconds)
        for course, wanted in self._waiting.pop(place.key):
            course.packed[wanted.number] = packed
            course.unread -= 1
            self._on_event(PageDone(course.case_id, wanted.number, failed, done.seconds))
            self._note(course)
            if not course.unread:
                self._screen(course)

    def _screen(self, course: Course) -> None:
        args = (
            course.case_id,
            course.sources,
            course.read_pages(),
            course.problems,
            self._settings.run.pack,
            self._as_of,
            self._alone,
        )
        deadline = float(self._settings.limits.seconds_per_case)
        self._urgent.append(Job(self._work.screen, args, deadline, (self._screened, course)))

    # it is judged, pictured and shown

    def _screened(self, done: Done, course: Course) -> None:
        if done.fault:
            self._give_up(course, (*course.problems, case_problem(done)))
            return
        self._across.take(course, done.value)
        self._show(course, done.value)

    def _give_up(self, course: Course, problems: tuple[Problem, ...]) -> None:
        """Write a case down as failed: it has its JSON and its page like any other."""
        rules = sorted(self._pack.rules)
        self._show(course, present(failed_case_json(course.case_id, course.sources, problems, rules=rules)))

    def _show(self, course: Course, screening: Screening) -> None:
        course.screening = screening
        by_page: dict[int, list[Picture]] = {}
        for request, name in screening.pictures:
            if self._outputs.has_picture(course.case_id, name):
                course.pictures.append((request, name))
            else:
                by_page.setdefault(request.page, []).append((request, name))
        course.drawing = len(by_page)
        for number, wanted in sorted(by_page.items()):
            place = course.places[number - 1]
            rotation = rotation_of(course.packed.get(number) or self.reading.again(*place.key))
            limits = self._settings.limits
            args = (
                place.file,
                place.index,
                rotation,
                tuple(request for request, _ in wanted),
                self._settings.ocr.pixels,
                limits,
            )
            job = Job(self._work.draw, args, float(limits.seconds_per_page), (self._drawn, course, tuple(wanted)))
            self._urgent.append(job)
        if not course.drawing:
            self._render(course)

    def _drawn(self, done: Done, course: Course, wanted: tuple[Picture, ...]) -> None:
        if done.fault is None:  # a picture that cannot be made is shown as a place without one
            for (request, name), content in zip(wanted, done.value, strict=True):
                self._outputs.write_picture(course.case_id, name, content)
                course.pictures.append((request, name))
        course.drawing -= 1
        if not course.drawing:
            self._render(course)

    def _render(self, course: Course) -> None:
        assert course.screening is not None
        order = {name: place for place, (_, name) in enumerate(course.screening.pictures)}
        pictures = tuple(sorted(course.pictures, key=lambda picture: order[picture[1]]))
        beside = tuple(self._alike[name].json for name in course.screening.others if name in self._alike)
        args = (course.screening.json, pictures, beside)
        deadline = float(self._settings.limits.seconds_per_case)
        self._urgent.append(Job(self._work.render, args, deadline, (self._rendered, course)))

    def _rendered(self, done: Done, course: Course) -> None:
        screening = course.screening
        assert screening is not None
        page = done.value if done.fault is None else plain_page(course.case_id, str(case_problem(done).message))
        self._outputs.write_case(course.position, screening, page)
        self._ledger.keep_case(finished_row(course))
        told = CaseCompared(course.case_id) if course.written else CaseDone(screening.row, course.seconds)
        self._on_event(told)
        course.written = True
        course.screening = None  # its bytes: a batch of thousands must not stand in memory
        course.pictures.clear()
        course.packed.clear()
        shutil.rmtree(self._scratch / str(course.position), ignore_errors=True)

    # the cases are compared with each other

    @property
    def _alone(self) -> bool:
        return len(self._cases) == 1 or not any(rule.across and rule.code in self._pack.rules for rule in all_rules())

    def _look_across(self, engine: LocalEngine) -> None:
        """Compare all cases, and write those down anew of which a rule now says something else."""
        if self._alone:
            return
        self._on_event(Comparing(len(self._across.courses)))
        seconds = float(self._settings.limits.seconds_per_case)
        self._urgent.extend(self._across.compare(self._work, seconds, self._compared))
        self._drain(engine)
        for course, abstract, resemblances in self._across.to_conclude():
            if resemblances and any(file.path.is_relative_to(self._scratch) for file in course.holders()):
                args = (course.source, self._scratch / str(course.position), self._settings.limits)
                tag = (self._reopened, course, abstract, resemblances)
                limit = float(self._settings.limits.seconds_per_file)
                self._urgent.append(Job(self._work.inspect, args, limit, tag))
            else:
                self._conclude(course, abstract, resemblances)
        self._drain(engine)
        for course, _, _ in self._across.to_conclude():  # what points into other cases waits until all are judged
            if course.case_id in self._alike:
                self._show(course, self._alike[course.case_id])
        self._drain(engine)

    def _compared(self, done: Done, across: Across, positions: tuple[int, ...]) -> None:
        across.compared(done, positions)

    def _reopened(self, done: Done, course: Course, abstract: bytes, resemblances: tuple[Resemblance, ...]) -> None:
        """Have the files of a ZIP or mended ones once more: pictures are to be taken of them."""
        if not done.fault:
            course.opened(done.value)
        self._conclude(course, abstract, resemblances)

    def _conclude(self, course: Course, abstract: bytes, resemblances: tuple[Resemblance, ...]) -> None:
        args = (self._outputs.read_case(course.case_id), abstract, resemblances, self._settings.run.pack)
        deadline = float(self._settings.limits.seconds_per_case)
        self._urgent.append(Job(self._work.conclude, args, deadline, (self._concluded, course)))

    def _concluded(self, done: Done, course: Course) -> None:
        if done.fault is None and done.value.others:
            self._alike[course.case_id] = done.value
        elif done.fault is None:  # otherwise it stays written as it is: not compared
            self._show(course, done.value)

    def _note(self, course: Course) -> None:
        pages = len(course.places)
        self._ledger.keep_case(CaseRow(course.case_id, course.position, "reading", pages, pages - course.unread))
