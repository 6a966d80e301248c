"""Batches on a Ray cluster of two nodes, in which workers, actors and whole nodes die: the outputs stay the same."""

import sys
import threading
import time

import pytest
from fault_work import readings
from test_faults_batch import case, outputs

from pipeline.batch.events import NodeNews, PageDone

pytest.importorskip("ray", reason="the extra [cluster] is not installed")
from ray.cluster_utils import Cluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="Ray's clusters of several nodes on one machine are for Linux"),
]
HOST = "127.0.0.2"
"""A loopback address that Ray does not take for the machine's own name, as it does 127.0.0.1."""
SMALL = {"node_ip_address": HOST, "object_store_memory": 100 * 1024 * 1024, "include_dashboard": False}


@pytest.fixture
def cluster(monkeypatch):
    """A head that reads nothing, and nodes that are added in the test."""
    for name in ("fault_work", "pipeline"):
        assert name in sys.modules or name  # what nodes import must be found by them as here
    monkeypatch.setenv("PYTHONPATH", ":".join(path for path in sys.path if path))
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **SMALL})
    yield made
    made.shutdown()


def add_node(cluster, cores=1, **more):
    return cluster.add_node(num_cpus=cores, **SMALL, **more)


def test_two_nodes_give_what_one_machine_gives(cluster, run, add_case, tmp_path, control):
    for number in range(4):
        add_case(f"案{number}", "1", "2 slow", "3", "4 raises")
    run("ONE", workers=1)
    run("TWO", workers=2)
    add_node(cluster)
    add_node(cluster)
    result, events = run("RAY", cluster=cluster.address)
    assert outputs(tmp_path / "ONE") == outputs(tmp_path / "TWO") == outputs(tmp_path / "RAY")
    assert result.pages_read == 16
    assert [news.what for news in events if isinstance(news, NodeNews)] == ["joined", "joined"]
    assert set(readings(control).values()) == {3}


def test_a_node_that_dies_costs_its_pages_in_flight_only(cluster, run, add_case, tmp_path, control):
    for number in range(4):
        add_case(f"案{number}", *(f"{page} slow" for page in range(6)))
    run("LOCAL")
    before = sum(readings(control).values())
    add_node(cluster)
    doomed = add_node(cluster, cores=2)

    def strike():
        while sum(readings(control).values()) < before + 8:
            time.sleep(0.05)
        cluster.remove_node(doomed, allow_graceful=False)

    thread = threading.Thread(target=strike)
    thread.start()
    result, events = run("RAY", cluster=cluster.address)
    thread.join()
    lost = [news for news in events if isinstance(news, NodeNews) and news.what == "lost"]
    assert len(lost) == 1 and 0 < lost[0].jobs <= 4
    assert result.exit_code == 0 and result.pages_read == 24
    assert sum(isinstance(event, PageDone) for event in events) == 24
    assert outputs(tmp_path / "LOCAL") == outputs(tmp_path / "RAY")
    assert sum(readings(control).values()) - before <= 24 + lost[0].jobs


def test_a_page_that_kills_its_reader_or_hangs_is_quarantined_as_on_one_machine(
    cluster, run, add_case, tmp_path, control
):
    add_case("甲", "1", "2 dies-always", "3 dies-twice")
    add_case("乙", "1", "2 hangs")
    run("LOCAL", seconds_per_page=3)
    for trace in control.iterdir():
        trace.unlink()
    add_node(cluster)
    add_node(cluster)
    _, events = run("RAY", seconds_per_page=3, cluster=cluster.address)
    assert [(e["code"], e["page"]) for e in case(tmp_path / "RAY", "甲")["errors"]] == [("P203", 2)]
    assert [(e["code"], e["page"]) for e in case(tmp_path / "RAY", "乙")["errors"]] == [("P204", 2)]
    assert sorted(readings(control).values()) == [1, 1, 1, 3, 3]
    assert not [news for news in events if isinstance(news, NodeNews) and news.what == "lost"]
    assert outputs(tmp_path / "LOCAL") == outputs(tmp_path / "RAY")
