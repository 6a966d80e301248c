"""The cluster engine: pages are read on the nodes of a Ray cluster, everything else in workers of this machine.

On each node stands one actor (cluster_node.py; with GPUs one for each) that keeps as many workers as it has cores, by
the local engine's rules. It is always asked for one *turn* at a time: take these pages, say which are done. What is
sent along is a file's bytes, once for each node, through Ray's object store: no drive is shared.

Which nodes there are is asked anew every second. A node that went away, or fell silent, costs its pages in flight:
they are read elsewhere, and that is no try of theirs. A node of another edition of prescreen is not used.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from pipeline.batch.cluster_node import Edition, Errand, Introduction, Node, Reply, Terms, edition
from pipeline.batch.cluster_session import Member, Session
from pipeline.batch.engine import Done, Job
from pipeline.batch.events import NodeNews
from pipeline.batch.local import START_SECONDS, LocalEngine
from pipeline.batch.parcels import Parcels
from pipeline.config import ClusterSettings
from pipeline.problems import EngineError, PrescreenError

LOSSES = 5
"""Actors that may be lost with a job in flight before the job is given up: it may be what ends them."""
FALL_OUTS = 3
"""Actors in a row that a node may lose without having read a page before it is left alone."""
RESEAT_SECONDS = 20.0
"""How long to wait before an actor is started again where one was lost: Ray needs a while to notice a dead machine."""
PREFETCH = 2
"""Jobs that an actor holds beyond its workers, so that none waits for the next turn or for a file."""
AHEAD = 4
"""Pages that should stand ready for each worker: opening the next case takes this machine longer than reading one."""
LOAD_SECONDS = 60.0
"""How long a run that could begin waits for the other nodes to load their engines."""
SILENT_SECONDS = 60.0
"""An actor answers every second; one that does not for so long is given up."""
WAIT_SECONDS = 0.5
SHARED_SECONDS = 0.05
"""How long to wait for the nodes at a time, alone, or while this machine's workers may answer too."""


@dataclass(slots=True)
class _Host:
    """An actor of ours, on a node. `call` is what it has been asked; `held` are its jobs by number."""

    member: Member
    seat: int
    workers: int
    actor: Any
    call: Any
    asked: float
    ready: bool = False
    name: str = ""
    model: str = ""
    read: int = 0
    held: dict[int, Job] = field(default_factory=dict)
    has: set[str] = field(default_factory=set)

    @property
    def place(self) -> tuple[str, int]:
        return self.member.id, self.seat


class ClusterEngine:
    """Reads on a cluster; to be used with `with`: leaving it ends every actor and every worker."""

    def __init__(
        self,
        session: Session,
        local: LocalEngine,
        terms: Terms,
        settings: ClusterSettings,
        *,
        gpus: bool,
        tell: Callable[[NodeNews], None],
    ) -> None:
        """`terms` of the workers there; `local` does what is not reading. `gpus`: whether the OCR engine uses them."""
        self._session = session
        self._local = local
        self._terms = terms
        self._settings = settings
        self._gpus = gpus
        self._tell = tell
        self._edition: Edition = edition()
        self._prepare: Job | None = None
        self._parcels = Parcels(session.put)
        self._hosts: list[_Host] = []
        self._refused: dict[tuple[str, int], str] = {}
        self._fallen: dict[tuple[str, int], int] = {}
        self._lost: dict[tuple[str, int], float] = {}
        self._waiting: deque[tuple[int, Job]] = deque()
        self._losses: dict[int, int] = {}
        self._ended: deque[Done] = deque()
        self._loaded: list[Done] = []
        self._numbers = 0
        self._alone_since: float | None = None

    def __enter__(self) -> Self:
        self._session.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:  # actors that are killed leave their files to the next one's sweep
                ends = [host.actor.end.remote() for host in self._hosts if host.ready and host.call is None]
                left = time.monotonic() + 10
                while ends and time.monotonic() < left:
                    answered = self._session.answered(ends, 1)
                    ends = [end for end in ends if end not in answered]
            for host in self._hosts:
                self._session.kill(host.actor)
            self._session.__exit__(kind, error, trace)
        finally:
            self._local.__exit__(kind, error, trace)

    # as every engine

    @property
    def free(self) -> int:
        return self._local.free

    @property
    def free_to_read(self) -> int:
        held = sum(host.workers + PREFETCH for host in self._hosts if host.ready)
        return max(0, max(1, held) - self._reads)  # one waits even where no node is left: for the next, or in vain

    @property
    def workers(self) -> int:
        return sum(host.workers for host in self._hosts if host.ready)

    @property
    def ahead(self) -> int:
        return AHEAD * max(1, self.workers)

    @property
    def pending(self) -> int:
        return self._local.pending + self._reads + len(self._ended)

    @property
    def _reads(self) -> int:
        return len(self._waiting) + sum(len(host.held) for host in self._hosts)

    def load(self, job: Job) -> tuple[Done, ...]:
        """Start an actor on every node that is there and have it load the engine; what came of it on each.

        Raises `EngineError` where no node can be used at all.
        """
        self._prepare = job
        self._loaded.clear()
        self._look_around()
        began = time.monotonic()
        while any(not host.ready for host in self._hosts):
            if self.workers and time.monotonic() - began > LOAD_SECONDS:
                break
            self._listen(WAIT_SECONDS)
            self._look_around()
        if not self._loaded:
            reasons = "; ".join(dict.fromkeys(self._refused.values())) or "没有节点提供 CPU 核"
            raise EngineError(f"Ray 集群里没有可用的节点: {reasons}", "请按 docs/cluster.md 检查各节点")
        return tuple(self._loaded)

    def start(self, job: Job) -> None:
        """Give out a job. Raises RuntimeError where nobody is free for it."""
        if not job.files:
            self._local.start(job)
            return
        if not self.free_to_read:
            raise RuntimeError("no worker of the cluster is free")
        self._numbers += 1
        self._waiting.append((self._numbers, job))

    def wait(self) -> Done:
        """Wait for the next job to end. Raises RuntimeError where none is pending, `EngineError` where none can end."""
        while True:
            if self._ended:
                return self._ended.popleft()
            if not self.pending:
                raise RuntimeError("no job is pending")
            if not self._reads:
                done = self._local.poll(WAIT_SECONDS)
                self._look_around()
            else:
                self._look_around()
                self._send()
                self._listen(SHARED_SECONDS if self._local.pending else WAIT_SECONDS)
                self._send()
                done = self._local.poll(0) if self._local.pending else None
            if done is not None:
                return done

    # nodes that come and go

    def _look_around(self) -> None:
        """Start an actor on every node that has none, and give up those that are gone or silent."""
        members = {member.id: member for member in self._session.members()}
        for host in list(self._hosts):
            if host.member.id not in members:
                self._lose(host, "已关机或断开")
            elif host.call is not None and time.monotonic() - host.asked > self._patience(host):
                self._lose(host, "没有应答")
        seated = {host.place for host in self._hosts}
        for member in members.values():
            for seat, (cores, gpus, workers) in enumerate(self._seats(member)):
                place = member.id, seat
                lately = time.monotonic() - self._lost.get(place, -RESEAT_SECONDS) < RESEAT_SECONDS
                if place not in seated and place not in self._refused and not lately:
                    self._seat(member, seat, cores, gpus, workers)
        self._mind_being_alone()

    def _patience(self, host: _Host) -> float:
        if host.ready:
            return SILENT_SECONDS
        return START_SECONDS + (self._prepare.seconds if self._prepare else 0)

    def _seats(self, member: Member) -> Iterator[tuple[int, int, int]]:
        """Cores, GPUs and workers of each actor that a node is given: one for its cores, or one for each GPU."""
        threads = self._terms.threads
        if self._gpus and member.gpus:
            share = max(1, member.cores // member.gpus)
            workers = max(1, min(self._settings.workers_per_gpu, share // threads))
            for _ in range(member.gpus):
                yield min(workers * threads, share), 1, workers
        elif member.cores >= threads:
            workers = member.cores // threads
            yield workers * threads, 0, workers

    def _seat(self, member: Member, seat: int, cores: int, gpus: int, workers: int) -> None:
        if self._prepare is None:
            return
        terms = Terms(workers, self._terms.threads, self._terms.memory_mb, self._terms.recycle, self._terms.silence)
        actor = self._session.actor(Node, member, cores=cores, gpus=gpus, args=(terms,))
        call = actor.begin.remote(self._edition, self._prepare)
        self._hosts.append(_Host(member, seat, workers, actor, call, time.monotonic()))

    def _mind_being_alone(self) -> None:
        if self._hosts:
            self._alone_since = None
            return
        now = time.monotonic()
        self._alone_since = self._alone_since or now
        if self._reads and now - self._alone_since > self._settings.wait_seconds:
            raise EngineError(
                f"Ray 集群里已有 {self._settings.wait_seconds} 秒没有可用的节点",
                "已识别的页已保存; 请启动节点后再次运行同一命令, 或用 --engine local 在本机继续",
            )

    def _lose(self, host: _Host, reason: str) -> None:
        """Part with an actor; its jobs go back to the head of the queue, and that is no try of theirs."""
        self._hosts.remove(host)
        self._session.kill(host.actor)
        self._lost[host.place] = time.monotonic()
        self._fallen[host.place] = 0 if host.read else self._fallen.get(host.place, 0) + 1
        if self._fallen[host.place] >= FALL_OUTS:
            self._refused[host.place] = f"节点 {host.name or host.member.address} 启动不了: {reason}"
        if host.ready or host.place in self._refused:
            self._tell(NodeNews(host.name or host.member.address, "lost", reason, len(host.held)))
        self._parcels.renew(host.has)
        for number, job in sorted(host.held.items(), reverse=True):
            self._parcels.done(number)
            self._losses[number] = self._losses.get(number, 0) + 1
            if self._losses[number] >= LOSSES:
                self._finish(number, Done(job, fault="died"))
            else:
                self._waiting.appendleft((number, job))

    def _refuse(self, host: _Host, reason: str) -> None:
        self._hosts.remove(host)
        self._session.kill(host.actor)
        name = host.name or host.member.address
        self._refused[host.place] = f"节点 {name} {reason}"
        self._tell(NodeNews(name, "refused", reason))

    # what they are asked and what they say

    def _send(self) -> None:
        """Give every actor that has nothing to answer its next turn; pages go where most workers are free."""
        idle = [host for host in self._hosts if host.ready and host.call is None]
        given: dict[tuple[str, int], list[Errand]] = {}
        while self._waiting and idle:
            host = max(idle, key=lambda one: (one.workers - len(one.held)) / one.workers)
            if len(host.held) >= host.workers + PREFETCH:
                break
            number, job = self._waiting.popleft()
            host.held[number] = job
            keys = ((path, self._parcels.key(path, number)) for path in job.files)
            files = tuple((path, key) for path, key in keys if key is not None)
            given.setdefault(host.place, []).append(
                Errand(number, job.function, job.args, job.seconds, job.first, files)
            )
        for host in idle:
            if host.held:
                self._turn(host, given.get(host.place, []))

    def _turn(self, host: _Host, errands: list[Errand]) -> None:
        wanted = {key for errand in errands for _, key in errand.files} - host.has
        gone = host.has - self._parcels.keys
        contents = {key: self._parcels.content(key) for key in sorted(wanted)}
        host.call = host.actor.turn.remote(errands, contents, sorted(gone))
        host.asked = time.monotonic()
        host.has = (host.has | wanted) - gone

    def _listen(self, seconds: float) -> None:
        calls = {host.call: host for host in self._hosts if host.call is not None}
        if not calls:
            time.sleep(min(seconds, WAIT_SECONDS))
            return
        for call in self._session.answered(list(calls), seconds):
            host, host_call = calls[call], call
            host.call = None
            try:
                answer = self._session.answer(host_call)
            except PrescreenError:
                raise
            except Exception as error:  # whichever way it went: the actor is of no more use
                self._fell(host, error)
                continue
            if isinstance(answer, Introduction):
                self._welcome(host, answer)
            else:
                self._settle(host, answer)

    def _fell(self, host: _Host, error: Exception) -> None:
        told = str(error)
        if not host.ready and "ModuleNotFoundError" in told:
            self._refuse(host, "没有安装 prescreen, 或版本过旧")
        else:
            self._lose(host, f"中断 ({type(error).__name__})")

    def _welcome(self, host: _Host, answer: Introduction) -> None:
        host.name = answer.host
        if answer.loaded is None:
            theirs, ours = answer.edition, self._edition
            self._refuse(host, f"的 prescreen 是 {theirs.program} (识别 {theirs.reading}), "
                               f"本机是 {ours.program} (识别 {ours.reading}), 不使用")  # fmt: skip
        elif answer.loaded.fault is not None:
            raised = answer.loaded.raised
            why = raised.message if isinstance(raised, PrescreenError) else str(raised or answer.loaded.fault)
            self._loaded.append(answer.loaded)
            self._refuse(host, f"的识别引擎无法启动: {why}")
        else:
            host.ready, host.model = True, str(answer.loaded.value)
            self._loaded.append(answer.loaded)
            self._tell(NodeNews(host.name, "joined", host.model, host.workers))

    def _settle(self, host: _Host, replies: list[Reply]) -> None:
        for reply in replies:
            job = host.held.pop(reply.number, None)
            if job is not None:
                host.read += 1
                done = Done(job, reply.value, reply.fault, reply.raised, reply.seconds, host.model)
                self._finish(reply.number, done)

    def _finish(self, number: int, done: Done) -> None:
        self._losses.pop(number, None)
        self._parcels.done(number)
        self._ended.append(done)
