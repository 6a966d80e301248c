"""Whatever files and folders are called: all are read, nothing of the user's is touched, no page runs a script."""

import datetime as dt
import hashlib
import html.parser
import json
import sys
import unicodedata
from dataclasses import replace
from urllib.parse import unquote

import numpy as np
import pytest
from inline_engine import InlineEngine
from PIL import Image

from pipeline.batch import placing
from pipeline.batch.audit import audit
from pipeline.batch.run import run_batch
from pipeline.batch.work import REAL, failed_page
from pipeline.casefile import Box, Line, PageText, Quality
from pipeline.config import load_settings
from pipeline.problems import problem
from pipeline.store.pages import pack_page

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names that Windows does not allow")

SCRIPT = "<script>alert(1)</script>"
ATTRIBUTE = "\" onerror='alert(2)' x="
IMAGE = "<img src=x onerror=alert(3)>"


def read(file, index, settings, limits):
    """A page that says what a script would like to; some fail, so that their names stand among the errors."""
    if "fails" in file.name:
        return pack_page(failed_page(problem("P205", detail=IMAGE)))
    line = Line(f"{SCRIPT}{ATTRIBUTE} {file.sha256[:8]}", Box(0.1, 0.1, 0.9, 0.2), 0.99)
    return pack_page(PageText("scanned", 0, (line,), (), Quality("good", 0.99), 100, 140))


def run(batch, out):
    work = replace(REAL, prepare=lambda settings: "stand-in 1", read=read)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(placing, "local_engine", InlineEngine)
        return run_batch(batch, out, load_settings(), today=dt.date(2024, 6, 1), work=work)


def picture(path, seed):
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).integers(0, 255, (14, 10, 3), np.uint8)
    Image.fromarray(noise).save(path, "PNG")


class Tags(html.parser.HTMLParser):
    """All tags of a page with their attributes, and the text of its scripts."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.scripts, self._script = [], "", False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self._script = tag == "script"

    def handle_endtag(self, tag):
        self._script = False

    def handle_data(self, data):
        if self._script:
            self.scripts += data


def state(folder):
    return {
        path: (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in folder.rglob("*")
    }


LONG = "长" * 83  # 249 bytes; with .png 253
NAMES = [
    "张 三 (诈骗) 案",
    "🗂️ 第一卷 👨‍👩‍👧",
    LONG,
    "x" * 251,
    "卷\u202egnp.exe",
    "\u200f案\u200e",
    "a\tb\nc",
    "=HYPERLINK(\"http://x\")",
    "-1+1",
    "#卷?%20&amp;",
    "con",
    "'; DROP TABLE cases; --",
    f"卷{ATTRIBUTE}",
    "卷..",
    " 前后有空格 ",
]  # fmt: skip


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """A case for each name, of that name, with a page of that name and a broken one: the batch, its state, its run."""
    place = tmp_path_factory.mktemp("names")
    folder = place / "批 次 <b>甲<∕b>"
    for seed, name in enumerate([*NAMES, SCRIPT.replace("/", "∕"), IMAGE]):
        picture(folder / name / f"{name[:60]}.png", seed)
        picture(folder / name / f"{name[:50]} fails.png", 100 + seed)
    picture(folder / f"{LONG}.png", 200)
    before = state(folder)
    return folder, before, run(folder, place / "RUN"), place / "RUN"


@pytest.mark.slow
def test_every_name_is_read_and_none_does_harm(done):
    batch, before, result, root = done
    assert state(batch) == before, "nothing of the user's is changed"
    assert len(result.summary.cases) == len(NAMES) + 3
    assert {row.status for row in result.summary.cases} == {"partial", "screened"}
    found = audit(root)
    assert found.clean and found.sums.read == len(NAMES) + 3 and found.sums.unreadable == {"P205": len(NAMES) + 2}
    written = [path for path in (root).rglob("*") if path.is_file()]
    assert all(len(path.name.encode()) <= 255 for path in written)
    assert all((root).resolve() in path.resolve().parents for path in written)
    ids = [path.stem for path in (root / "cases").iterdir()]
    assert len(ids) == len({name.casefold() for name in ids}) == len(NAMES) + 3
    marks = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not any(unicodedata.bidirectional(char) in marks for name in ids for char in name)


@pytest.mark.slow
def test_no_page_takes_a_name_or_a_text_for_markup(done):
    root = done[-1]
    pages = list((root).rglob("*.html"))
    assert len(pages) >= len(NAMES) + 4
    own = Tags((root / "summary.html").read_text("utf-8")).scripts
    for path in pages:
        page = Tags(path.read_text("utf-8"))
        assert "alert" not in page.scripts and (path.name != "summary.html" or page.scripts == own)
        for tag, attributes in page.tags:
            assert not any(name.startswith("on") for name in attributes), (path.name, tag, attributes)
            assert not any("javascript:" in (value or "") for value in attributes.values())
            assert tag not in ("object", "embed", "form")
            if tag == "img":
                assert attributes["src"] != "x"


@pytest.mark.slow
def test_every_link_leads_to_a_file_of_the_run(done):
    root = done[-1]
    links = 0
    for path in (root).rglob("*.html"):
        for _, attributes in Tags(path.read_text("utf-8")).tags:
            for name in ("href", "src"):
                target = attributes.get(name)
                if target and not target.startswith(("#", "data:")):
                    place = unquote(target.split("#")[0])
                    assert (path.parent / place).is_file(), (path.name, target)
                    links += 1
    assert links >= 2 * len(NAMES)


def test_names_that_differ_by_their_ends_are_cases_of_their_own(tmp_path):
    for seed, name in enumerate(["A1.png", "a1.PNG", "A1.jpg", "A1/1.png", "A1~2/1.png"]):
        picture(tmp_path / "batch" / name, seed)
    run(tmp_path / "batch", tmp_path / "RUN")
    shas = set()
    for path in (tmp_path / "RUN" / "cases").iterdir():
        case = json.loads(path.read_text("utf-8"))
        assert case["case_id"] == path.stem
        shas.add(case["sources"][0]["sha256"])
    assert shas == {hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / "batch").rglob("*") if p.is_file()}
    assert len(shas) == 5 and audit(tmp_path / "RUN").clean


@pytest.mark.slow
def test_the_same_names_give_the_same_ids_again(done):
    batch, _, _, root = done
    before = {path: path.read_bytes() for path in (root / "cases").iterdir()}
    result = run(batch, root)
    assert (result.pages_read, result.pages_reused) == (0, 2 * len(NAMES) + 5)
    assert {path: path.read_bytes() for path in (root / "cases").iterdir()} == before
