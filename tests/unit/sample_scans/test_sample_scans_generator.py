"""The generator's parts: markup, wear, packing, the whole of one case where the fonts are installed."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from sample_scans.generator import fonts, packing
from sample_scans.generator.blocks import Doc, Head, Para, doc_text
from sample_scans.generator.markup import SignTag, atoms, date, hand, ink, plain, sign, spell
from sample_scans.generator.paper import rows_of
from sample_scans.generator.wear import Scan, wear

NEEDS_FONTS = pytest.mark.skipif(bool(fonts.missing()), reason="fonts of the generator are not installed")
CASES = Path(__file__).parents[3] / "sample_scans" / "cases"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("ar", "2020年10月20日"), ("dot", "2020.10.20"), ("dash", "2020-10-20"), ("zh", "二〇二〇年十月二十日"),
        ("zh○", "二○二○年十月二十日"), ("zh零", "二零二零年十月二十日"), ("slot", " 2020 年 10 月 20 日"),
    ],
)  # fmt: skip
def test_dates_are_written_in_every_style(style: str, expected: str) -> None:
    assert "".join(p.text for p in spell(dt.date(2020, 10, 20), style)) == expected


def test_chinese_tens_are_written_as_people_write_them() -> None:
    assert spell(dt.date(2023, 1, 11), "zh")[0].text == "二〇二三年一月十一日"
    assert spell(dt.date(2023, 12, 31), "zh")[0].text == "二〇二三年十二月三十一日"


def test_plain_text_holds_what_is_written_and_leaves_out_what_is_not() -> None:
    text = f"受援人：{hand('陈某')}　{sign('recipient', '陈某', 'finger')}{date('plea', dt.date(2024, 2, 3), 'dot')}"
    assert plain(text) == "受援人： 陈某 　2024.2.3"


def test_a_date_and_a_signature_are_never_broken() -> None:
    parts = atoms(f"于{date('plea', dt.date(2024, 2, 3))}由{sign('lawyer', '欧阳某', 'blank')}签")
    assert [a.text for a in parts] == ["于", "2024年2月3日", "由", "", "签"]
    assert parts[3].tag == SignTag("lawyer", "欧阳某", "blank")


def test_handwriting_may_have_several_lines() -> None:
    assert plain(ink("一行\n二行")) == "一行\n二行"
    assert len(ink("一行\n二行").split("\n")) == 2


def test_cells_of_a_row_at_one_height_make_one_line() -> None:
    found = [("右", (300.0, 11.0, 320.0, 30.0)), ("左", (10.0, 10.0, 30.0, 30.0)), ("下", (10.0, 50.0, 30.0, 70.0))]
    assert [text for text, _ in rows_of(found, 24)] == ["左 右", "下"]


def test_a_document_has_its_text_without_being_drawn() -> None:
    doc = Doc("other", "通知", (Head("通知"), Para("请于"), Para(date("hearing", dt.date(2024, 5, 6), "ar"))))
    assert doc_text(doc) == "通知\n请于\n2024年5月6日"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_follow_the_page_through_the_wear(turn: int) -> None:
    page = Image.new("RGB", (1240, 1754), "white")
    box = (700.0, 300.0, 900.0, 360.0)
    ImageDraw.Draw(page).rectangle(box, fill="black")
    scan = Scan(skew=1.4, holes=False, numbering="none", edge=235)
    worn = wear(page, f"seed{turn}", scan, tint=(255, 255, 255), turn=turn)
    stored = Image.open(io.BytesIO(worn.data))
    upright = stored.rotate(-turn, expand=True)  # `turn` degrees clockwise
    assert upright.size == worn.size
    dark = np.argwhere(np.asarray(upright.convert("L"))[:, :, None][..., 0] < 90)
    near = dark[(dark[:, 0] > 240) & (dark[:, 0] < 420) & (dark[:, 1] > 640) & (dark[:, 1] < 960)]
    (y0, x0), (y1, x1) = near.min(axis=0), near.max(axis=0)
    expected = np.array([x0 / 1240, y0 / 1754, x1 / 1240, y1 / 1754])
    assert np.abs(np.array(worn.place(box)) - expected).max() < 0.006


def test_wear_is_the_same_every_time() -> None:
    page = Image.new("RGB", (620, 877), "white")
    first, again = (wear(page, "x", Scan(numbering="none"), tint=(250, 250, 240)).data for _ in range(2))
    assert first == again


def test_a_zip_of_ours_can_be_read_back() -> None:
    data = packing.gbk_zip({"案卷/第1页.jpg": b"one", "案卷/第2页.jpg": b"two"})
    with zipfile.ZipFile(io.BytesIO(data), metadata_encoding="gbk") as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == {"案卷/第1页.jpg": b"one", "案卷/第2页.jpg": b"two"}


def test_a_missing_font_is_said_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "missing", lambda: ["gbsn00lp.ttf"])
    with pytest.raises(fonts.MissingFontsError, match=r"gbsn00lp\.ttf(.|\n)*fonts-arphic-gbsn00lp"):
        fonts.require()


@NEEDS_FONTS
@pytest.mark.slow
def test_making_a_case_again_gives_the_same_bytes_and_the_committed_truth(tmp_path: Path) -> None:
    from sample_scans.generator.binding import bind
    from sample_scans.generator.cases import s06

    for folder in ("a", "b"):
        packing.write(bind(s06.binder()), tmp_path / folder)
    assert (tmp_path / "a" / "s06.zip").read_bytes() == (tmp_path / "b" / "s06.zip").read_bytes()
    again = json.loads((tmp_path / "a" / "s06.truth.json").read_text("utf-8"))
    assert again == json.loads((CASES / "s06.truth.json").read_text("utf-8"))
