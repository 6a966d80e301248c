import sys
import time
from types import SimpleNamespace

import numpy as np

from pipeline.bench.stopwatch import Stopwatch, TimedEngine, watch_models


def test_time_is_added_up_until_it_is_taken():
    watch = Stopwatch()
    for _ in range(2):
        with watch.running("detection"):
            time.sleep(0.01)
    taken = watch.take()
    assert 0.02 <= taken["detection"] < 0.2 and watch.take() == {}


def test_a_block_within_its_like_is_not_counted_twice():
    watch = Stopwatch()
    began = time.perf_counter()
    with watch.running("inference"), watch.running("inference"):
        time.sleep(0.02)
    assert watch.take()["inference"] <= time.perf_counter() - began


class Slow:
    name, version, extra = "slow", "1", "passed on"

    def detect(self, image, side):
        time.sleep(0.01)
        return [np.array([[0, 0], [40, 0], [40, 10], [0, 10]], np.float32)]

    def recognise(self, crops):
        time.sleep(0.02)
        return [("字", 0.9)] * len(crops)


def test_an_engine_is_timed_by_what_it_does():
    watch = Stopwatch()
    engine = TimedEngine(Slow(), watch)
    lines = engine.read(np.zeros((100, 100, 3), np.uint8), 960)
    taken = watch.take()
    assert [line.text for line in lines] == ["字"]
    assert taken["detection"] >= 0.01 and taken["recognition"] >= 0.02
    assert (engine.name, engine.version, engine.extra) == ("slow", "1", "passed on")


def test_models_are_watched_wherever_they_are_called_from(monkeypatch):
    class InferRequest:
        def infer(self, inputs):
            time.sleep(0.01)
            return inputs

    monkeypatch.setitem(sys.modules, "openvino", SimpleNamespace(InferRequest=InferRequest))
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    watch = Stopwatch()
    watch_models(watch)
    assert InferRequest().infer(inputs=[1]) == [1]
    assert watch.take()["inference"] >= 0.01
