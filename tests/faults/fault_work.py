"""A batch's work with a stand-in reader: real files in, real outputs out, but no OCR, so that faults can be
provoked page by page. What a page does is written in its picture's file name or set by a control folder."""

import os
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from pipeline.batch import work
from pipeline.casefile import Box, CaseFile, Document, Evidence, Line, Page, PageText, People, Profile, Quality
from pipeline.outcomes import Finding, Outcome
from pipeline.problems import EngineError
from pipeline.store.pages import pack_page, unpack_page
from pipeline.summary.contract import case_json


def prepare(settings):
    return "stand-in 1"


def prepare_broken(settings):
    raise EngineError("缺少识别模型文件", "请重新安装 prescreen")


def inspect(source, workdir, limits):
    """Open a case, but die of a file with `opens-deadly` in its name and hang on `opens-never`, as pdfium might."""
    names = [p.name for p in source.path.rglob("*")] if source.path.is_dir() else [source.path.name]
    if any("opens-deadly" in name for name in names):
        os._exit(9)
    if any("opens-never" in name for name in names):
        time.sleep(3600)
    return work.inspect(source, workdir, limits)


def inspect_file(case_id, name, path, workdir, limits):
    if "opens-deadly" in name:
        os._exit(9)
    if "opens-never" in name:
        time.sleep(3600)
    return work.inspect_file(case_id, name, path, workdir, limits)


def read(control, file, index, settings, limits):
    """Read nothing, but behave as the file's name says; every reading leaves a trace in the control folder."""
    trace = Path(control) / f"{file.sha256[:12]}-{index}"
    with trace.open("ab") as stream:
        stream.write(b"x")
    tries = trace.stat().st_size
    name = file.name
    if "dies-always" in name or ("dies-once" in name and tries == 1) or ("dies-twice" in name and tries <= 2):
        os._exit(9)
    if "hangs" in name:
        time.sleep(3600)
    if "raises" in name:
        raise ValueError("张三的身份证号")
    if "slow" in name:
        time.sleep(0.5)
    line = Line(f"{file.sha256[:8]} 第{index + 1}页", Box(0.1, 0.1, 0.9, 0.2), 0.99)
    return pack_page(PageText("scanned", 0, (line,), (), Quality("good", 0.99), 100, 140))


def screen(case_id, sources, pages, problems, pack, as_of, alone, corrections=()):
    if "screen-raises" in case_id:
        raise KeyError("王五")
    if "screen-dies" in case_id:
        os._exit(9)
    read = tuple(Page(n, p.file, p.file_page, unpack_page(p.packed)) for n, p in enumerate(pages, 1))
    documents = (Document("d1", "other", "", 1, len(read), 0.5),)
    evidence = (Evidence(1, Box(0.1, 0.1, 0.9, 0.2), read[0].content.text),)
    finding = Finding(
        "DOC101",
        f"k{case_id}",
        1,
        "high",
        0.9,
        "缺少",
        f"截至 {as_of} 缺少",
        "依据",
        "建议",
        evidence=evidence if read[0].content.kind != "failed" else (),
        document_type="recipient_rights_notice",
    )
    case = CaseFile(
        case_id,
        sources,
        read,
        documents,
        Profile("civil", "litigation", "application", "R1"),
        People(),
        problems=problems,
    )
    outcomes = (Outcome("DOC101", "flag", "缺少", findings=(finding,)), Outcome("DOC102", "pass", "已检查"))
    return work.present(case_json(case, outcomes))


def stand_in(control, **changes):
    """The stand-in work, leaving its traces in `control`."""
    own = {
        "prepare": prepare,
        "inspect": inspect,
        "inspect_file": inspect_file,
        "read": partial(read, str(control)),
        "screen": screen,
    }
    return replace(work.REAL, **own | changes)


def readings(control):
    """How often each page was given to a reader."""
    return {path.name: path.stat().st_size for path in Path(control).iterdir()}


def picture(path, seed):
    """A small page image; another seed is another content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(seed).integers(0, 255, (140, 100, 3), np.uint8)
    Image.fromarray(noise).save(path)
