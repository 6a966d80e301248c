"""Pictures of pages over HTTP: for those who may see the case, checked anew each time, and always an answer."""

from io import BytesIO
from pathlib import Path

import pytest
from inline_engine import InlineEngine
from PIL import Image
from web_desk import Desk
from web_runs import PLAIN_ID, settings

from pipeline.web.pictures import Pictures
from pipeline.web.site import Site


@pytest.fixture
def site(site: Site) -> Site:
    """The site, drawing in this process."""
    site.pictures = Pictures(settings(), engine=lambda _: InlineEngine())
    return site


def page_url(desk: Desk, page: int | str = 1, more: str = "") -> str:
    return f"{desk.case_url(PLAIN_ID)}/p/{page}/image{more}"


@pytest.mark.parametrize(("asked", "width"), [("", 620), ("?w=200", 200), ("?w=1000", 620), ("?w=2400", 620)])
def test_a_page_is_a_jpeg_of_the_width_asked_for_at_most(desk: Desk, asked: str, width: int) -> None:
    answer = desk.get(page_url(desk, 1, asked))
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/jpeg"
    assert Image.open(BytesIO(answer.content)).width == width


def test_a_browser_asks_each_time_and_is_sent_a_picture_once(desk: Desk) -> None:
    first = desk.get(page_url(desk))
    assert first.headers["cache-control"] == "private, no-cache"
    assert first.headers["x-content-type-options"] == "nosniff"
    again = desk.get(page_url(desk), headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert again.headers["cache-control"] == "private, no-cache"
    other = desk.get(page_url(desk, 2), headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200 and other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize("page", ["0", "9999", "99999999999999999999999", "-1", "1.5", "x", "..%2f1", "%00"])
def test_a_page_that_is_not_there_is_not_found(desk: Desk, page: str) -> None:
    assert desk.get(page_url(desk, page)).status_code == 404


@pytest.mark.parametrize("width", ["0", "-5", "201", "x", "", "99999999999999999999"])
def test_only_a_few_widths_are_to_be_had(desk: Desk, width: str) -> None:
    assert desk.get(page_url(desk, 1, f"?w={width}")).status_code == 422


def test_a_page_whose_file_is_gone_says_so_in_a_picture(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.web.opened.source_at", _gone)
    answer = desk.get(page_url(desk))
    assert answer.status_code == 410 and answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["x-no-picture"] == "missing" and answer.headers["cache-control"] == "no-store"
    assert "原件不在原处" in answer.text and PLAIN_ID not in answer.text


def test_nobody_waits_for_ever(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.web.page_images.WAIT_SECONDS", 0.05)
    desk.site.pictures._start = lambda: None  # type: ignore[method-assign]
    answer = desk.get(page_url(desk))
    assert answer.status_code == 429 and answer.headers["x-no-picture"] == "late"


def test_who_may_not_see_a_case_gets_no_picture_of_it_kept_or_not(
    desk: Desk, run_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.get(page_url(desk))
    assert first.status_code == 200
    monkeypatch.setattr("pipeline.web.people.may_see", lambda *_: False)
    answer = desk.get(page_url(desk), headers={"if-none-match": first.headers["etag"]})
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"
    assert "x-no-picture" not in answer.headers


def _gone(*_: object) -> None:
    from pipeline.problems import InputError

    raise InputError("批次不在原处", "")
