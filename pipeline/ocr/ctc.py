"""The recogniser's last layer, worked out only where a character may stand.

A CTC network answers for every sixth of a character, and four times in five the answer is "nothing here". Its last
layer weighs 18,710 characters each time, which is a fifth of the recogniser's work. "Nothing" is one row of that
layer: where its value alone is beyond what it ever has beside a character, the other rows are not asked.
Source: https://www.cs.toronto.edu/~graves/icml_2006.pdf (CTC, best path decoding).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image
from pipeline.ocr.network import Network, Scaling, properties, taking_pixels

_NOTHING = 26.0
"""Value of "nothing" above which no character is looked for. At 11,000 places where a character stood on our pages it
was 22.7 at most; at half of all places it is above."""
_STEP = 8
"""Places are asked about in multiples of this: every number of them costs the network a preparation of its own."""

Answer = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]
"""For every place along a line the likeliest character (0: none) and its chance."""


class Recogniser(Protocol):
    """Reads lines of print, 48 pixels high. `classes`: how many characters it tells apart, "nothing" included."""

    classes: int

    def answer(self, strip: Image) -> Answer:
        """Give the likeliest character at every place along `strip`, with its chance."""
        ...


class WholeRecogniser:
    """A recogniser whose network (chances, 1 x places x characters) is run as it is."""

    def __init__(self, network: Network) -> None:
        self._network = network
        answer = network.run(np.full((48, 64, 3), 255, np.uint8))
        self.classes = answer.shape[2] if answer.ndim == 3 else 0

    def answer(self, strip: Image) -> Answer:
        chances = self._network.run(strip)[0]
        best = chances.argmax(axis=1)
        return best, chances[np.arange(len(best)), best]


class SplitRecogniser:
    """A recogniser on OpenVINO, parted before its last layer."""

    def __init__(self, weights: Path, scaling: Scaling, threads: int, precision: str = "") -> None:
        """Load and part the network. Raises `ValueError` where it does not end in one weighing and a softmax."""
        from openvino import Core, Model, PartialShape
        from openvino import opset13 as ops

        core = Core()
        body = core.read_model(weights)
        _, added, product = _ending(body)
        features, offset = product.input_value(0), added.input_value(1)
        row = ops.gather(product.input_value(1), ops.constant([0]), ops.constant(0))
        first = ops.gather(offset, ops.constant([0]), ops.constant(2))
        nothing = ops.add(ops.matmul(features, row, transpose_a=True, transpose_b=True), first)
        body = taking_pixels(Model([features, nothing.output(0)], body.get_parameters()), scaling)
        self._body: Any = core.compile_model(body, "CPU", properties(threads, precision)).create_infer_request()

        whole = core.read_model(weights)
        softmax, _, product = _ending(whole)
        features = product.input_value(0)
        self._depth = features.get_partial_shape()[1].get_length()
        places = ops.parameter(PartialShape([1, self._depth, -1]), np.float32)
        taker = product.input(0)
        if features.get_node().get_type_name() == "FakeQuantize":  # rounds to 8 bits: without it the weighing is slow
            taker = features.get_node().input(0)
        taker.replace_source_output(places.output(0))
        head = Model([softmax.output(0)], [places])
        self._head: Any = core.compile_model(head, "CPU", properties(threads, precision)).create_infer_request()
        self.classes = head.outputs[0].get_partial_shape()[2].get_length()

    def answer(self, strip: Image) -> Answer:
        self._body.infer([np.ascontiguousarray(strip)[None]], share_inputs=True, share_outputs=True)
        features = self._body.get_output_tensor(0).data[0]
        nothing = self._body.get_output_tensor(1).data[0, :, 0]
        best, chances = np.zeros(len(nothing), np.int64), np.ones(len(nothing), np.float32)
        open_places = np.flatnonzero(nothing <= _NOTHING)
        if open_places.size:
            asked = np.zeros((1, self._depth, -(-open_places.size // _STEP) * _STEP), np.float32)
            asked[0, :, : open_places.size] = features[:, open_places]
            self._head.infer([asked], share_inputs=True, share_outputs=True)
            found = self._head.get_output_tensor(0).data[0, : open_places.size]
            best[open_places] = found.argmax(axis=1)
            chances[open_places] = found[np.arange(open_places.size), best[open_places]]
        return best, chances


def _ending(network: Any) -> tuple[Any, Any, Any]:
    """The last three operations of a network: softmax, offset and weighing. Raises `ValueError` for other ends."""
    softmax = network.outputs[0].get_node().input_value(0).get_node()
    if softmax.get_type_name() != "Softmax":
        raise ValueError("the network does not end in a softmax")
    added = softmax.input_value(0).get_node()
    product = added.input_value(0).get_node() if added.get_type_name() == "Add" else None
    plain = {"transpose_a": True, "transpose_b": True}
    if product is None or product.get_type_name() != "MatMul" or product.get_attributes() != plain:
        raise ValueError("the network's last layer is not weights and an offset")
    return softmax, added, product
