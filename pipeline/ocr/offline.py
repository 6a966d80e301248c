"""Nothing leaves the machine: what the engines' packages would report or ask over the network is switched off here.

Each of them decides when it is imported, so this runs when `pipeline.ocr` is imported, before any of them; child
processes inherit the variables. Found by watching what a bare import does:
onnxruntime (from 1.2x on, also on Linux) writes a device id into the home folder and sends events;
openvino imports openvino_telemetry where it is installed and sends an event; paddlex asks model hosts for a heartbeat;
huggingface_hub, which paddlex imports, reports its use.
"""

from __future__ import annotations

import os
import sys

_SILENT = {
    "ORT_DISABLE_TELEMETRY": "1",
    "PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK": "True",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}


def stay_offline() -> None:
    """Switch off telemetry and look-ups of onnxruntime, openvino, paddlex and the model hubs; may be called again."""
    os.environ.update(_SILENT)
    # openvino falls back on a stub of its own where this import fails, and None in sys.modules is Python's way to
    # make an import fail.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
