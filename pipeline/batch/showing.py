"""A case that was judged is pictured, shown on its page and written down."""

from __future__ import annotations

import shutil

from pipeline.batch.course import Course, case_problem, finished_row
from pipeline.batch.desk import Desk
from pipeline.batch.engine import Done
from pipeline.batch.events import CaseCompared, CaseDone
from pipeline.batch.outputs import plain_page
from pipeline.batch.reading import Reading, rotation_of
from pipeline.batch.work import Picture, Screening


class Showing:
    """Takes cases to their outputs. `alike`: what was concluded of cases whose findings point into others."""

    def __init__(self, desk: Desk, reading: Reading) -> None:
        self._desk = desk
        self._reading = reading
        self.alike: dict[str, Screening] = {}

    def show(self, course: Course, screening: Screening) -> None:
        """Have the pictures made that the case's page shows, then the page, then write all down."""
        outputs, settings = self._desk.outputs, self._desk.settings
        course.screening = screening
        by_page: dict[int, list[Picture]] = {}
        for request, name in screening.pictures:
            if outputs.has_picture(course.case_id, name):
                course.pictures.append((request, name))
            else:
                by_page.setdefault(request.page, []).append((request, name))
        course.drawing = len(by_page)
        places = course.places if by_page else ()
        for number, wanted in sorted(by_page.items()):
            place = places[number - 1]
            rotation = rotation_of(course.packed.get(number) or self._reading.again(*place.key))
            requests = tuple(request for request, _ in wanted)
            args = (place.file, place.index, rotation, requests, settings.ocr.pixels, settings.limits)
            seconds = settings.limits.seconds_per_page
            self._desk.ask(self._desk.work.draw, args, seconds, self._drawn, course, tuple(wanted))
        if not course.drawing:
            self._render(course)

    def _drawn(self, done: Done, course: Course, wanted: tuple[Picture, ...]) -> None:
        if done.fault is None:  # a picture that cannot be made is shown as a place without one
            for (request, name), content in zip(wanted, done.value, strict=True):
                self._desk.outputs.write_picture(course.case_id, name, content)
                course.pictures.append((request, name))
        course.drawing -= 1
        if not course.drawing:
            self._render(course)

    def _render(self, course: Course) -> None:
        assert course.screening is not None
        order = {name: place for place, (_, name) in enumerate(course.screening.pictures)}
        pictures = tuple(sorted(course.pictures, key=lambda picture: order[picture[1]]))
        beside = tuple(self.alike[name].json for name in course.screening.others if name in self.alike)
        args = (course.screening.json, pictures, beside)
        seconds = self._desk.settings.limits.seconds_per_case
        self._desk.ask(self._desk.work.render, args, seconds, self._rendered, course)

    def _rendered(self, done: Done, course: Course) -> None:
        screening = course.screening
        assert screening is not None
        page = done.value if done.fault is None else plain_page(course.case_id, str(case_problem(done).message))
        self._desk.outputs.write_case(course.position, screening, page)
        self._desk.ledger.keep_case(finished_row(course))
        told = CaseCompared(course.case_id) if course.written else CaseDone(screening.row, course.seconds)
        self._desk.tell(told)
        course.written = True
        course.screening = None  # its bytes: a batch of thousands must not stand in memory
        course.pictures.clear()
        course.packed.clear()
        shutil.rmtree(self._desk.workdir(course), ignore_errors=True)
