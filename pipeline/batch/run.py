"""One batch from its folder to its outputs: who reads what when, and what happens when something is lost.

The coordinator alone writes the run folder; workers read files, judge and draw. One bad page never sinks a case, one
bad case never sinks a batch. What is written does not depend on how many workers there were or who was first.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch.across import Across
from pipeline.batch.course import Course, Place, case_problem, file_rows, page_problem, page_rows
from pipeline.batch.desk import Desk, OnEvent
from pipeline.batch.engine import Done, Engine, Job
from pipeline.batch.events import CaseOpened, Comparing, PageDone, RunStarted
from pipeline.batch.opening import Opening
from pipeline.batch.origin import noted_batch
from pipeline.batch.outputs import Ending, Outputs
from pipeline.batch.placing import engine_for
from pipeline.batch.reading import Reading, new_reading
from pipeline.batch.ready import ENGINE_SECONDS, facts, keep_apart, load_engine
from pipeline.batch.recorder import Recorder
from pipeline.batch.result import BatchResult
from pipeline.batch.showing import Showing
from pipeline.batch.twins import Twins
from pipeline.batch.work import REAL, Work, failed_page, present
from pipeline.config import Settings
from pipeline.detectors.registry import all_rules, checked
from pipeline.intake.discover import Batch, CaseSource, discover
from pipeline.packs.load import Pack, load_pack
from pipeline.problems import REPLACED, EngineError, InputError, Problem, WorkspaceError
from pipeline.store.ledger import CaseRow, Ledger
from pipeline.store.pages import pack_page
from pipeline.store.reviews import Reviews
from pipeline.store.workspace import Workspace
from pipeline.summary.contract import failed_case_json

if TYPE_CHECKING:
    from pipeline.detectors.peers import Resemblance
    from pipeline.intake.open_case import CaseInput


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
    out_of_time: Callable[[], bool] = lambda: False,
    command: str = "run",
    on_event: OnEvent = lambda event: None,
    work: Work = REAL,
) -> BatchResult:
    """Screen a batch into a run folder, going on from what an earlier run left there.

    Rules take as today the day of the folder's first run, `today` where this is it, or `as_of` where that is given.
    `retry` reads pages anew that were given up earlier. `ready` leaves out the cases that are not to be screened yet.
    Once `out_of_time` says so nothing is begun any more: pages under way and cases that are read are finished.
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
            with Ledger(workspace.ledger) as ledger, Recorder(workspace, ledger, on_event) as recorder:
                if retry:
                    ledger.forget_failures()
                date = ledger.as_of(today, as_of)
                reviews = Reviews(workspace.reviews)
                reviews.standing_of_all()  # one that cannot be read is told of now, not in the middle of the night
                ledger.set_meta(batch=noted_batch(batch, as_case=as_case), pack=settings.run.pack)
                with engine_for(settings, recorder) as engine:
                    models = load_engine(engine, settings, work)
                    model = "; ".join(models)
                    skipped = tuple((item.name, item.reason_zh) for item in found.skipped)
                    recorder(RunStarted(len(found.cases), skipped, engine.workers, model))
                    outputs = Outputs(workspace, ledger, batch.resolve().name, skipped, facts(pack, model, date))
                    reading = Reading(ledger, settings, models)
                    desk = Desk(settings, work, workspace.scratch, ledger, outputs, recorder, reviews)
                    ending = _Run(desk, found.cases, pack, date, reading).go(engine, out_of_time)
                recorder.ended(ending)
                return BatchResult(
                    outputs.index, outputs.summary(), reading.read, reading.reused, time.monotonic() - began, ending
                )
        finally:
            workspace.clear_scratch()


class _Run:
    """The cases of one batch under way. Jobs are handed out so that earlier cases end first and no slot waits."""

    def __init__(self, desk: Desk, cases: Sequence[CaseSource], pack: Pack, as_of: dt.date, reading: Reading) -> None:
        self._desk = desk
        self._cases = cases
        self._pack = pack
        self._as_of = as_of
        self._reading = reading
        self._showing = Showing(desk, reading)
        self._opening = Opening(desk, cases, self._begin)
        self._pages: deque[Job] = deque()
        self._waiting: dict[tuple[str, int], list[tuple[Course, Place]]] = {}
        self._across = Across()
        self._twins = Twins()

    def go(self, engine: Engine, out_of_time: Callable[[], bool]) -> Ending:
        """Run every case to its outputs. An interruption leaves finished cases and a page that says how far it came."""
        outputs = self._desk.outputs
        self._desk.ledger.set_meta(ending="interrupted")  # what it stays, however this process dies
        self._desk.ledger.begin_cases([source.case_id for source in self._cases])
        try:
            self._drain(engine, out_of_time)
            self._look_across(engine)
        except BaseException:
            with contextlib.suppress(WorkspaceError):  # what stopped the run is told, not what it led to
                outputs.write_report("interrupted")
            raise
        ending: Ending = "finished" if outputs.complete(len(self._cases)) else "out of time"
        outputs.same_as = self._twins.same_as()
        outputs.write_report(ending)
        self._desk.ledger.set_meta(ending=ending)
        return ending

    def _drain(self, engine: Engine, out_of_time: Callable[[], bool] = lambda: False) -> None:
        """Hand out jobs and take their answers until none is left, or none may be begun any more."""
        while True:
            while job := self._next_job(engine, out_of_time):
                engine.start(job)
            if not engine.pending:
                break
            done = engine.wait()
            handle = done.job.tag[0]
            done.job.tag[1].seconds += done.seconds
            handle(done, *done.job.tag[1:])

    def _next_job(self, engine: Engine, out_of_time: Callable[[], bool]) -> Job | None:
        """Give the next job for which a worker is free, or None."""
        if self._desk.urgent and engine.free:
            return self._desk.urgent.popleft()
        if out_of_time():
            return None
        if self._pages and engine.free_to_read:
            return self._pages.popleft()
        return self._opening.next() if len(self._pages) < engine.ahead and engine.free else None

    # the pages of a case are read

    def _begin(self, course: Course, found: CaseInput) -> None:
        course.opened(found)
        self._twins.opened(course)
        codes: dict[int, str] = {}
        places = course.places
        for place in places:
            known = self._reading.known(*place.key)
            if known is not None:
                course.packed[place.number], codes[place.number] = known
        missing = [place for place in places if place.number not in codes]
        course.unread = len(missing)
        self._desk.tell(CaseOpened(course.case_id, len(places), len(codes)))
        row = CaseRow(course.case_id, course.position, "reading", len(places), len(codes))
        self._desk.ledger.open_case(row, file_rows(course), page_rows(course, codes))
        if not places:
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
            settings, work = self._desk.settings, self._desk.work
            args = (place.file, place.index, settings.ocr, settings.limits)
            deadline = float(settings.limits.seconds_per_page)
            first = Job(work.prepare, (settings.ocr,), ENGINE_SECONDS)
            self._pages.append(
                Job(work.read, args, deadline, (self._was_read, course, place), first, (place.file.path,))
            )

    def _was_read(self, done: Done, _course: Course, place: Place) -> None:
        if isinstance(done.raised, EngineError):
            raise done.raised  # no page can be read: the engine broke in the middle of the run
        lost = page_problem(done, self._desk.settings.limits) if done.fault else None
        reading = new_reading(pack_page(failed_page(lost)) if lost else done.value)
        asked = self._waiting.pop(place.key)
        # Where a file is gone or replaced, the same content may lie elsewhere, too, and be there yet.
        waiting = [one for one in asked if not reading.passing or one[1].file.path == place.file.path]
        places = [(course.case_id, wanted.number) for course, wanted in waiting]
        self._reading.keep(*place.key, reading, done.seconds, places, done.model)
        for copy, (course, wanted) in enumerate(waiting):
            course.packed[wanted.number] = reading.packed
            course.replaced |= reading.code == REPLACED
            course.unread -= 1
            seconds = 0.0 if copy else done.seconds
            self._desk.tell(PageDone(course.case_id, wanted.number, reading.failed, seconds))
            if not course.unread:
                self._screen(course)
        for course, wanted in asked:
            if (course, wanted) not in waiting:
                self._want(course, wanted)

    # it is judged

    def _screen(self, course: Course) -> None:
        if course.begins_anew():
            self._desk.urgent.append(self._opening.of(course))
            return
        args = (
            course.case_id,
            course.sources,
            course.read_pages(),
            course.problems,
            self._desk.settings.run.pack,
            self._as_of,
            self._alone,
            self._desk.reviews.standing(course.case_id),
        )
        self._desk.ask(
            self._desk.work.screen, args, self._desk.settings.limits.seconds_per_case, self._screened, course
        )

    def _screened(self, done: Done, course: Course) -> None:
        if done.fault:
            self._give_up(course, (*course.problems, case_problem(done)))
            return
        self._across.take(course, done.value)
        self._showing.show(course, done.value)

    def _give_up(self, course: Course, problems: tuple[Problem, ...]) -> None:
        """Write a case down as failed: it has its JSON and its page like any other."""
        rules = sorted(self._pack.rules)
        failed = failed_case_json(course.case_id, course.sources, problems, rules=rules)
        self._showing.show(course, present(failed))

    # the cases are compared with each other

    @property
    def _alone(self) -> bool:
        return len(self._cases) == 1 or not any(rule.across and rule.code in self._pack.rules for rule in all_rules())

    def _look_across(self, engine: Engine) -> None:
        """Compare all cases, and write those down anew of which a rule now says something else."""
        if self._alone:
            return
        desk, limits = self._desk, self._desk.settings.limits
        desk.tell(Comparing(len(self._across.courses)))
        self._across.twins = self._twins.firsts(self._across.courses)
        desk.urgent.extend(self._across.compare(desk.work, float(limits.seconds_per_case), self._compared))
        self._drain(engine, lambda: True)
        for course, abstract, resemblances in self._across.to_conclude():
            if resemblances and any(file.path.is_relative_to(desk.scratch) for file in course.holders()):
                args = (course.source, desk.workdir(course), limits)
                tag = (self._reopened, course, abstract, resemblances)
                desk.ask(desk.work.inspect, args, limits.seconds_per_file, *tag)
            else:
                self._conclude(course, abstract, resemblances)
        self._drain(engine, lambda: True)
        for course, _, _ in self._across.to_conclude():  # what points into other cases waits until all are judged
            if course.case_id in self._showing.alike:
                self._showing.show(course, self._showing.alike[course.case_id])
        self._drain(engine, lambda: True)

    def _compared(self, done: Done, across: Across, positions: tuple[int, ...]) -> None:
        across.compared(done, positions)

    def _reopened(self, done: Done, course: Course, abstract: bytes, resemblances: tuple[Resemblance, ...]) -> None:
        """Have the files of a ZIP or mended ones once more: pictures are to be taken of them."""
        if not done.fault:
            course.opened(done.value)
        self._conclude(course, abstract, resemblances)

    def _conclude(self, course: Course, abstract: bytes, resemblances: tuple[Resemblance, ...]) -> None:
        desk = self._desk
        args = (desk.outputs.read_case(course.case_id), abstract, resemblances, desk.settings.run.pack)
        desk.ask(desk.work.conclude, args, desk.settings.limits.seconds_per_case, self._concluded, course)

    def _concluded(self, done: Done, course: Course) -> None:
        if done.fault is None and done.value.others:
            self._showing.alike[course.case_id] = done.value
        elif done.fault is None:  # otherwise it stays written as it is: not compared
            self._showing.show(course, done.value)
