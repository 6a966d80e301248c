"""The cluster engine without a cluster: a session of the tests' own says which nodes there are and what they answer."""

import pytest
from inline_engine import InlineEngine

from pipeline.batch import cluster as cluster_module
from pipeline.batch.cluster import FALL_OUTS, LOSSES, PREFETCH, ClusterEngine
from pipeline.batch.cluster_node import Edition, Introduction, Reply, Terms, edition
from pipeline.batch.cluster_session import Member
from pipeline.batch.engine import Done, Job
from pipeline.batch.local import Recycle
from pipeline.config import load_settings
from pipeline.problems import EngineError

OTHER = Edition("0.0.1", "1")


class LostError(Exception):
    """What Ray raises of an actor that is gone."""


class Method:
    def __init__(self, function):
        self._function = function

    def remote(self, *args):
        return Call(self._function, args)


class Call:
    def __init__(self, function, args):
        self._function, self._args = function, args

    def answer(self):
        return self._function(*self._args)


class Actor:
    """A node's actor: answers every errand with its arguments, unless it is to break."""

    def __init__(self, session, member, cores, gpus, terms):
        self.session, self.member, self.cores, self.gpus, self.terms = session, member, cores, gpus, terms
        self.begin, self.turn, self.end = Method(self._begin), Method(self._turn), Method(lambda: None)
        self.held, self.contents = [], {}

    def _begin(self, wanted, prepare):
        own = self.session.editions.get(self.member.id, wanted)
        if self.member.id in self.session.broken:
            raise LostError("The actor died")
        if self.member.id in self.session.bare:
            raise LostError("ModuleNotFoundError: No module named 'pipeline'")
        loaded = Done(prepare, self.session.models.get(self.member.id, "model")) if own == wanted else None
        if self.member.id in self.session.unable:
            loaded = Done(prepare, fault="raised", raised=EngineError("缺少识别模型文件"))
        return Introduction(f"host-{self.member.id}", own, loaded)

    def _turn(self, errands, contents, gone):
        self.contents |= contents
        for key in gone:
            del self.contents[key]
        if errands and self.member.id in self.session.deadly:
            raise LostError("The actor died")
        for errand in errands:
            assert all(key in self.contents for _, key in errand.files)
        return [Reply(errand.number, errand.args, None, None, 0.1) for errand in errands]


class FakeSession:
    """`editions`, `models`, and which nodes break: `broken` at their start, `deadly` with the first page."""

    def __init__(self, *members):
        self.here = list(members)
        self.editions, self.models = {}, {}
        self.broken, self.bare, self.unable, self.deadly = set(), set(), set(), set()
        self.actors, self.killed, self.put_there = [], [], []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def members(self):
        return tuple(self.here)

    def put(self, content):
        self.put_there.append(content)
        return len(self.put_there)

    def actor(self, kind, member, *, cores, gpus, args):
        self.actors.append(Actor(self, member, cores, gpus, *args))
        return self.actors[-1]

    def answered(self, calls, seconds):
        return calls

    def answer(self, call):
        return call.answer()

    def kill(self, actor):
        self.killed.append(actor)


def member(name, cores=1, gpus=0):
    return Member(name, f"10.0.0.{name}", cores, gpus)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(cluster_module, "RESEAT_SECONDS", 0.0)
    monkeypatch.setattr(cluster_module, "WAIT_SECONDS", 0.01)


@pytest.fixture
def make():
    heard = []

    def go(*members, gpus=False, threads=1, **settings):
        session = FakeSession(*members)
        given = load_settings(None, cluster=settings).cluster
        terms = Terms(0, threads, 512, Recycle(), 60.0)
        engine = ClusterEngine(session, InlineEngine(), terms, given, gpus=gpus, tell=heard.append)
        return engine, session, heard

    return go


@pytest.fixture
def page(tmp_path):
    def job(number):
        path = tmp_path / f"{number % 3}.pdf"
        path.write_bytes(b"%PDF")
        return Job(len, (path,), 10.0, number, None, (path,))

    return job


PREPARE = Job(len, ((),), 10.0)


def read_all(engine, jobs):
    waiting, done = list(jobs), []
    while waiting or engine.pending:
        while waiting and engine.free_to_read:
            engine.start(waiting.pop(0))
        done.append(engine.wait())
    return done


def test_every_core_of_every_node_reads(make, page):
    engine, session, heard = make(member("1", 2), member("2", 5))
    loaded = engine.load(PREPARE)
    assert [done.value for done in loaded] == ["model", "model"]
    assert [(actor.cores, actor.terms.workers) for actor in session.actors] == [(2, 2), (5, 5)]
    assert engine.workers == 7 and engine.free_to_read == 7 + 2 * PREFETCH
    done = read_all(engine, [page(n) for n in range(30)])
    assert sorted(one.job.tag for one in done) == list(range(30))
    assert {one.model for one in done} == {"model"}
    assert [(news.what, news.node, news.jobs) for news in heard] == [("joined", "host-1", 2), ("joined", "host-2", 5)]


def test_threads_of_a_worker_are_cores_of_a_node(make):
    engine, session, _ = make(member("1", 7), member("2", 1), threads=2)
    engine.load(PREPARE)
    assert [(actor.member.id, actor.cores, actor.terms.workers) for actor in session.actors] == [("1", 6, 3)]


def test_each_gpu_has_an_actor_where_the_ocr_engine_uses_gpus(make):
    engine, session, _ = make(member("1", 8, 2), member("2", 4), gpus=True, workers_per_gpu=3)
    engine.load(PREPARE)
    assert [(a.member.id, a.gpus, a.cores, a.terms.workers) for a in session.actors] == [
        ("1", 1, 3, 3),
        ("1", 1, 3, 3),
        ("2", 0, 4, 4),
    ]


def test_each_page_is_told_with_the_model_that_read_it(make, page):
    engine, session, _ = make(member("1"), member("2"))
    session.models = {"1": "avx2", "2": "avx512"}
    assert {done.value for done in engine.load(PREPARE)} == {"avx2", "avx512"}
    assert {done.model for done in read_all(engine, [page(n) for n in range(12)])} == {"avx2", "avx512"}


def test_a_file_is_put_into_the_store_once_for_all_nodes(make, page):
    engine, session, _ = make(member("1"), member("2"))
    engine.load(PREPARE)
    jobs = [page(0) for _ in range(12)]
    read_all(engine, jobs)
    assert len(session.put_there) == 1


@pytest.mark.parametrize(
    ("trouble", "said"), [("editions", "0.0.1"), ("bare", "没有安装 prescreen"), ("unable", "缺少识别模型文件")]
)
def test_a_node_that_cannot_read_as_we_do_is_not_used(make, page, trouble, said):
    engine, session, heard = make(member("1"), member("2"))
    if trouble == "editions":
        session.editions["2"] = OTHER
        assert edition() != OTHER
    else:
        getattr(session, trouble).add("2")
    engine.load(PREPARE)
    [refused] = [news for news in heard if news.what == "refused"]
    assert said in refused.why
    assert len(read_all(engine, [page(n) for n in range(6)])) == 6
    assert engine.workers == 1 and len(session.actors) == 2, "it is not asked again"


def test_where_no_node_can_be_used_the_run_ends_with_the_reason(make):
    engine, session, _ = make(member("1"))
    session.editions["1"] = OTHER
    with pytest.raises(EngineError, match=r"没有可用的节点.*0\.0\.1"):
        engine.load(PREPARE)


def test_a_cluster_without_cores_is_told_so(make):
    engine, _, _ = make(member("1", 0))
    with pytest.raises(EngineError, match="没有节点提供 CPU 核"):
        engine.load(PREPARE)


def test_pages_of_a_node_that_goes_are_read_by_the_others(make, page):
    engine, session, heard = make(member("1"), member("2"))
    engine.load(PREPARE)
    session.deadly.add("2")
    done = read_all(engine, [page(n) for n in range(10)])
    assert sorted(one.job.tag for one in done) == list(range(10)) and not any(one.fault for one in done)
    assert next(news for news in heard if news.what == "lost").jobs > 0
    assert len(session.put_there) > 3, "what the lost node held is put anew"


def test_a_node_that_is_off_is_given_up_and_one_that_comes_is_used(make, page):
    engine, session, heard = make(member("1"), member("2"))
    engine.load(PREPARE)
    engine.start(page(0))
    session.here = [member("3", 2)]
    assert engine.wait().job.tag == 0
    assert [news.node for news in heard if news.what == "lost"] == ["host-1", "host-2"]
    assert [news.node for news in heard if news.what == "joined"] == ["host-1", "host-2", "host-3"]


def test_a_page_that_ends_every_node_it_meets_is_given_up(make, page):
    engine, session, _ = make(member("1"))
    engine.load(PREPARE)
    session.deadly.add("1")
    for number in range(2, 2 + LOSSES):
        session.here.append(member(str(number)))
        session.deadly.add(str(number))
    engine.start(page(0))
    done = engine.wait()
    assert done.fault == "died" and done.job.tag == 0


def test_a_node_whose_actor_never_starts_is_left_alone(make, page):
    engine, session, heard = make(member("1"), member("2"))
    session.broken.add("2")
    engine.load(PREPARE)
    assert len(read_all(engine, [page(n) for n in range(6)])) == 6
    assert sum(actor.member.id == "2" for actor in session.actors) == FALL_OUTS
    assert [news.node for news in heard if news.what == "lost"] == ["10.0.0.2"]


def test_a_run_whose_last_node_went_waits_and_then_ends(make, page, monkeypatch):
    engine, session, _ = make(member("1"), wait_seconds=1)
    engine.load(PREPARE)
    session.here = []
    engine.start(page(0))
    with pytest.raises(EngineError, match="没有可用的节点") as caught:
        engine.wait()
    assert "--engine local" in caught.value.advice


def test_an_actor_that_says_nothing_is_given_up(make, page, monkeypatch):
    engine, session, heard = make(member("1"))
    engine.load(PREPARE)
    monkeypatch.setattr(session, "answered", lambda calls, seconds: [])
    monkeypatch.setattr(cluster_module, "SILENT_SECONDS", 0.05)
    engine.start(page(0))
    heard.clear()
    while not heard:
        engine._look_around()
        engine._send()
    assert (heard[0].what, heard[0].why, heard[0].jobs) == ("lost", "没有应答", 1)


def test_what_is_not_reading_stays_on_this_machine(make, page):
    engine, session, _ = make(member("1"))
    engine.load(PREPARE)
    engine.start(Job(len, ("four",), 10.0, "here"))
    done = engine.wait()
    assert (done.value, done.job.tag, done.model) == (4, "here", "")
    assert not session.put_there
    with pytest.raises(RuntimeError, match="no job is pending"):
        engine.wait()


def test_nothing_queues_up(make, page):
    engine, _, _ = make(member("1"))
    engine.load(PREPARE)
    for number in range(1 + PREFETCH):
        engine.start(page(number))
    with pytest.raises(RuntimeError, match="no worker of the cluster is free"):
        engine.start(page(9))
