import json

import pytest

from pipeline.batch.outputs import load_case, plain_page
from pipeline.problems import InputError


@pytest.fixture
def run_folder(tmp_path):
    (tmp_path / "cases").mkdir()
    for case_id in ("A001", "A002", "李某盗窃"):
        (tmp_path / "cases" / f"{case_id}.json").write_text(json.dumps({"case_id": case_id}), "utf-8")
    return tmp_path


def test_a_case_is_loaded(run_folder):
    assert load_case(run_folder, "李某盗窃") == {"case_id": "李某盗窃"}


def test_a_wrong_name_is_answered_with_near_ones(run_folder):
    with pytest.raises(InputError, match="没有案卷 A01") as caught:
        load_case(run_folder, "A01")
    assert "A001" in caught.value.advice


def test_a_name_is_no_path(run_folder):
    (run_folder / "secret.json").write_text("{}")
    with pytest.raises(InputError):
        load_case(run_folder, "../secret")


def test_another_folder_and_a_broken_result_are_told(run_folder, tmp_path):
    (run_folder / "cases" / "A001.json").write_text("{")
    with pytest.raises(InputError, match="读不了"):
        load_case(run_folder, "A001")
    with pytest.raises(InputError, match="不是运行文件夹"):
        load_case(tmp_path / "nowhere", "A001")


def test_the_page_that_stands_in_holds_no_markup_of_the_case():
    assert b"<script>" not in plain_page("<script>x</script>", "原因")
