from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from pathlib import Path

import pytest
from intake_samples import gbk_zip, image_bytes, mark_encrypted, page_picture, write_pdf, write_zip

from pipeline.config import Limits
from pipeline.intake.archive import Member, unpack
from pipeline.problems import Problem

JPEG = image_bytes(page_picture(60, 80))
OTHER = image_bytes(page_picture(60, 80, mark=5), quality=95)


def _unpack(path: Path, limits: Limits) -> tuple[list[Member], list[Problem]]:
    work = path.parent / "work"
    members, problems = unpack(path, path.name, work, limits)
    for member in members:
        assert member.path.parent == work
        assert hashlib.sha256(member.path.read_bytes()).hexdigest() == member.sha256
    assert not list(path.parent.rglob("*.part"))
    return members, problems


def _names(members: list[Member]) -> list[str]:
    return [member.name for member in members]


def _codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_members_come_in_natural_order_with_their_bytes(tmp_path: Path, limits: Limits) -> None:
    pdf = write_pdf(tmp_path / "x.pdf").read_bytes()
    path = write_zip(tmp_path / "a.zip", {"卷/10.jpg": JPEG, "卷/2.jpg": OTHER, "卷/1.PDF": pdf, "卷/说明.txt": b"x"})
    members, problems = _unpack(path, limits)
    assert [(p.code, "卷/说明.txt" in p.message) for p in problems] == [("F122", True)]
    assert [(m.name, m.kind) for m in members] == [("卷/1.PDF", "pdf"), ("卷/2.jpg", "image"), ("卷/10.jpg", "image")]
    assert [m.path.read_bytes() for m in members] == [pdf, OTHER, JPEG]


def test_names_in_gbk(tmp_path: Path, limits: Limits) -> None:
    names = ["案卷/乗乣誠.jpg", "案卷/第1页.jpg", "案卷/第2页.jpg", "案卷/第10页.jpg"]
    # the second byte of 乗 in GBK is a backslash
    assert any(b"\\" in name.encode("gbk") for name in names)
    (tmp_path / "a.zip").write_bytes(gbk_zip({name: JPEG + name.encode() for name in reversed(names)}))
    members, problems = _unpack(tmp_path / "a.zip", limits)
    assert problems == [] and _names(members) == names


def test_names_in_utf8_without_the_flag(tmp_path: Path, limits: Limits) -> None:
    name = "案卷第1页.jpg"
    stand_in = "x" * len(name.encode())
    packed = write_zip(tmp_path / "a.zip", {stand_in: JPEG}).read_bytes()
    (tmp_path / "a.zip").write_bytes(packed.replace(stand_in.encode(), name.encode()))
    assert _names(_unpack(tmp_path / "a.zip", limits)[0]) == [name]


def test_backslashes_are_folders(tmp_path: Path, limits: Limits) -> None:
    path = write_zip(tmp_path / "a.zip", {"case/10.jpg": JPEG, "case/9.jpg": OTHER})
    path.write_bytes(path.read_bytes().replace(b"case/", b"case\\"))
    assert _names(_unpack(path, limits)[0]) == ["case/9.jpg", "case/10.jpg"]


def test_hidden_members_are_left_out_and_nameless_ones_looked_into(tmp_path: Path, limits: Limits) -> None:
    path = write_zip(
        tmp_path / "a.zip",
        {"__MACOSX/._1.jpg": b"x", ".DS_Store": b"x", "Thumbs.db": b"x", "第一页": JPEG, "读我": b"words"},
    )
    members, problems = _unpack(path, limits)
    assert _names(members) == ["第一页"]
    assert [(p.code, "读我" in p.message, "Thumbs" in p.message) for p in problems] == [("F119", True, False)]


def test_paths_that_point_outside_are_named_and_skipped(tmp_path: Path, limits: Limits) -> None:
    path = write_zip(
        tmp_path / "a.zip",
        {"../../out.jpg": JPEG, "/abs.jpg": JPEG, "C:/x.jpg": JPEG, "a/../../b.jpg": JPEG, "ok.jpg": OTHER},
    )
    link = zipfile.ZipInfo("link.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    before = set(tmp_path.parent.iterdir())
    members, problems = _unpack(path, limits)
    assert _names(members) == ["ok.jpg"] and _codes(problems) == ["F109"]
    assert "../../out.jpg" in problems[0].message and "link.jpg" in problems[0].message
    assert set(tmp_path.parent.iterdir()) == before


def test_two_members_of_one_name_are_two_pages(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.jpg", JPEG)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("1.jpg", OTHER)
    members, _ = _unpack(path, limits)
    assert [member.path.read_bytes() for member in members] == [JPEG, OTHER]


def test_bombs_by_ratio_lose_only_themselves(tmp_path: Path, limits: Limits) -> None:
    path = write_zip(tmp_path / "a.zip", {"1.jpg": JPEG, "2.bmp": bytes(20_000_000)})
    members, problems = _unpack(path, limits)
    assert _names(members) == ["1.jpg"] and _codes(problems) == ["F108"]
    assert problems[0].file == "2.bmp"


def test_a_blank_page_packs_well_and_is_no_bomb(tmp_path: Path, limits: Limits) -> None:
    blank = image_bytes(page_picture(1240, 1754).point(lambda _: 255), "BMP")
    members, problems = _unpack(write_zip(tmp_path / "a.zip", {"1.bmp": blank}), limits)
    assert len(members) == 1 and problems == []


def test_bombs_by_size_and_number(tmp_path: Path, limits: Limits) -> None:
    path = write_zip(tmp_path / "a.zip", {f"{n}.jpg": JPEG for n in range(20)})
    for tight in ({"zip_bytes": 10 * len(JPEG)}, {"zip_members": 10}):
        members, problems = _unpack(path, limits.model_copy(update=tight))
        assert members == [] and _codes(problems) == ["F108"]


def test_a_size_that_lies_is_cut_where_it_says(tmp_path: Path, limits: Limits) -> None:
    data = bytes(range(256)) * 400
    path = write_zip(tmp_path / "a.zip", {"1.jpg": data})
    packed = path.read_bytes().replace(len(data).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(packed)
    members, problems = _unpack(path, limits)
    assert _codes(problems) == ["F105"]
    assert all(member.path.stat().st_size <= 1000 for member in members)


def test_passwords(tmp_path: Path, limits: Limits) -> None:
    path = write_zip(tmp_path / "a.zip", {"1.jpg": JPEG, "2.jpg": JPEG})
    path.write_bytes(mark_encrypted(path.read_bytes()))
    members, problems = _unpack(path, limits)
    assert members == [] and _codes(problems) == ["F106"]


def test_archives_inside_are_named_not_opened(tmp_path: Path, limits: Limits) -> None:
    inner = write_zip(tmp_path / "inner.zip", {"1.jpg": JPEG}).read_bytes()
    path = write_zip(tmp_path / "a.zip", {"内层.zip": inner, "旧.rar": b"Rar!", "1.jpg": JPEG, "笔录.docx": b"PK"})
    members, problems = _unpack(path, limits)
    assert _names(members) == ["1.jpg"] and sorted(_codes(problems)) == ["F114", "F119"]
    only = write_zip(tmp_path / "b.zip", {"内层.zip": inner})
    assert _codes(_unpack(only, limits)[1]) == ["F114", "F107"]


def test_nothing_readable(tmp_path: Path, limits: Limits) -> None:
    assert _codes(_unpack(write_zip(tmp_path / "a.zip", {}), limits)[1]) == ["F107"]
    assert _codes(_unpack(write_zip(tmp_path / "a.zip", {"说明.txt": b"x"}), limits)[1]) == ["F122", "F107"]


def test_an_unknown_compression_is_named(tmp_path: Path, limits: Limits) -> None:
    path = write_zip(tmp_path / "a.zip", {"1.jpg": JPEG, "2.jpg": OTHER})
    packed = bytearray(path.read_bytes())
    packed[8:10] = (9).to_bytes(2, "little")
    central = packed.find(b"PK\x01\x02")
    packed[central + 10 : central + 12] = (9).to_bytes(2, "little")
    path.write_bytes(packed)
    members, problems = _unpack(path, limits)
    assert _names(members) == ["2.jpg"] and _codes(problems) == ["F120"]


def test_a_wrong_check_sum_keeps_the_bytes_and_says_so(tmp_path: Path, limits: Limits) -> None:
    path = write_zip(tmp_path / "a.zip", {"1.jpg": JPEG}, zipfile.ZIP_STORED)
    packed = bytearray(path.read_bytes())
    packed[packed.find(JPEG[:20]) + len(JPEG) // 2] ^= 0xFF
    path.write_bytes(packed)
    members, problems = _unpack(path, limits)
    assert _names(members) == ["1.jpg"] and _codes(problems) == ["F105"]


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_stands_before_the_cut_is_salvaged(tmp_path: Path, limits: Limits, compression: int) -> None:
    path = write_zip(tmp_path / "a.zip", {f"第{n}页.jpg": OTHER + bytes([n]) for n in (2, 10, 1, 30)}, compression)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rfind(b"PK\x03\x04") + 200])
    members, problems = _unpack(path, limits)
    assert _codes(problems) == ["F105"]
    assert _names(members)[:3] == ["第1页.jpg", "第2页.jpg", "第10页.jpg"]
    assert [member.path.read_bytes() for member in members[:3]] == [OTHER + bytes([n]) for n in (1, 2, 10)]


def test_streamed_members_are_salvaged_too(tmp_path: Path, limits: Limits) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.jpg", JPEG)
        archive.writestr("2.jpg", OTHER)
    whole = pipe.getvalue()
    assert whole[6] & 8  # sizes stand after the data
    (tmp_path / "a.zip").write_bytes(whole[: whole.find(b"PK\x01\x02")])
    members, problems = _unpack(tmp_path / "a.zip", limits)
    assert [member.path.read_bytes() for member in members] == [JPEG, OTHER] and _codes(problems) == ["F105"]


def test_words_named_zip(tmp_path: Path, limits: Limits) -> None:
    (tmp_path / "a.zip").write_bytes(b"no archive at all" * 50)
    members, problems = _unpack(tmp_path / "a.zip", limits)
    assert members == [] and _codes(problems) == ["F105"]


def test_any_damage_ends_in_members_or_problems(tmp_path: Path, limits: Limits) -> None:
    whole = write_zip(tmp_path / "a.zip", {"1.jpg": JPEG, "2.jpg": OTHER}).read_bytes()
    path = tmp_path / "b.zip"
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        path.write_bytes(damaged)
        members, problems = _unpack(path, limits)
        assert members or problems
        path.write_bytes(whole[:at])
        members, problems = _unpack(path, limits)
        assert problems
