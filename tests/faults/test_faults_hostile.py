"""Hostile files among good pages, opened and drawn for real by workers under a ceiling: each costs only itself."""

import datetime as dt
import json
import shutil
import time

import hostile_files as hostile
import psutil
import pytest
import watch_work
from bad_inputs import Watch
from fault_work import picture

from pipeline.batch.audit import audit
from pipeline.batch.run import run_batch
from pipeline.config import load_settings
from pipeline.problems import CATALOGUE

pytestmark = pytest.mark.slow  # real worker processes and large files

MEMORY_MB = 1024
SECONDS = 6

FILES = {
    "content_bomb.pdf": hostile.content_bomb,
    "drawing_without_end.pdf": hostile.drawing_without_end,
    "object_stream_bomb.pdf": hostile.object_stream_bomb,
    "forms_within_forms.pdf": hostile.forms_within_forms,
    "image_bomb.pdf": hostile.image_bomb,
    "billion_laughs.pdf": hostile.billion_laughs,
    "ten_thousand_pages.pdf": lambda: hostile.many_pages(10_000),
    "claimed_pages.pdf": hostile.claimed_pages,
    "a_million_times_one_page.pdf": lambda: hostile.pages_of_one(1_000_000),
    "png_text_bomb.png": hostile.png_text_bomb,
    "png_profile_bomb.png": hostile.png_profile_bomb,
    "png_row_bomb.png": hostile.png_row_bomb,
    "jpeg_claim.jpg": hostile.jpeg_claim,
    "ten_thousand_frames.tif": lambda: hostile.many_frames(10_000),
}
ARCHIVES = {
    "many_members": lambda: hostile.zip_of({f"{n}.jpg": b"" for n in range(6000)}),
    "overlapping": lambda: hostile.zip_overlapping(4000),
    "ratio": lambda: hostile.zip_of({"1.bmp": bytes(60_000_000)}),
    "nested": lambda: hostile.zip_of({"a.zip": hostile.zip_of({"b.zip": hostile.zip_of({"1.bmp": bytes(10**7)})})}),
    "outside": lambda: hostile.zip_of({"../../../../out.jpg": b"x", "/tmp/out.jpg": b"x", "C:\\out.jpg": b"x"}),
}
REFUSED = {
    "ten_thousand_pages.pdf": "F111",
    "a_million_times_one_page.pdf": "F111",
    "ten_thousand_frames.tif": "F111",
    "image_bomb.pdf": "P202",
    "jpeg_claim.jpg": "P202",
    "many_members": "F108",
    "overlapping": "F108",
    "ratio": "F108",
    "nested": "F114",
    "outside": "F109",
}


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """The batch, run once: what the cases say, by name, and how much a worker held at most."""
    place = tmp_path_factory.mktemp("hostile")
    for seed, (name, make) in enumerate(FILES.items()):
        case = place / "batch" / name.replace(".", "_")
        picture(case / "00 good.png", 2 * seed)
        picture(case / "zz good.png", 2 * seed + 1)
        hostile.write(case, name, make())
    for name, make in ARCHIVES.items():
        hostile.write(place / "batch", f"{name}.zip", make())
    (place / "control").mkdir()
    settings = load_settings(
        None,
        run={"workers": 2},
        limits={
            "memory_mb": MEMORY_MB,
            "seconds_per_page": SECONDS,
            "seconds_per_file": SECONDS,
            "zip_bytes": 1_000_000_000,
        },
    )
    began = time.monotonic()
    with Watch(psutil.Process()) as watch:
        run_batch(
            place / "batch",
            place / "RUN",
            settings,
            today=dt.date(2024, 6, 1),
            work=watch_work.stand_in(place / "control"),
        )
    cases = {
        path.stem: json.loads(path.read_text("utf-8")) for path in sorted((place / "RUN" / "cases").glob("*.json"))
    }
    yield cases, watch, time.monotonic() - began, place / "RUN"
    shutil.rmtree(place, ignore_errors=True)


@pytest.mark.parametrize("name", FILES)
def test_good_pages_are_read_and_the_rest_has_a_code(done, name):
    case = done[0][name.replace(".", "_")]
    good = [page for page in case["pages"] if "good" in page["file"]]
    assert [(page["file"], page["kind"]) for page in good] == [("00 good.png", "scanned"), ("zz good.png", "scanned")]
    told = {error["code"] for error in (*case["errors"], *case["notes"])}
    assert told <= CATALOGUE.keys() and {error["file"] for error in case["errors"]} <= {name}
    read = [page for page in case["pages"] if page["file"] == name and page["kind"] != "failed"]
    assert read or told
    if name in REFUSED:
        assert REFUSED[name] in told and not read


@pytest.mark.parametrize("name", ARCHIVES)
def test_archives_end_with_their_code(done, name):
    assert REFUSED[name] in {error["code"] for error in done[0][name]["errors"]}


def test_ceiling_and_deadlines_hold_and_the_books_agree(done):
    _, watch, seconds, run_folder = done
    assert watch.worker <= MEMORY_MB + 2048, "the hard limit of a burst"
    assert watch.coordinator < 1024
    assert seconds < 3 * SECONDS * len(FILES) / 2
    assert audit(run_folder).clean
    assert not (run_folder / ".work").exists()
