import sys

import pytest

from pipeline.batch.cluster_session import Session
from pipeline.batch.placing import engine_for
from pipeline.config import load_settings
from pipeline.problems import EngineError, ExitCode, UsageError


@pytest.fixture(autouse=True)
def own_environment(monkeypatch):
    """What a session sets for Ray goes again with the test."""
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")


def ray_settings(**run):
    return load_settings(None, run={"engine": "ray"} | run)


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(EngineError, match="没有安装 Ray") as caught:
        engine_for(ray_settings(), print)
    assert "prescreen[cluster]" in caught.value.advice
    assert caught.value.exit_code == ExitCode.ENGINE


@pytest.mark.parametrize("address", ["ray://10.0.0.5:10001", "http://10.0.0.5:8265"])
def test_an_address_of_another_kind_is_refused(address):
    with pytest.raises(UsageError, match="不支持的集群地址") as caught:
        engine_for(ray_settings(address=address), print)
    assert "ray start" in caught.value.advice


def test_ray_is_kept_from_telling_anybody(monkeypatch):
    pytest.importorskip("ray", reason="the extra [cluster] is not installed")
    monkeypatch.delenv("RAY_USAGE_STATS_ENABLED", raising=False)
    Session("local", cores=1, store_mb=100)
    from ray._common.usage.usage_lib import usage_stats_enabled

    assert not usage_stats_enabled()
