"""Brings the marks network to 8 bits for OpenVINO: `python -m models.training.marks_quantise CACHE`.

Post-training quantisation with NNCF as in quantise.py; ranges come from the first pages that marks.py drew into CACHE.
Reads models/marks/marks.onnx, which stays for ONNX Runtime, and writes marks.xml and marks.bin beside it.

NNCF is needed for this alone: `pip install nncf` (its dependencies are of no use to who only reads pages).
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

import nncf
import numpy as np
import openvino

from models.training.quantise import Pixels

WEIGHTS = Path(__file__).parents[1] / "marks" / "marks.onnx"
PAGES = 60


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("cache", type=Path)
    first = sorted(arguments.parse_args().cache.glob("*.pkl"))[0]
    inputs: list[Pixels] = []
    for image, _, _ in pickle.loads(first.read_bytes())[:PAGES]:
        scaled = image[..., ::-1].transpose(2, 0, 1)[None].astype(np.float32) / 255
        inputs.append(np.ascontiguousarray(scaled))
    network = nncf.quantize(
        openvino.convert_model(WEIGHTS),
        nncf.Dataset(inputs),
        subset_size=PAGES,
        preset=nncf.QuantizationPreset.MIXED,
    )
    openvino.save_model(network, WEIGHTS.with_suffix(".xml"), compress_to_fp16=False)


if __name__ == "__main__":
    main()
