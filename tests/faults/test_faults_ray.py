"""Batches on a Ray cluster of two nodes, in which workers, actors and whole nodes die: the outputs stay the same."""

import datetime as dt
import signal
import sys
import threading
import time
from pathlib import Path

import pikepdf
import pytest
from fault_work import readings
from test_faults_batch import case, outputs

from pipeline.batch.events import NodeNews, PageDone
from pipeline.batch.run import run_batch
from pipeline.config import load_settings

pytest.importorskip("ray", reason="the extra [cluster] is not installed")
from ray.cluster_utils import Cluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="Ray's clusters of several nodes on one machine are for Linux"),
]
SAMPLES = Path(__file__).parents[2] / "sample_scans" / "cases"
# A loopback address that Ray does not take for the machine's own name, as it does 127.0.0.1.
SMALL = {"node_ip_address": "127.0.0.2", "object_store_memory": 100 * 1024 * 1024, "include_dashboard": False}


@pytest.fixture(scope="module")
def cluster():
    """A head that reads nothing, and two nodes of one core that find here what is imported here."""
    heard = signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", ":".join(path for path in sys.path if path))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_automatic_object_spilling_enabled", "0")
        patch.setenv("RAY_worker_niceness", "0")
        patch.setenv("RAY_AUTH_MODE", "disabled")
        made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **SMALL})
        made.add_node(num_cpus=1, **SMALL)
        made.add_node(num_cpus=1, **SMALL)
        signal.signal(signal.SIGTERM, heard)
        yield made
        made.shutdown()
        signal.signal(signal.SIGTERM, heard)


def news(events, what):
    return [event for event in events if isinstance(event, NodeNews) and event.what == what]


def test_two_nodes_give_what_one_machine_gives(cluster, run, add_case, tmp_path, control):
    for number in range(4):
        add_case(f"案{number}", "1", "2 slow", "3", "4 raises")
    run("ONE", workers=1)
    run("TWO", workers=2)
    result, events = run("RAY", cluster=cluster.address)
    assert outputs(tmp_path / "ONE") == outputs(tmp_path / "TWO") == outputs(tmp_path / "RAY")
    assert result.pages_read == 16
    assert len(news(events, "joined")) == 2 and not news(events, "lost")
    assert set(readings(control).values()) == {3}


def test_a_page_that_kills_its_reader_or_hangs_is_quarantined_as_on_one_machine(
    cluster, run, add_case, tmp_path, control
):
    add_case("甲", "1", "2 dies-always", "3 dies-twice")
    add_case("乙", "1", "2 hangs")
    run("LOCAL", seconds_per_page=3)
    for trace in control.iterdir():
        trace.unlink()
    _, events = run("RAY", seconds_per_page=3, cluster=cluster.address)
    assert [(e["code"], e["page"]) for e in case(tmp_path / "RAY", "甲")["errors"]] == [("P203", 2)]
    assert [(e["code"], e["page"]) for e in case(tmp_path / "RAY", "乙")["errors"]] == [("P204", 2)]
    assert sorted(readings(control).values()) == [1, 1, 1, 3, 3]
    assert not news(events, "lost")
    assert outputs(tmp_path / "LOCAL") == outputs(tmp_path / "RAY")


def test_real_pages_read_the_same_on_nodes_and_go_on_on_one_machine(cluster, batch, tmp_path):
    batch.mkdir(exist_ok=True)
    for number, source in enumerate(sorted(SAMPLES.glob("*.pdf"))[:2]):
        with pikepdf.open(source) as whole:
            del whole.pages[3:]
            whole.save(batch / f"案{number}.pdf")

    def go(out, **settings):
        given = load_settings(None, run={"workers": 1} | settings)
        return run_batch(batch, tmp_path / out, given, today=dt.date(2024, 6, 1))

    go("LOCAL")
    over = go("RAY", engine="ray", address=cluster.address)
    assert over.pages_read == 6
    assert outputs(tmp_path / "LOCAL") == outputs(tmp_path / "RAY")
    assert all(page["kind"] == "scanned" for page in case(tmp_path / "RAY", "案0")["pages"])
    again = go("RAY")
    assert (again.pages_read, again.pages_reused) == (0, 6)


def test_a_node_that_dies_costs_its_pages_in_flight_only(cluster, run, add_case, tmp_path, control):
    for number in range(4):
        add_case(f"案{number}", *(f"{page} slow" for page in range(6)))
    run("LOCAL")
    before = sum(readings(control).values())
    doomed = cluster.add_node(num_cpus=2, **SMALL)

    def strike():
        while sum(readings(control).values()) < before + 8:
            time.sleep(0.05)
        cluster.remove_node(doomed, allow_graceful=False)

    thread = threading.Thread(target=strike)
    thread.start()
    result, events = run("RAY", cluster=cluster.address)
    thread.join()
    [lost] = news(events, "lost")
    assert len(news(events, "joined")) == 3 and 0 < lost.jobs <= 4
    assert result.exit_code == 0 and result.pages_read == 24
    assert sum(isinstance(event, PageDone) for event in events) == 24
    assert outputs(tmp_path / "LOCAL") == outputs(tmp_path / "RAY")
    assert sum(readings(control).values()) - before <= 24 + lost.jobs
