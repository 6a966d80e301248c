import shutil
import subprocess

import cv2
import numpy as np
import pytest

from pipeline.bench import peers
from pipeline.bench.machine import cpu_seconds, describe_machine, memory_mb, peak_memory_mb
from pipeline.bench.peers import open_peer
from pipeline.problems import EngineError


def test_a_peer_that_is_not_installed_says_so(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(EngineError, match="没有安装 tesseract"):
        open_peer("tesseract")


def test_a_tesseract_without_chinese_says_so(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: "tesseract")
    listed = subprocess.CompletedProcess([], 0, stdout="List of available languages (2):\neng\nosd\n")
    monkeypatch.setattr(subprocess, "run", lambda *args, **named: listed)
    with pytest.raises(EngineError, match="chi_sim"):
        open_peer("tesseract")


def test_a_package_that_is_missing_is_named(monkeypatch):
    def missing():
        raise ModuleNotFoundError("No module named 'rapidocr'", name="rapidocr")

    monkeypatch.setattr(peers, "_Rapid", missing)
    with pytest.raises(EngineError, match="没有安装 rapidocr"):
        open_peer("rapid")


def test_lines_are_put_into_our_order_beside_their_own():
    def quad(x, y):
        return np.array([[x, y], [x + 90, y], [x + 90, y + 20], [x, y + 20]], np.float32)

    found = peers._both_orders(["右", "下", "左"], [quad(200, 11), quad(10, 60), quad(10, 10)])
    assert found.text == "右\n下\n左" and found.in_our_order == "左\n右\n下"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_tesseract_reads_from_memory_and_its_memory_is_seen():
    try:
        peer = open_peer("tesseract")
    except EngineError as error:
        pytest.skip(error.message)
    page = np.full((200, 900, 3), 255, np.uint8)
    cv2.putText(page, "2024-06-18", (60, 120), cv2.FONT_HERSHEY_SIMPLEX, 3, (0, 0, 0), 6)
    read = peer.texts(peer.read(peer.prepare(page)))
    assert "2024" in read.text and read.in_our_order is None
    assert peer.extra_peak_mb > 10 and peer.version.startswith("tesseract")


def test_the_machine_is_described():
    machine = describe_machine(1)
    assert machine["cpu"] and machine["cores_used"] == 1 and machine["memory_mb"] > 100
    assert machine["versions"]["prescreen"] and machine["versions"]["onnxruntime"]


def test_memory_and_time_of_this_process():
    assert 1 < memory_mb() <= peak_memory_mb() * 1.05
    assert cpu_seconds() > 0
