import contextlib
import datetime as dt

import psutil
import pytest
from fault_work import picture, stand_in
from watching import Watching

from pipeline.batch.run import run_batch
from pipeline.config import load_settings


@pytest.fixture
def batch(tmp_path):
    folder = tmp_path / "批次"
    folder.mkdir()
    return folder


@pytest.fixture
def control(tmp_path):
    folder = tmp_path / "control"
    folder.mkdir()
    return folder


@pytest.fixture
def add_case(batch):
    """Add a case folder with pages of the given names."""
    count = iter(range(1000))

    def add(case_id, *names):
        for name in names:
            picture(batch / case_id / f"{name}.png", next(count))

    return add


@pytest.fixture
def run(batch, tmp_path, control):
    """Run the batch with the stand-in reader; keyword arguments change settings or work."""

    def go(out="RUN", *, workers=2, seconds_per_page=60, seconds_per_file=60, work=None, cluster=None, **options):
        settings = load_settings(
            None,
            run={"workers": workers} | ({"engine": "ray", "address": cluster} if cluster is not None else {}),
            limits={"seconds_per_page": seconds_per_page, "seconds_per_file": seconds_per_file},
        )
        events = []
        options.setdefault("today", dt.date(2024, 6, 1))
        result = run_batch(
            batch, tmp_path / out, settings, on_event=events.append, work=work or stand_in(control), **options
        )
        return result, events

    return go


@pytest.fixture
def inbox(batch):
    return batch


@pytest.fixture
def start(inbox, tmp_path, control):
    started = []

    def go(**options):
        watching = Watching(options.pop("inbox", inbox), options.pop("run", tmp_path / "RUN"), control, **options)
        started.append(watching)
        return watching

    yield go
    for watching in started:
        if watching.process.poll() is None:
            for child in psutil.Process(watching.process.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    child.kill()
            watching.process.kill()
        watching.process.wait(10)
        watching._reader.join(10)
        watching.process.stdout.close()
