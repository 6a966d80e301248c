"""The connection to a Ray cluster: which addresses there are, what its nodes offer, and whether it still answers.

Ray is an extra (`pip install prescreen[cluster]`) and imported here and beside it only. Usage statistics, the
dashboard and the forwarding of the nodes' logs are off; nothing of a case is ever logged.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pipeline.problems import EngineError, UsageError

LOCAL = ("", "local")
ASK_SECONDS = 1.0
"""How often the head is asked which nodes there are."""
SILENT_SECONDS = 30.0
"""After how long a cluster that answers nothing is given up: before Ray itself ends the whole process (60 s)."""
CLOSED_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}

TOKENS = {"RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"}


@dataclass(frozen=True, slots=True)
class Member:
    """A living node: its id, the address it is known by, how many cores and GPUs it offers."""

    id: str
    address: str
    cores: int
    gpus: int


class Session:
    """A connection to a cluster, or a Ray of its own on this machine; to be used with `with`."""

    def __init__(self, address: str, *, cores: int, store_mb: int) -> None:
        """Prepare for `address`; `cores` and `store_mb` (object store) hold for a Ray of its own.

        Raises `UsageError` for an address of another kind, `EngineError` where Ray is not installed.
        """
        if "://" in address:
            raise UsageError(
                f"不支持的集群地址: {address}",
                "请在本机先执行 ray start --address=主机:6379 加入集群, 再用 --address 主机:6379 (docs/cluster.md)",
            )
        try:
            os.environ.update({name: os.environ.get(name, value) for name, value in CLOSED_ENVIRONMENT.items()})
            _require_token(own=address in LOCAL)
            import ray
        except ImportError as error:
            raise EngineError(
                f"没有安装 Ray, 不能使用 --engine ray ({error.name or error})",
                '请执行 pip install "prescreen[cluster]", 或改用 --engine local',
            ) from error
        self._ray: Any = ray
        self._address = address
        self._cores = cores
        self._store_mb = store_mb
        self._folder: Path | None = None
        self._heard = 0.0
        self._members: tuple[Member, ...] = ()
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        """Connect. Raises `EngineError` where the cluster does not answer or is of another version."""
        before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            self._connect()
        except Exception as error:  # Ray tells what is wrong in many ways
            self.__exit__(None, None, None)
            raise EngineError(
                f"连接不上 Ray 集群 {self._address or 'local'}: {type(error).__name__}: {_first_line(error)}",
                "请检查地址和防火墙; 本机也要先执行 ray start --address=主机:6379 加入集群; "
                "各机的 Python 和 Ray 版本须相同 (docs/cluster.md)",
            ) from error
        finally:
            with contextlib.suppress(ValueError):  # not in the main thread
                for name, handler in before.items():  # whoever ends us politely is to be heard as before
                    signal.signal(name, handler)
        self._heard = time.monotonic()
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def _connect(self) -> None:
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "CRITICAL"}
        if self._address not in LOCAL:
            self._ray.init(address=self._address, **quiet)
        else:
            # Ray's sockets lie in it, and their paths may not be long: not in the run folder.
            self._folder = Path(tempfile.mkdtemp(prefix="ps-ray-"))
            self._ray.init(
                address="local",
                num_cpus=self._cores,
                include_dashboard=False,
                object_store_memory=self._store_mb * 1024 * 1024,
                _node_ip_address="127.0.0.1",
                _temp_dir=str(self._folder),
                _system_config={"automatic_object_spilling_enabled": False, "worker_niceness": 0},
                **quiet,
            )
        with contextlib.suppress(AttributeError):  # what Ray tells of its nodes' processes, it prints between our lines
            self._ray._private.worker.print_to_stdstream = _print_nothing
        self._members = self._ask()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        with contextlib.suppress(Exception):  # a cluster that is gone cannot be left politely
            self._ray.shutdown()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def members(self) -> tuple[Member, ...]:
        """List the living nodes, as last heard. Raises `EngineError` where the cluster has been silent too long."""
        if time.monotonic() - self._heard > SILENT_SECONDS:
            raise EngineError(
                f"Ray 集群 {self._address or 'local'} 已有 {SILENT_SECONDS:.0f} 秒没有应答",
                "已识别的页已保存; 请检查集群主机和网络后再次运行同一命令, 或用 --engine local 在本机继续",
            )
        return self._members

    def _ask(self) -> tuple[Member, ...]:
        return tuple(
            Member(
                node["NodeID"],
                node["NodeManagerAddress"],
                int(node["Resources"].get("CPU", 0)),
                int(node["Resources"].get("GPU", 0)),
            )
            for node in self._ray.nodes()
            if node["Alive"]
        )

    def _watch(self) -> None:
        """Ask the head again and again, in a thread of its own: where it is gone, the question never returns."""
        while not self._closed.wait(ASK_SECONDS):
            with contextlib.suppress(Exception):
                self._members = self._ask()
                self._heard = time.monotonic()

    # what the engine does with it

    def put(self, content: bytes) -> Any:
        """Put bytes into the object store, once for all nodes."""
        import numpy as np

        return self._ray.put(np.frombuffer(content, np.uint8))  # an array is read there in place, without a copy

    def actor(self, kind: type, member: Member, *, cores: int, gpus: int, args: tuple[Any, ...]) -> Any:
        """Start an actor on a node; Ray never starts it again by itself."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        remote = self._ray.remote(num_cpus=cores, num_gpus=gpus, max_restarts=0, max_task_retries=0)(kind)
        return remote.options(scheduling_strategy=NodeAffinitySchedulingStrategy(member.id, soft=False)).remote(*args)

    def answered(self, calls: list[Any], seconds: float) -> list[Any]:
        """Wait at most so long for some of the calls to be answered."""
        ready, _ = self._ray.wait(calls, num_returns=1, timeout=max(seconds, 0))
        if ready:
            more, _ = self._ray.wait(calls, num_returns=len(calls), timeout=0)
            return list(more)
        return []

    def answer(self, call: Any) -> Any:
        """Give the answer of a call; raises what Ray raises where there is none."""
        return self._ray.get(call, timeout=SILENT_SECONDS)

    def kill(self, actor: Any) -> None:
        """End an actor, if it can still be reached."""
        with contextlib.suppress(Exception):
            self._ray.kill(actor, no_restart=True)


def _print_nothing(*_: object, **__: object) -> None:
    """Take the place of Ray's printing: `log_to_driver` leaves it its messages about nodes that died."""


def _require_token(*, own: bool) -> None:
    """Have Ray ask for a token, as `ray start` does where there is one; a Ray of our own gets one for this once.

    Without it Ray would write a token of its own into the user's home. What the user has set stays.
    """
    if "RAY_AUTH_MODE" in os.environ:
        return
    if own:
        os.environ.update(RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=secrets.token_hex(32))
    elif TOKENS & os.environ.keys() or (Path.home() / ".ray" / "auth_token").is_file():
        os.environ["RAY_AUTH_MODE"] = "token"


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), "")[:200]
