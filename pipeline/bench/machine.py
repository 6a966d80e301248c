"""On what the figures were measured: processor, cores, system, versions; and what a process holds in memory."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

PACKAGES = ("rapidocr", "paddleocr", "onnxruntime", "openvino", "opencv-python-headless", "numpy")
INSTRUCTIONS = (
    "sse4_2", "avx", "avx2", "fma", "f16c", "avx_vnni", "avx512f", "avx512bw", "avx512_vnni", "avx512_bf16",
    "avx512_fp16", "amx_tile", "amx_int8", "amx_bf16", "asimd", "asimddp", "i8mm", "bf16", "sve",
)  # fmt: skip
"""Of all flags of a processor, those that matter for the arithmetic of a model."""
MB = 1024 * 1024


def describe_machine(cores: int) -> dict[str, Any]:
    """Describe this machine; `cores` is how many of them everybody gets."""
    from pipeline import __version__

    return {
        "cpu": cpu_model(),
        "cores_used": cores,
        "cores": os.cpu_count() or 1,
        "physical_cores": psutil.cpu_count(logical=False),
        "instruction_sets": instruction_sets(),
        "memory_mb": round(psutil.virtual_memory().total / MB),
        "load_before": round(psutil.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {"prescreen": __version__} | {name: _version(name) for name in PACKAGES},
    }


def cpu_model() -> str:
    """Name the processor as the system does."""
    if sys.platform == "linux":
        lines = Path("/proc/cpuinfo").read_text("utf-8", errors="replace").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith(("model name", "Model"))]
        return next(iter(names), "") or platform.processor() or platform.machine()
    if sys.platform == "darwin":
        told = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True, check=False
        )
        return told.stdout.strip() or platform.processor()
    return platform.processor() or platform.machine()


def instruction_sets() -> list[str]:
    """Name the instruction sets that matter here; where the system does not tell, those that OpenCV sees."""
    if sys.platform == "linux":
        lines = Path("/proc/cpuinfo").read_text("utf-8", errors="replace").splitlines()
        flags = {flag for line in lines if line.startswith(("flags", "Features")) for flag in line.split()}
        return [name for name in INSTRUCTIONS if name in flags]
    import cv2

    return [name.strip("*") for name in cv2.getCPUFeaturesLine().split() if not name.endswith("?")]


def available_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def stay_on(cores: int) -> None:
    """Keep this process to as many cores, where it could have more and the system knows how."""
    process = psutil.Process()
    if hasattr(process, "cpu_affinity") and cores < available_cores():
        process.cpu_affinity(sorted(process.cpu_affinity())[:cores])


def memory_mb() -> float:
    """What this process holds in memory now."""
    return float(psutil.Process().memory_info().rss) / MB


def peak_memory_mb() -> float:
    """What this process held in memory at most, its libraries included."""
    if sys.platform == "linux":  # ru_maxrss would count the parent, from which a process is forked
        for line in Path("/proc/self/status").read_text("utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
        return memory_mb()
    if sys.platform == "win32":
        return float(psutil.Process().memory_info().peak_wset) / MB
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB


def cpu_seconds() -> float:
    """Processor time of this process and of those it has started and seen end (on Windows: of this one only)."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
