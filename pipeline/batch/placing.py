"""Which engine a batch runs on: processes of this machine, or a Ray cluster beside them."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.batch.engine import Engine
from pipeline.batch.events import NodeNews
from pipeline.batch.local import Recycle, local_engine, worker_count
from pipeline.config import Settings


def engine_for(settings: Settings, tell: Callable[[NodeNews], None]) -> Engine:
    """Set up the engine that the settings name; on a cluster, `tell` hears of the nodes that come and go.

    Raises `UsageError` for an address that cannot be used, `EngineError` where Ray is not installed.
    """
    threads = settings.ocr.threads
    if settings.run.engine == "local":
        return local_engine(worker_count(settings.run.workers, threads), settings)
    from pipeline.batch.cluster import ClusterEngine
    from pipeline.batch.cluster_node import Terms
    from pipeline.batch.cluster_session import Session

    limits = settings.limits
    cores = worker_count(0, 1)
    session = Session(settings.run.address, cores=cores, store_mb=settings.cluster.store_mb)
    recycle = Recycle(limits.recycle_jobs, limits.recycle_mb)
    terms = Terms(0, threads, limits.memory_mb, recycle, float(limits.seconds_of_silence))
    beside = settings.run.workers or max(1, cores // 2)
    gpus = settings.ocr.engine == "paddle"
    return ClusterEngine(session, local_engine(beside, settings), terms, settings.cluster, gpus=gpus, tell=tell)
