"""Watched folders as offices have them: read-only, with names of every kind, with cases of one name."""

import ctypes
import ctypes.util
import hashlib
import os
import shutil
import sys
import zipfile

import pytest
from fault_work import picture
from watching import pdf

pytestmark = pytest.mark.slow  # real processes, real seconds


def sums(folder):
    """Name, size, date and content of all in a folder: what must be the same afterwards."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def read_only(inbox):
    """Make the inbox one that nobody can write to, as root neither: a bind mount that is read-only."""
    if sys.platform == "linux" and os.geteuid() == 0:
        libc = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
        path = os.fsencode(inbox)
        bind, remount, readonly, detach = 4096, 32, 1, 2
        if libc.mount(path, path, None, bind, None) == 0:
            if libc.mount(None, path, None, bind | remount | readonly, None) == 0:
                yield
                libc.umount2(path, detach)
                return
            libc.umount2(path, detach)
        pytest.skip("this machine lets not even root mount a folder read-only")
    if sys.platform == "win32":
        pytest.skip("Windows has no folder that is read-only for its owner")
    folders = [inbox, *(path for path in inbox.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    yield
    for folder in folders:
        folder.chmod(0o755)


@pytest.fixture
def filled(inbox, tmp_path):
    """An inbox with one case of each kind, one of them damaged: put there before it is made read-only."""
    pdf(tmp_path / "a.pdf", 2)
    shutil.copy2(tmp_path / "a.pdf", inbox / "a.pdf")
    (inbox / "broken.pdf").write_bytes((tmp_path / "a.pdf").read_bytes()[:-200])
    with zipfile.ZipFile(inbox / "z.zip", "w") as archive:
        picture(tmp_path / "z.png", 5)
        archive.write(tmp_path / "z.png", "z.png")
    picture(inbox / "案" / "1.png", 6)


def test_an_inbox_that_nobody_may_write_to_is_enough(filled, read_only, start, inbox, control):
    with pytest.raises(OSError):
        (inbox / "probe").write_bytes(b"")
    before = sums(inbox)
    watching = start(once=True)
    assert watching.process.wait(180) in (0, 1), "\n".join(watching.lines)
    assert {name: len(case["pages"]) for name, case in watching.cases().items()} == {
        "a": 2,
        "broken": 2,
        "z": 1,
        "案": 1,
    }
    assert sums(inbox) == before


def test_nothing_of_the_inbox_is_changed(filled, start, inbox):
    before = sums(inbox)
    watching = start()
    watching.rounds(1)
    watching.quiet()
    watching.end()
    assert sums(inbox) == before


LONG = "案" * 83  # with .png 253 bytes: as long as a name may be


def test_names_of_every_kind_are_taken(start, inbox, tmp_path):
    names = ["张三 盗窃案 (2023).png", "😀 案卷.png", f"{LONG}.png", "'; rm -rf ~ #.png", "A&B=<c>.png"]
    if sys.platform == "win32":
        names.pop()
    for number, name in enumerate(names):
        picture(inbox / "x.png", number)
        (inbox / "x.png").rename(inbox / name)
    watching = start()
    watching.rounds(1)
    assert len(watching.cases()) == len(names)
    assert {case["status"] for case in watching.cases().values()} == {"screened"}
    shown = {case["pages"][0]["file"] for case in watching.cases().values()}
    assert shown == set(names)


def test_cases_of_one_name_are_three_cases(start, inbox, tmp_path):
    pdf(inbox / "A.pdf", 2, seed=20)
    with zipfile.ZipFile(inbox / "A.zip", "w") as archive:
        picture(tmp_path / "z.png", 5)
        archive.write(tmp_path / "z.png", "z.png")
    picture(inbox / "A" / "1.png", 6)
    watching = start()
    watching.rounds(1)
    assert set(watching.cases()) == {"A", "A~2", "A~3"}
    assert sorted(case["pages"][0]["file"] for case in watching.cases().values()) == ["1.png", "A.pdf", "z.png"]
