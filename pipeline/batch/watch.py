"""`prescreen watch`: a folder is looked at again and again; whatever is complete in it is screened into one run folder.

Every round is a whole run over all complete cases: pages that are known are not read again, so the run folder always
shows what lies in the folder now. Nothing of the user's is changed, moved or marked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.batch.desk import OnEvent
from pipeline.batch.events import CaseDone, Event
from pipeline.batch.inbox import Watchlist, held, look
from pipeline.batch.progress import finished
from pipeline.batch.ready import keep_apart
from pipeline.batch.result import BatchResult
from pipeline.intake.discover import Batch, Skipped, discover
from pipeline.intake.failures import reason_zh
from pipeline.intake.kinds import kind_of_name
from pipeline.intake.names import natural_key, shown
from pipeline.problems import PASSING, ExitCode, InputError, UsageError, WorkspaceError
from pipeline.store.ledger import Ledger
from pipeline.store.workspace import Workspace

LATE = "仍在拷贝或刚有变动, 完成后自动初筛"
_NAMES_IN_A_LINE = 5
_LONGEST_WAIT = 3600.0
"""Seconds after which at most is tried again what could not be read, or a run folder that could not be written."""

Screen = Callable[[Callable[[Batch], Batch], OnEvent], BatchResult]
"""Runs the batch: which of its cases are ready, whom to tell. Raises what `run_batch` raises."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is watched and how: seconds between two looks, seconds of quiet after which a case is complete."""

    inbox: Path
    run_dir: Path
    every: float
    settle: float


@dataclass(slots=True)
class Watch:
    """One watcher. `tell` is given one line for each thing that happens; `clock` only goes forward, in seconds."""

    plan: Plan
    screen: Screen
    tell: Callable[[str], None]
    out_of_time: Callable[[], bool] = lambda: False
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _list: Watchlist = field(init=False)
    _away: str = ""
    """What was told of why the folder cannot be looked at."""
    _mentioned: set[str] = field(default_factory=set)
    _screened: frozenset[str] = frozenset()
    _again: dict[str, tuple[int, float]] = field(default_factory=dict)
    """Children that could not be read: how often, and when they are taken once more."""
    _refused: tuple[str, int] = ("", 0)
    _not_before: float = 0.0
    _running: bool = False

    def __post_init__(self) -> None:
        inbox = self.plan.inbox
        if inbox.exists() and not inbox.is_dir():
            raise UsageError(f"收件文件夹不是文件夹: {inbox}", "单个案卷请用 prescreen run")
        keep_apart(inbox, Batch((), ()), self.plan.run_dir)
        self._list = Watchlist(self.plan.settle, lambda name: held(inbox / name))

    def forever(self) -> ExitCode:
        """Watch until there is no time left or somebody interrupts.

        Raises `EngineError`, `UsageError`, `WorkspaceError` (another watcher; a run folder that cannot be written), and
        KeyboardInterrupt in the middle of a run; between two runs that is an ordinary end.
        """
        plan = self.plan
        with Workspace(plan.run_dir).watched():
            quiet = f"{plan.settle:g} 秒没有变动的案卷即初筛"
            self.tell(f"开始监视 {plan.inbox}: 每 {plan.every:g} 秒查看一次, {quiet}; 结果写在 {plan.run_dir}")
            ended = ExitCode.OK
            try:
                while not self.out_of_time():
                    if self._look() and self._is_due():
                        ended = self._round_or_later()
                    if not self.out_of_time():
                        self.sleep(plan.every)
            except KeyboardInterrupt:
                if self._running:
                    raise
                self.tell("停止监视")
                return ExitCode.OK
            self.tell("已到 --until 的时间, 停止监视")
            return ended if ended == ExitCode.OUT_OF_TIME else ExitCode.OK

    def once(self) -> ExitCode:
        """Look for as long as cases must be quiet, screen what is complete, and end, with the exit code of the run.

        Where something was still being copied the answer is INCOMPLETE at least. Raises what `forever` raises, and
        `InputError` where the folder cannot be looked at or holds no case.
        """
        with Workspace(self.plan.run_dir).watched():
            began = self.clock()
            while True:
                if not self._look():
                    raise InputError(f"收件文件夹读不了: {self.plan.inbox} ({self._away})", "请检查路径和网络盘连接")
                left = self.plan.settle - (self.clock() - began)
                if left <= 0:
                    break
                self.sleep(min(self.plan.every, left))
            found = discover(self.plan.inbox)
            late = [case.path.name for case in found.cases if case.path.name not in self._list.complete(self.clock())]
            if late:
                self.tell(f"留待下次 (仍在拷贝或刚有变动): {listed(late)}")
            if found.cases and len(late) == len(found.cases):
                return ExitCode.INCOMPLETE
            ended = self._round()
            return ExitCode.INCOMPLETE if late and ended == ExitCode.OK else ended

    def _look(self) -> bool:
        """Look at the folder; tells whether there was anything to see."""
        try:
            seen = look(self.plan.inbox, self.plan.run_dir)
        except OSError as error:
            self._is_away(reason_zh(error), "收件文件夹打不开")
            return False
        if not seen and self._screened:  # what is left of a share that is not mounted looks like an empty folder
            self._is_away("变空了", "收件文件夹变空了, 可能是网络盘断开; 已有结果保留")
            return False
        if self._away:
            self.tell("收件文件夹已恢复")
            self._away = ""
        moved = self._list.saw(seen, self.clock())
        news = [name for name in moved if name not in self._mentioned and kind_of_name(name) != "other"]
        self._mentioned |= set(moved)
        if news and self.plan.settle:
            self.tell(f"发现 {listed(news)}, 等待拷贝完成")
        return True

    def _is_away(self, reason: str, told: str) -> None:
        if self._away != reason:
            self.tell(f"{told} ({reason}), 等待恢复: {self.plan.inbox}" if reason not in told else told)
            self._away = reason

    def _is_due(self) -> bool:
        """Whether there is anything that a run would do."""
        now = self.clock()
        if now < self._not_before:
            return False
        ripe = frozenset(name for name, (_, when) in self._again.items() if when <= now)
        self._list.release(ripe)
        fresh, gone = self._list.fresh(now), self._list.gone(now)
        if not fresh and not gone & self._screened:
            return False
        try:
            found = discover(self.plan.inbox)
        except InputError:
            return False  # gone since it was looked at
        cases = {case.path.name for case in found.cases}
        if cases & fresh or (gone & self._screened and cases & self._list.complete(now)):
            return True
        self._list.take(fresh)
        return False

    def _round_or_later(self) -> ExitCode:
        """Run, or wait where that is not possible now: a share that went, a disk that is full, a run by hand."""
        try:
            ended = self._round()
        except (InputError, WorkspaceError) as error:
            self._running = False
            words, times = self._refused
            if words != error.message:
                self.tell(f"暂不能初筛, 稍后再试: {error.message}。{error.advice}")
                times = 0
            self._refused = error.message, times + 1
            self._not_before = self.clock() + self._pause(times)
            return ExitCode.OK
        self._refused = "", 0
        return ended

    def _pause(self, times: int) -> float:
        return float(min(_LONGEST_WAIT, self.plan.every * 2 ** min(times, 20)))

    def _round(self) -> ExitCode:
        """Run over all that is complete; raises what the run raises."""
        now = self.clock()
        complete, fresh = self._list.complete(now), self._list.fresh(now)
        gone = self._list.gone(now) & self._screened
        ids: dict[str, str] = {}
        told: set[str] = set()

        def ready(found: Batch) -> Batch:
            ids.update({case.path.name: case.case_id for case in found.cases if case.path.name in complete})
            late = (Skipped(shown(case.path.name), LATE) for case in found.cases if case.path.name not in complete)
            whole = Batch(tuple(c for c in found.cases if c.path.name in complete), (*found.skipped, *late))
            new = [name for name in ids if name in fresh]
            told.update(ids[name] for name in new)
            self.tell(f"开始初筛: 共 {len(ids)} 个案卷" + (f", 新到或有变动: {listed(new)}" if new else ""))
            if gone:
                self.tell(f"已不在收件文件夹, 结果随之移除: {listed(gone)}")
            return whole

        def on_event(event: Event) -> None:
            if isinstance(event, CaseDone) and event.row.case_id in told:
                self.tell(finished(event))

        self._running = True
        result = self.screen(ready, on_event)
        self._running = False
        self._done(result, ids, told)
        if result.ending == "finished":
            self._screened = frozenset(ids)
            self._list.take(complete)
            self._mentioned -= complete
            self._remember_unread(ids)
        return result.exit_code

    def _done(self, result: BatchResult, ids: Mapping[str, str], told: Collection[str]) -> None:
        for row in result.summary.cases:
            if row.same_as and row.case_id in told:
                self.tell(f"{row.case_id} 与 {row.same_as} 内容相同, 各页未重复识别")
        short = sum(row.status != "screened" for row in result.summary.cases)
        unread = f", 其中 {short} 个未能全部读取" if short else ""
        self.tell(
            f"完成: {len(result.summary.cases)} / {len(ids)} 个案卷{unread}; 新识别 {result.pages_read} 页, "
            f"沿用 {result.pages_reused} 页, 用时 {result.seconds:.0f} 秒; 汇总: {result.index}"
        )

    def _remember_unread(self, ids: Mapping[str, str]) -> None:
        """Have what could not be read at that moment taken again, ever more seldom while it stays so."""
        with Ledger(Workspace(self.plan.run_dir).ledger, read_only=True) as ledger:
            unread = {row.case_id for row in ledger.cases() if any(code in PASSING for code, *_ in row.problems)}
        before, self._again = self._again, {}
        for name in sorted(name for name, case_id in ids.items() if case_id in unread):
            times = before[name][0] + 1 if name in before else 0
            self._again[name] = times, self.clock() + self._pause(times)
        news = self._again.keys() - before.keys()
        if news:
            self.tell(f"当时读不到或正被替换, 稍后自动重读: {listed(news)}")


def listed(names: Collection[str]) -> str:
    """Name a few, and say how many there are."""
    order = sorted(names, key=natural_key)
    more = f" 等 {len(order)} 个" if len(order) > _NAMES_IN_A_LINE else ""
    return "、".join(shown(name) for name in order[:_NAMES_IN_A_LINE]) + more
