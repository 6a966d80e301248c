"""Running one neural network on one image: OpenVINO or ONNX Runtime, with memory that stays flat over any page.

Both take pixels as they are (uint8, RGB) and scale them for the network, OpenVINO inside its own graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Image

_KERNELS_KEPT = 5000
"""Layers for which OpenVINO keeps prepared kernels, one per layer and input shape. The engine asks for few shapes
(`rapid.py` rounds sizes up), so all of them fit: with too few, every image costs twice its arithmetic in preparing."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """What a network expects of its pixels: (value / 255 - mean) / std, channels in the order blue, green, red."""

    mean: tuple[float, float, float] = (0.5, 0.5, 0.5)
    std: tuple[float, float, float] = (0.5, 0.5, 0.5)


class Network(Protocol):
    """A loaded network with one input (1 x 3 x height x width) and one output."""

    def run(self, image: Image) -> npt.NDArray[np.float32]:
        """Give the output for one image; it is overwritten by the next call."""
        ...


def taking_pixels(network: Any, scaling: Scaling) -> Any:
    """Give an OpenVINO model that takes RGB pixels (uint8, 1 x height x width x 3) and scales them itself."""
    from openvino import Layout, Type
    from openvino.preprocess import ColorFormat, PrePostProcessor

    steps = PrePostProcessor(network)
    steps.input().tensor().set_element_type(Type.u8).set_layout(Layout("NHWC")).set_color_format(ColorFormat.RGB)
    steps.input().preprocess().convert_color(ColorFormat.BGR).convert_element_type(Type.f32).mean(
        [255 * m for m in scaling.mean]
    ).scale([255 * s for s in scaling.std])
    steps.input().model().set_layout(Layout("NCHW"))
    return steps.build()


def properties(threads: int, precision: str) -> dict[str, Any]:
    """What OpenVINO's CPU plugin is to keep to; `precision` as for `OpenVinoNetwork`."""
    given: dict[str, Any] = {
        "INFERENCE_NUM_THREADS": threads,
        "CPU_RUNTIME_CACHE_CAPACITY": str(_KERNELS_KEPT),
        # Left to itself, every process ties its thread to the first core, and all workers share that one.
        "ENABLE_CPU_PINNING": False,
    }
    if precision:
        given["INFERENCE_PRECISION_HINT"] = precision
    return given


class OpenVinoNetwork:
    """A network on OpenVINO's CPU plugin.

    Source: https://docs.openvino.ai (optimize preprocessing; CPU device, CPU_RUNTIME_CACHE_CAPACITY).
    """

    def __init__(self, weights: Path, scaling: Scaling, threads: int, precision: str = "") -> None:
        """Compile `weights` (.onnx, or .xml with its .bin beside it) for `threads` threads.

        `precision`: "f32" computes in it wherever the weights are not 8 bit; "" leaves it to OpenVINO, which uses
        bfloat16 where the processor has it.
        """
        from openvino import Core

        core = Core()
        network = taking_pixels(core.read_model(weights), scaling)
        self._request: Any = core.compile_model(network, "CPU", properties(threads, precision)).create_infer_request()

    def run(self, image: Image) -> npt.NDArray[np.float32]:
        self._request.infer([np.ascontiguousarray(image)[None]], share_inputs=True, share_outputs=True)
        return np.asarray(self._request.get_output_tensor(0).data)


class OnnxNetwork:
    """A network on ONNX Runtime's CPU provider."""

    def __init__(self, weights: Path, scaling: Scaling, threads: int) -> None:
        """Load `weights` (.onnx) for `threads` threads."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.enable_cpu_mem_arena = False  # an arena keeps what the largest page ever needed
        options.log_severity_level = 4
        self._session: Any = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
        self._input: str = self._session.get_inputs()[0].name
        self._scaling = scaling

    def run(self, image: Image) -> npt.NDArray[np.float32]:
        mean, std = (np.array(values, np.float32) for values in (self._scaling.mean, self._scaling.std))
        scaled = cv2.cvtColor(image, cv2.COLOR_RGB2BGR).astype(np.float32) / 255
        pixels = np.ascontiguousarray(((scaled - mean) / std).transpose(2, 0, 1)[None], np.float32)
        return np.asarray(self._session.run(None, {self._input: pixels})[0])
