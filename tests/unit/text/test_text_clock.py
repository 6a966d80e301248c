"""Times of day behind dates, as records of meetings and hearings write them."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.text.clock import clock_span


@pytest.mark.parametrize(
    ("after", "begin", "end"),
    [
        ("9时10分至10时20分", (9, 10), (10, 20)),
        (" 9 时 10 分 至 10 时 20 分", (9, 10), (10, 20)),
        ("9:10-10:20", (9, 10), (10, 20)),
        ("　9：10—10：02", (9, 10), (10, 2)),
        ("上午九时至十一时三十分", (9, 0), (11, 30)),
        ("下午2时30分至4时", (14, 30), (16, 0)),
        ("（星期三）上午9时00分", (9, 0), None),
        ("14点半", (14, 30), None),
        ("9时10分至2023年3月5日10时02分", (9, 10), (10, 2)),
        ("22时至1时", (22, 0), None),
    ],
)
def test_from_when_to_when(after: str, begin: tuple[int, int], end: tuple[int, int] | None) -> None:
    assert clock_span(after) == (dt.time(*begin), dt.time(*end) if end else None)


@pytest.mark.parametrize("after", ["", "在看守所", "，地点：第9会见室", "25时", "9时75分", "3人到场"])
def test_no_time(after: str) -> None:
    assert clock_span(after) is None
