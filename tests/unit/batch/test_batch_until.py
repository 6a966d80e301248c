import datetime as dt

import pytest

from pipeline.batch.until import read_until
from pipeline.problems import UsageError

ZONE = dt.timezone(dt.timedelta(hours=8))
EVENING = dt.datetime(2024, 6, 1, 18, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("07:30", (2024, 6, 2, 7, 30)),
        ("7:30".zfill(5), (2024, 6, 2, 7, 30)),
        ("23:00", (2024, 6, 1, 23, 0)),
        ("18:00", (2024, 6, 2, 18, 0)),
        ("2024-06-03T06:00", (2024, 6, 3, 6, 0)),
        ("2024-06-03 06:00", (2024, 6, 3, 6, 0)),
    ],
)
def test_a_time_of_day_is_the_next_one(text, until):
    assert read_until(text, EVENING) == dt.datetime(*until, tzinfo=ZONE)


@pytest.mark.parametrize("text", ["", "morgen", "25:00", "7.30", "2024-06-31T07:30", "2024-05-31T07:30"])
def test_what_is_no_time_to_come_is_refused(text):
    with pytest.raises(UsageError, match="--until"):
        read_until(text, EVENING)
