import io
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from rich.console import Console

from pipeline.bench import figures
from pipeline.bench.jobs import Understood
from pipeline.bench.measure import Absent
from pipeline.bench.plot import memory_plot, ticks
from pipeline.bench.table import accuracy_table, growth_tables, readers_table, show_bench, stages_table

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def result(measured):
    own = figures.reader_figures(measured())
    peers = [
        figures.reader_figures(measured("rapid", workers=1, seconds=12.0)),
        figures.reader_figures(Absent("tesseract", "没有安装 tesseract")),
    ]
    return {
        "machine": {
            "cpu": "某处理器", "cores_used": 2, "cores": 4, "instruction_sets": ["avx2"], "system": "Linux",
            "python": "3.11", "memory_mb": 8000, "load_before": 0.1, "versions": {"rapidocr": "3.10", "openvino": None},
        },
        "sample": {"cases": 1, "pages": 4, "pages_found": 9, "upright": 3, "legible": 3},
        "readers": [own, *peers],
        "stages": figures.stage_figures(measured()),
        "understanding": figures.understanding_figures([Understood(4, 0.032, 0.048)], own),
        "verdict": figures.verdict(own, peers),
        "growth": {
            "by_pages": figures.growth_by_pages(measured(), (1, 4)),
            "by_workers": figures.growth_by_workers([measured()]),
            "memory": figures.memory_series(measured()),
        },
    }  # fmt: skip


def test_every_row_has_a_cell_for_each_column(result):
    tables = [
        readers_table(result),
        accuracy_table(result),
        stages_table(result["stages"], result["understanding"]),
        *growth_tables(result["growth"]),
    ]
    assert all(len(row) == len(table.columns) for table in tables for row in table.cells)


@pytest.mark.parametrize("terminal", [True, False])
def test_what_is_printed(result, terminal):
    console = Console(file=io.StringIO(), force_terminal=terminal, width=200, color_system=None)
    show_bench(console, result)
    told = console.file.getvalue()
    for text in (
        "某处理器", "openvino 无", "6.00 × RapidOCR", "未测: 没有安装 tesseract", "文字识别", "模型推理之外",
        "正放页字错率 0.00 %", "不差于", "权重须联网下载", "随进程数增长", "随页数增长",
    ):  # fmt: skip
        assert text in told
    assert ("prescreen (2 个进程)\t2.000\t0.500" in told) is not terminal


def test_understanding_stands_below_the_stages_where_it_was_measured(result):
    lines = stages_table(result["stages"], result["understanding"]).cells
    assert [line[1:] for line in lines[-3:]] == [("0.0200", "2.50 %"), ("0.0080", ""), ("0.0120", "")]
    assert not any("理解" in line[0] for line in stages_table(result["stages"], None).cells)


def keys(value):
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys(item)


def test_every_key_of_the_json_is_described(result):
    names = {*result["machine"]["versions"], *result["readers"][0]["page_kinds"]}
    text = (Path(__file__).parents[3] / "docs" / "speed.md").read_text("utf-8")
    assert {key for key in keys(result) if not re.search(rf"`[^`]*\b{key}\b[^`]*`", text)} - names == set()


def test_without_growth_there_is_no_second_table(result):
    console = Console(file=io.StringIO(), width=200)
    show_bench(console, {**result, "growth": None})
    assert "随页数增长" not in console.file.getvalue()


def test_the_plot_draws_a_line_for_each_worker():
    workers = [
        {"worker": 1, "series": [[10, 500.0], [20, 510.0]]},
        {"worker": 2, "series": [[10, 500.0], [20, 1020.0]]},
    ]
    root = ElementTree.fromstring(memory_plot(workers, "<某机器>"))
    lines = [element.get("points").split() for element in root.iter(f"{SVG}polyline")]
    assert len(lines) == 2 and all(len(points) == 2 for points in lines)
    heights = [[float(point.split(",")[1]) for point in points] for points in lines]
    assert abs(heights[0][0] - heights[0][1]) < 5 and heights[1][0] - heights[1][1] > 80
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert "<某机器>" in texts and "0" in texts and "进程 2: 1020 MB" in texts


@pytest.mark.parametrize(
    ("most", "last", "count"), [(500, 500, 6), (870.0, 800, 5), (9, 8, 5), (1, 1, 2), (1100, 1000, 3)]
)
def test_ticks_are_round(most, last, count):
    found = ticks(most)
    assert found[0] == 0 and found[-1] == last and len(found) == count
