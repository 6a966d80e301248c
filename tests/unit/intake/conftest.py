from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.config import Limits, load_settings
from pipeline.intake.page import close_files


@pytest.fixture
def limits() -> Limits:
    return load_settings().limits


@pytest.fixture(autouse=True)
def _no_file_stays_open() -> Iterator[None]:
    yield
    close_files()
