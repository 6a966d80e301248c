"""Stand-in work that really opens the pages' files, and users who do something to them at that very moment."""

import shutil
import time
from functools import partial
from pathlib import Path

import fault_work

from pipeline.batch.work import _without_place, failed_page
from pipeline.intake.page import PageError, load_page
from pipeline.store.pages import pack_page


def read(control, file, index, settings, limits):
    """Read a page as `fault_work` does, from its real file; what the control folder's `user` says is done before."""
    _act(Path(control) / "user", file)
    try:
        load_page(file, index, 400, limits)
    except PageError as error:
        return pack_page(_without_place(failed_page(error.problem)))
    return fault_work.read(str(Path(control) / "read"), file, index, settings, limits)


def _act(orders, file):
    """Do once to the file that is about to be read what the orders say for its name: a new content, or away."""
    if len(file.name.encode()) > 200:
        return  # no room for an order's name
    new, away, slow = (orders / f"{what} {file.name}" for what in ("new", "away", "slow"))
    if new.exists():
        shutil.copy(new, file.path)
        if not (orders / f"again {file.name}").exists():
            new.unlink()
        else:
            fault_work.picture(new, time.monotonic_ns())
    if away.exists():
        away.unlink()
        file.path.replace(orders / f"kept {file.name}")
    if slow.exists():
        time.sleep(0.5)


def stand_in(control):
    """The stand-in work; `control` gets the folders `read` (traces of readings) and `user` (orders)."""
    for name in ("read", "user"):
        (Path(control) / name).mkdir(exist_ok=True)
    return fault_work.stand_in(control, read=partial(read, str(control)))
