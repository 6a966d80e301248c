"""Workers that die, hang and swallow memory for real: only their own job may suffer."""

import sys
import threading
import time

import fault_jobs
import psutil
import pytest

from pipeline.batch.engine import Job, Raised
from pipeline.batch.local import LocalEngine, Recycle, worker_count
from pipeline.problems import EngineError

pytestmark = pytest.mark.slow  # real worker processes, started, killed and waited for


@pytest.fixture
def engine():
    with LocalEngine(2, threads=1, memory_mb=512) as made:
        yield made


def run_all(engine, jobs):
    waiting, done = list(jobs), {}
    while waiting or engine.pending:
        while waiting and engine.free:
            engine.start(waiting.pop(0))
        ended = engine.wait()
        done[ended.job.tag] = ended
    return done


def job(function, *args, tag="job", seconds=30.0):
    return Job(function, args, seconds, tag)


def test_answers_come_back_with_their_tags(engine):
    done = run_all(engine, [job(fault_jobs.square, n, tag=n) for n in range(20)])
    assert {tag: d.value for tag, d in done.items()} == {n: n * n for n in range(20)}
    assert all(d.fault is None for d in done.values())


def test_a_worker_lives_through_many_jobs():
    with LocalEngine(1, threads=1, memory_mb=512) as engine:
        done = run_all(engine, [job(fault_jobs.process_id, tag=n) for n in range(5)])
    assert len({d.value for d in done.values()}) == 1


@pytest.mark.parametrize("deadly", [fault_jobs.die, fault_jobs.segfault])
def test_a_death_costs_only_its_own_job(engine, deadly):
    jobs = [job(fault_jobs.square, n, tag=n) for n in range(8)]
    jobs.insert(3, job(deadly, tag="deadly"))
    done = run_all(engine, jobs)
    assert done["deadly"].fault == "died" and done["deadly"].value is None
    assert [done[n].value for n in range(8)] == [n * n for n in range(8)]


@pytest.mark.parametrize("deaths", [1, 2])
def test_a_job_that_dies_once_or_twice_is_tried_again(engine, tmp_path, deaths):
    counter = tmp_path / "tries"
    done = run_all(engine, [job(fault_jobs.die_until, str(counter), deaths, "read at last")])
    assert done["job"].value == "read at last"
    assert counter.stat().st_size == deaths + 1


def test_after_three_deaths_a_job_is_lost(engine, tmp_path):
    counter = tmp_path / "tries"
    done = run_all(engine, [job(fault_jobs.die_until, str(counter), 99, None)])
    assert done["job"].fault == "died"
    assert counter.stat().st_size == 3


def test_the_third_try_is_alone(engine, tmp_path):
    busy = [job(fault_jobs.note_start_and_end, str(tmp_path), f"n{n}", 0.4, tag=n) for n in range(6)]
    suspect = job(fault_jobs.die_alone_watch, str(tmp_path / "tries"), str(tmp_path), tag="suspect")
    done = run_all(engine, [suspect, *busy])
    assert done["suspect"].value == []
    assert [done[n].value for n in range(6)] == [f"n{n}" for n in range(6)]


@pytest.mark.parametrize("hanging", [fault_jobs.hang, fault_jobs.hang_deaf])
def test_a_deadline_ends_a_job_that_hangs(engine, hanging):
    if hanging is fault_jobs.hang_deaf and sys.platform == "win32":
        pytest.skip("signals are masked on POSIX only")
    began = time.monotonic()
    jobs = [job(hanging, tag="hangs", seconds=1.0), *(job(fault_jobs.square, n, tag=n) for n in range(4))]
    done = run_all(engine, jobs)
    assert done["hangs"].fault == "timeout"
    assert [done[n].value for n in range(4)] == [0, 1, 4, 9]
    assert time.monotonic() - began < 15


def test_a_worker_that_leaves_without_an_answer_is_noticed(engine):
    done = run_all(engine, [job(fault_jobs.leave_quietly, tag="gone", seconds=1.0), job(fault_jobs.square, 3, tag=3)])
    assert done["gone"].fault == "timeout"
    assert done[3].value == 9


@pytest.mark.slow
def test_a_worker_over_its_memory_ceiling_is_stopped(engine):
    jobs = [job(fault_jobs.swallow_memory, 1600, tag="greedy"), *(job(fault_jobs.square, n, tag=n) for n in range(4))]
    done = run_all(engine, jobs)
    assert done["greedy"].fault == "memory"
    assert [done[n].value for n in range(4)] == [0, 1, 4, 9]


@pytest.mark.skipif(sys.platform != "linux", reason="the hard limit exists on Linux only")
def test_a_burst_above_the_hard_limit_never_happens(engine):
    done = run_all(engine, [job(fault_jobs.swallow_at_once, 8192)])
    assert done["job"].fault == "memory"
    assert isinstance(done["job"].raised, Raised) and done["job"].raised.kind == "MemoryError"


def test_an_exception_comes_back_without_its_words(engine):
    done = run_all(engine, [job(fault_jobs.raise_with_secret, "张三 410402199001011234")])
    assert done["job"].fault == "raised"
    assert isinstance(done["job"].raised, Raised)
    assert done["job"].raised.kind == "ValueError"
    assert "张三" not in str(done["job"].raised)


def test_our_own_errors_come_back_whole(engine):
    done = run_all(engine, [job(fault_jobs.raise_engine_error)])
    error = done["job"].raised
    assert isinstance(error, EngineError)
    assert (error.message, error.advice) == ("缺少识别模型文件", "请重新安装")


def test_a_worker_that_dies_between_jobs_costs_nothing(engine):
    first = run_all(engine, [job(fault_jobs.process_id)])["job"].value
    psutil.Process(first).kill()
    time.sleep(0.5)
    done = run_all(engine, [job(fault_jobs.square, n, tag=n) for n in range(4)])
    assert [done[n].value for n in range(4)] == [0, 1, 4, 9]


def test_leaving_in_the_middle_ends_the_workers_at_once():
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), LocalEngine(2, threads=1, memory_mb=512) as engine:
        engine.start(job(fault_jobs.process_id))
        pids = [engine.wait().value]
        engine.start(job(fault_jobs.hang_deaf))
        engine.start(job(fault_jobs.hang_deaf))
        raise KeyboardInterrupt
    assert time.monotonic() - began < 10
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_nothing_queues_up(engine):
    engine.start(job(fault_jobs.square, 1))
    engine.start(job(fault_jobs.square, 2))
    assert engine.free == 0
    with pytest.raises(RuntimeError, match="no slot"):
        engine.start(job(fault_jobs.square, 3))


def test_waiting_for_nothing_is_an_error(engine):
    with pytest.raises(RuntimeError, match="no job"):
        engine.wait()


def first(folder, deaths=0):
    return job(fault_jobs.prepare_once, str(folder), deaths, tag="first")


def test_what_comes_first_is_done_once_in_each_worker(tmp_path):
    with LocalEngine(1, threads=1, memory_mb=512) as engine:
        jobs = [Job(fault_jobs.square, (n,), 30.0, n, first(tmp_path)) for n in range(5)]
        done = run_all(engine, jobs)
    assert [done[n].value for n in range(5)] == [0, 1, 4, 9, 16]
    assert (tmp_path / "prepared").read_bytes() == b"x"


def test_dying_of_what_comes_first_is_no_try_of_the_job(tmp_path):
    with LocalEngine(1, threads=1, memory_mb=512) as engine:
        done = run_all(engine, [Job(fault_jobs.square, (7,), 30.0, "job", first(tmp_path, deaths=5))])
    assert done["job"].value == 49


def test_an_error_of_what_comes_first_is_the_jobs(engine):
    done = run_all(engine, [Job(fault_jobs.square, (7,), 30.0, "job", job(fault_jobs.raise_engine_error))])
    assert isinstance(done["job"].raised, EngineError)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL as POSIX has it")
def test_a_worker_killed_from_outside_costs_the_job_no_try(tmp_path):
    told = tmp_path / "pids"
    with LocalEngine(1, threads=1, memory_mb=512) as engine:
        engine.start(job(fault_jobs.tell_and_wait, str(told), 1.0, "read"))
        killed = []

        def kill():
            deadline = time.monotonic() + 60
            while len(killed) < 4 and time.monotonic() < deadline:
                pids = told.read_text().split() if told.exists() else []
                if pids and pids[-1] not in killed:
                    killed.append(pids[-1])
                    psutil.Process(int(pids[-1])).kill()
                time.sleep(0.05)

        killer = threading.Thread(target=kill)
        killer.start()
        done = engine.wait()
        killer.join()
    assert len(killed) == 4 and done.value == "read"


@pytest.mark.parametrize("recycle", [Recycle(jobs=2), Recycle(memory_mb=1)])
def test_workers_make_way_for_fresh_ones(recycle):
    with LocalEngine(1, threads=1, memory_mb=512, recycle=recycle) as engine:
        done = run_all(engine, [job(fault_jobs.process_id, tag=n) for n in range(6)])
    assert len({d.value for d in done.values()}) == (3 if recycle.jobs else 6)
    assert all(d.fault is None for d in done.values())


@pytest.mark.skipif(sys.platform == "win32", reason="SIGSTOP as POSIX has it")
def test_a_worker_that_stands_still_is_given_up(engine):
    done = run_all(engine, [job(fault_jobs.stand_still, tag="still", seconds=1.0), job(fault_jobs.square, 3, tag=3)])
    assert done["still"].fault == "timeout" and done[3].value == 9


@pytest.mark.parametrize("jump", [3600, -3600])
def test_a_clock_that_is_set_costs_no_job(monkeypatch, jump):
    """Pebble's deadlines go by the system's clock."""
    began, real = time.monotonic(), time.time
    with LocalEngine(1, threads=1, memory_mb=512, silence=1.0) as engine:
        engine.start(job(fault_jobs.hang, 3, tag="works", seconds=20.0))
        monkeypatch.setattr(time, "time", lambda: real() + (jump if time.monotonic() - began > 1.5 else 0))
        done = engine.wait()
    assert done.fault is None


def test_a_deadline_that_the_clock_hides_is_met_all_the_same(monkeypatch):
    began, real = time.monotonic(), time.time
    with LocalEngine(1, threads=1, memory_mb=512, silence=1.0) as engine:
        engine.start(job(fault_jobs.hang, tag="hangs", seconds=3.0))
        monkeypatch.setattr(time, "time", lambda: real() - (3600 if time.monotonic() - began > 1.5 else 0))
        done = engine.wait()
    assert done.fault == "timeout" and time.monotonic() - began < 15


def test_workers_times_threads_is_cores(monkeypatch):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(8)), raising=False)
    assert worker_count(0, 1) == 8
    assert worker_count(0, 4) == 2
    assert worker_count(0, 16) == 1
    assert worker_count(3, 4) == 3
