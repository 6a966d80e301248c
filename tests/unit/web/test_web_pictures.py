"""Pictures of pages: drawn from the files that were read, by a worker, kept, and never shown of another file."""

import hashlib
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from inline_engine import InlineEngine
from PIL import Image

from pipeline.batch.engine import Job
from pipeline.batch.origin import noted_batch
from pipeline.batch.outputs import Outputs
from pipeline.config import Limits, load_settings
from pipeline.intake.open_case import SourceFile
from pipeline.store.ledger import Ledger
from pipeline.store.workspace import Workspace
from pipeline.web.drawing import draw_page
from pipeline.web.opened import PREFIX
from pipeline.web.picture_cache import PictureCache, PictureName
from pipeline.web.pictures import Picture, Pictures, Urgency, Wanted, Width, wanted_picture

SETTINGS = load_settings()
JPEG = b"\xff\xd8 a page \xff\xd9"


class Inline(InlineEngine):
    """Notes what is drawn, and waits for the gate before it is."""

    def __init__(self, drawn: list[int] | None = None, gate: threading.Event | None = None) -> None:
        super().__init__()
        self.drawn = [] if drawn is None else drawn
        self.gate = gate

    def start(self, job: Job) -> None:
        if job.function.__name__ == "draw_page":
            self.drawn.append(job.args[1].index)
            if self.gate is not None:
                self.gate.wait(5)
        super().start(job)


def picture_of(shade: int, size: tuple[int, int] = (600, 800), form: str = "PNG") -> bytes:
    """A white page with a band of that shade at its top."""
    image = Image.new("RGB", size, "white")
    image.paste((shade, shade, shade), (0, 0, size[0], size[1] // 4))
    written = BytesIO()
    image.save(written, form)
    return written.getvalue()


def case_json(case_id: str, pages: list[tuple[str, int, bytes]]) -> dict[str, Any]:
    """Of a case's JSON what its pictures need: file, rotation and content of each page."""
    digests = {file: hashlib.sha256(content).hexdigest() for file, _, content in pages}
    return {
        "case_id": case_id,
        "sources": [{"file": file, "sha256": digests[file], "pages": 1} for file, _, _ in pages],
        "pages": [
            {"page": n, "file": file, "file_page": 1, "rotation": rotation, "kind": "scanned"}
            for n, (file, rotation, _) in enumerate(pages, 1)
        ],
    }


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    folder = tmp_path / "批次"
    (folder / "A001").mkdir(parents=True)
    for number in range(1, 5):
        (folder / "A001" / f"{number}.png").write_bytes(picture_of(10 * number))
    return folder


@pytest.fixture
def run(tmp_path: Path, batch: Path) -> Path:
    workspace = Workspace(tmp_path / "RUN")
    workspace.create()
    with Ledger(workspace.ledger) as ledger:
        ledger.set_meta(batch=noted_batch(batch, as_case=False))
    workspace.clear_scratch()
    return workspace.root


@pytest.fixture
def case(batch: Path) -> dict[str, Any]:
    files = [f"{number}.png" for number in range(1, 5)]
    return case_json("A001", [(name, 0, (batch / "A001" / name).read_bytes()) for name in files])


@pytest.fixture
def pictures() -> Iterator[Pictures]:
    made = Pictures(SETTINGS, engine=lambda _: Inline())
    yield made
    made.close()


def wanted(run: Path, case: dict[str, Any], page: int = 1, width: Width = Width.PAGE) -> Wanted:
    found = wanted_picture(run, case, case["pages"][page - 1], width)
    assert found is not None
    return found


def ask(pictures: Pictures, told: Wanted, urgency: Urgency = Urgency.SEEN) -> Picture:
    return pictures.ask(told, urgency).result(20)


def image(picture: Picture) -> Image.Image:
    assert picture.reason == ""
    return Image.open(BytesIO(picture.content))


def test_a_page_is_drawn_upright_in_the_width_asked_for_and_kept(run, case, pictures):
    case["pages"][0]["rotation"] = 90
    drawn = image(ask(pictures, wanted(run, case, width=Width.THUMB)))
    assert drawn.format == "JPEG" and drawn.size == (200, 150)
    assert drawn.getpixel((190, 75))[0] < 60 < 200 < drawn.getpixel((20, 75))[0], "the top is on the right now"
    kept = PictureCache(run).get(wanted(run, case, width=Width.THUMB).name)
    assert kept is not None and Image.open(BytesIO(kept)).size == (200, 150)
    assert image(ask(pictures, wanted(run, case, width=Width.FULL))).size == (800, 600), "scans are not enlarged"


def test_what_was_drawn_is_not_drawn_again(run, case):
    drawn: list[int] = []
    pictures = Pictures(SETTINGS, 1, lambda _: Inline(drawn))
    first, second = ask(pictures, wanted(run, case)), ask(pictures, wanted(run, case))
    pictures.close()
    assert first == second and len(drawn) == 1


def test_a_page_whose_file_was_replaced_is_not_shown(run, case, batch, pictures):
    assert ask(pictures, wanted(run, case, 1)).reason == ""
    (batch / "A001" / "2.png").write_bytes(picture_of(200))
    assert ask(pictures, wanted(run, case, 2)) == Picture(reason="changed")
    assert ask(pictures, wanted(run, case, 3)).reason == "", "the others are as they were"


def test_a_page_whose_file_or_batch_is_gone_is_missing(run, case, batch, pictures):
    (batch / "A001" / "1.png").unlink()
    assert ask(pictures, wanted(run, case, 1)) == Picture(reason="missing")
    assert ask(pictures, wanted(run, case, 2)).reason == ""
    batch.rename(batch.with_name("moved"))
    assert ask(pictures, wanted(run, case, 3)) == Picture(reason="missing")
    assert ask(pictures, wanted(run, case, 2)).reason == "", "what was drawn of what was read stays"


def test_a_file_that_comes_back_is_shown_again(run, case, batch, monkeypatch):
    monkeypatch.setattr("pipeline.web.opened.AGAIN_SECONDS", 0.0)
    pictures = Pictures(SETTINGS, engine=lambda _: Inline())
    content = (batch / "A001" / "1.png").read_bytes()
    (batch / "A001" / "1.png").unlink()
    assert ask(pictures, wanted(run, case)).reason == "missing"
    (batch / "A001" / "1.png").write_bytes(content)
    assert ask(pictures, wanted(run, case)).reason == ""
    pictures.close()


def test_a_page_that_cannot_be_decoded_fails_and_costs_no_other(run, case, batch, pictures):
    broken = (batch / "A001" / "1.png").read_bytes()[:60]
    (batch / "A001" / "1.png").write_bytes(broken)
    case["sources"][0]["sha256"] = hashlib.sha256(broken).hexdigest()
    assert ask(pictures, wanted(run, case, 1)) == Picture(reason="failed")
    assert ask(pictures, wanted(run, case, 2)).reason == ""


def test_two_files_of_one_name_are_told_apart_by_nobody(run, case):
    case["sources"][1]["file"] = case["sources"][0]["file"]
    assert wanted_picture(run, case, case["pages"][0], Width.PAGE) is None
    case["sources"][0]["sha256"] = "../../etc"
    case["sources"][1]["file"] = "2.png"
    assert wanted_picture(run, case, case["pages"][0], Width.PAGE) is None, "a hash is a hash"


def test_what_is_looked_at_comes_before_thumbnails_and_those_before_what_may_come(run, case):
    drawn: list[int] = []
    gate = threading.Event()
    pictures = Pictures(SETTINGS, 1, lambda _: Inline(drawn, gate))
    case["pages"] = [dict(case["pages"][0], page=n, file_page=n) for n in range(1, 8)]
    first = pictures.ask(wanted(run, case, 1), Urgency.SEEN)
    while not drawn:
        time.sleep(0.005)
    others = [
        pictures.ask(wanted(run, case, page), urgency)
        for page, urgency in ((2, Urgency.AHEAD), (3, Urgency.THUMB), (4, Urgency.SEEN), (5, Urgency.SEEN))
    ]
    others.append(pictures.ask(wanted(run, case, 6), Urgency.AHEAD))
    assert pictures.ask(wanted(run, case, 6), Urgency.SEEN) is others[-1], "the same page is drawn once"
    gate.set()
    for one in (first, *others):
        one.result(20)
    pictures.close()
    assert [index + 1 for index in drawn] == [1, 6, 5, 4, 3, 2]


def test_one_cases_loss_is_not_anothers_that_holds_the_same_page(run, case, batch):
    gate = threading.Event()
    drawn: list[int] = []
    pictures = Pictures(SETTINGS, 1, lambda _: Inline(drawn, gate))
    busy = pictures.ask(wanted(run, case, 2), Urgency.SEEN)
    while not drawn:
        time.sleep(0.005)
    there = pictures.ask(wanted(run, case), Urgency.SEEN)
    gone = pictures.ask(wanted(run, case | {"case_id": "not in the batch"}), Urgency.SEEN)
    gate.set()
    assert (busy.result(20).reason, there.result(20).reason, gone.result(20).reason) == ("", "", "missing")
    pictures.close()


def test_too_much_to_do_gives_up_what_waited_longest_of_the_least(run, case, monkeypatch):
    monkeypatch.setattr("pipeline.web.pictures.MOST_WAITING", 3)
    gate = threading.Event()
    drawn: list[int] = []
    pictures = Pictures(SETTINGS, 1, lambda _: Inline(drawn, gate))
    case["pages"] = [dict(case["pages"][0], page=n, file_page=n) for n in range(1, 8)]
    asked = [pictures.ask(wanted(run, case, 1), Urgency.SEEN)]
    while not drawn:
        time.sleep(0.005)
    asked += [pictures.ask(wanted(run, case, page), Urgency.THUMB) for page in range(2, 7)]
    assert [one.done() and one.result().reason for one in asked] == [False, "late", "late", False, False, False]
    gate.set()
    pictures.close()
    assert all(one.done() for one in asked), "nobody waits for ever"


def test_a_zip_is_unpacked_into_the_servers_own_folder_which_goes_with_it(run, case, batch):
    contents = [picture_of(shade) for shade in (30, 90)]
    with zipfile.ZipFile(batch / "Z002.zip", "w") as packed:
        for number, content in enumerate(contents, 1):
            packed.writestr(f"{number}.png", content)
    zipped = case_json("Z002", [(f"{n}.png", 0, content) for n, content in enumerate(contents, 1)])
    left = run / "pages" / f"{PREFIX}left"
    left.mkdir(parents=True)
    (left / "copy.png").write_bytes(b"of a server that was killed")
    workspace = Workspace(run)
    with workspace.locked():  # a run goes on
        workspace.create()
        pictures = Pictures(SETTINGS, engine=lambda _: Inline())
        assert ask(pictures, wanted(run, zipped, 1)).reason == ""
        assert ask(pictures, wanted(run, zipped, 2)).reason == ""
        own = list((run / "pages").glob(f"{PREFIX}*"))
        assert len(own) == 1 and own[0] != left
        workspace.clear_scratch()
        pictures.close()
    assert not list((run / "pages").glob(f"{PREFIX}*"))


def test_the_folder_of_a_server_that_runs_is_left_alone(run, case, batch):
    one, other = (Pictures(SETTINGS, engine=lambda _: Inline()) for _ in range(2))
    ask(one, wanted(run, case, 1))
    ask(other, wanted(run, case, 2))
    assert len(list((run / "pages").glob(f"{PREFIX}*"))) == 2
    one.close()
    other.close()


def test_a_run_in_the_folder_neither_counts_nor_removes_pictures(run, case, pictures):
    ask(pictures, wanted(run, case))
    workspace = Workspace(run)
    workspace.create()
    with Ledger(workspace.ledger) as ledger:
        Outputs(workspace, ledger, "批次", (), ()).remove_stale()
        assert ledger.outputs() == ()
    assert PictureCache(run).has(wanted(run, case).name)


def test_the_oldest_pictures_go_when_there_are_many(tmp_path):
    cache = PictureCache(tmp_path, most_bytes=10 * len(JPEG))
    names = [PictureName(f"{n:064x}", 0, 0, 200, 1) for n in range(11)]
    for age, name in enumerate(names[:10]):
        cache.put(name, JPEG)
        os.utime(cache._path(name), (1000 + age, 1000 + age))
    assert all(cache.has(name) for name in names[:10])
    assert cache.get(names[0]) == JPEG  # looked at: new again
    cache.put(names[10], JPEG)
    assert [cache.has(name) for name in names] == [True, False, False, False, *[True] * 7]


def test_a_damaged_picture_is_drawn_anew(run, case, pictures):
    name = wanted(run, case).name
    cache = PictureCache(run)
    cache.put(name, b"\xff\xd8 cut off")
    assert cache.get(name) is None
    assert ask(pictures, wanted(run, case)).reason == ""


def test_a_folder_that_cannot_be_written_keeps_nothing_and_shows_all_the_same(run, case, pictures):
    (run / "pages").write_bytes(b"a file where the folder should be")
    assert ask(pictures, wanted(run, case)).reason == ""
    assert PictureCache(run).get(wanted(run, case).name) is None


@pytest.mark.slow
def test_workers_draw_what_this_process_never_opens(run, case, batch):
    pictures = Pictures(SETTINGS)
    asked = [pictures.ask(wanted(run, case, page), Urgency.SEEN) for page in (1, 2, 3, 4)]
    assert [image(one.result(60)).size for one in asked] == [(600, 800)] * 4
    pictures.close()
    assert ask(pictures, wanted(run, case, 1, Width.THUMB)) == Picture(reason="late"), "it is closed"


def die_of_the_first(file: SourceFile, name: PictureName, limits: Limits) -> bytes | str:
    """What a worker does with a page that kills it."""
    if file.name == "1.png":
        os._exit(9)
    return draw_page(file, name, limits)


@pytest.mark.slow
def test_a_page_that_kills_its_worker_costs_no_other(run, case, monkeypatch):
    monkeypatch.setattr("pipeline.web.pictures.draw_page", die_of_the_first)
    pictures = Pictures(SETTINGS, 1)
    first = pictures.ask(wanted(run, case, 1), Urgency.SEEN)
    second = pictures.ask(wanted(run, case, 2), Urgency.SEEN)
    assert first.result(60) == Picture(reason="failed")
    assert second.result(60).reason == ""
    pictures.close()
